/** What a chat formats in a mrkdwn text, as pairs of the format and the text inside it; nested ones too. */

const EDGE = '(?<![\\p{L}\\p{N}])'
const mark = (sign: string) => `${EDGE}[${sign}](?=\\S)([^\\n${sign}]*?\\S)[${sign}](?![\\p{L}\\p{N}])`
const INLINE = new RegExp(
  ['`([^`\\n]+)`', mark('*'), mark('_'), mark('~'), ":([\\w+'-]+):", '<([^<>\\n]+)>'].join('|'),
  'gu',
)
const NAMES = ['code', 'bold', 'italic', 'strike', 'emoji', 'link']

export type Formatted = [format: string, text: string]

const decoded = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

function inLine(text: string): Formatted[] {
  return [...text.matchAll(INLINE)].flatMap(([, ...groups]): Formatted[] => {
    const which = groups.findIndex((g) => g !== undefined)
    const inside = groups[which] ?? ''
    return [[NAMES[which] ?? '', decoded(inside)], ...(which >= 1 && which <= 3 ? inLine(inside) : [])]
  })
}

export const formatted = (text: string): Formatted[] =>
  text.split('\n').flatMap((line): Formatted[] => {
    const quoted = /^(?:>|&gt;)\s?/.exec(line)
    const rest = line.slice(quoted?.[0].length ?? 0)
    return [...(quoted ? [['quote', decoded(rest)] as Formatted] : []), ...inLine(rest)]
  })

/** Every mrkdwn text, and every plain text in which the chat draws emoji, anywhere in blocks. */
export function textObjects(value: unknown): { mrkdwn: string[]; drawsEmoji: string[] } {
  const found = { mrkdwn: [] as string[], drawsEmoji: [] as string[] }
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { type, text, emoji } = node as { type?: unknown; text?: unknown; emoji?: unknown }
    if (type === 'mrkdwn' && typeof text === 'string') found.mrkdwn.push(text)
    if (type === 'plain_text' && typeof text === 'string' && emoji !== false) found.drawsEmoji.push(text)
    for (const child of Object.values(node)) walk(child)
  }
  walk(value)
  return found
}
