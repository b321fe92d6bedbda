/**
 * Formatted text without a platform's markup: plain and bold pieces and links. Each platform's renderer escapes them,
 * so user text can be used as it is.
 */
export type Inline = string | { bold: string } | { link: string; label: string }
export type Rich = Inline | readonly Inline[]

export const bold = (text: string): Inline => ({ bold: text })
export const link = (url: string, label: string = url): Inline => ({ link: url, label })

export const pieces = (rich: Rich): readonly Inline[] => (Array.isArray(rich) ? rich : [rich as Inline])

/** The text without formatting, for notifications and plain-text fields. */
export const plainText = (rich: Rich): string =>
  pieces(rich)
    .map((p) => (typeof p === 'string' ? p : 'bold' in p ? p.bold : p.label))
    .join('')
