/**
 * Text that knows no platform: plain pieces and a few marks. Each renderer escapes the pieces, so what people wrote can
 * stand in it as it is.
 */
export type Inline = string | { bold: string } | { italic: string } | { link: string; label: string }
export type Rich = Inline | readonly Inline[]

export const bold = (text: string): Inline => ({ bold: text })
export const italic = (text: string): Inline => ({ italic: text })
export const link = (url: string, label: string = url): Inline => ({ link: url, label })

export const pieces = (rich: Rich): readonly Inline[] => (Array.isArray(rich) ? rich : [rich as Inline])

/** The words alone, for notifications and plain fields. */
export const plainText = (rich: Rich): string =>
  pieces(rich)
    .map((p) => (typeof p === 'string' ? p : 'bold' in p ? p.bold : 'italic' in p ? p.italic : p.label))
    .join('')
