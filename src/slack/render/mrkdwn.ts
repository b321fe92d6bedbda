import { type Inline, pieces, type Rich } from '../../text/rich.js'

/** Escapes the characters that start links and mentions in mrkdwn (docs.slack.dev, "Formatting text"). */
export const escapeText = (text: string): string =>
  text.replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'))

const wrap = (mark: string, text: string): string => {
  const [, before = '', core = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? []
  return core === '' ? text : `${before}${mark}${escapeText(core)}${mark}${after}`
}

function piece(p: Inline): string {
  if (typeof p === 'string') return escapeText(p)
  if ('bold' in p) return wrap('*', p.bold)
  return `<${escapeText(p.link).replaceAll('|', '%7C')}|${escapeText(p.label).replaceAll('|', '/')}>`
}

/** Rich text as mrkdwn; users' texts in it are escaped. */
export const mrkdwn = (rich: Rich): string => pieces(rich).map(piece).join('')

/** Each line of a text as a quotation. */
export const quote = (text: string): string =>
  escapeText(text)
    .split('\n')
    .map((line) => `>${line}`)
    .join('\n')

/** Cuts mrkdwn into parts of at most `max` UTF-16 units, at line ends or spaces where there are any. */
export function parts(text: string, max: number): string[] {
  const out: string[] = []
  let rest = text
  while (rest.length > max) {
    const window = rest.slice(0, max)
    let at = window.lastIndexOf('\n')
    if (at < max / 2) at = window.lastIndexOf(' ')
    // Never inside an entity such as &amp; nor inside a surrogate pair.
    if (at < max / 2) at = max - (/&[a-z]{0,4}$/.exec(window)?.[0].length ?? (/[\uD800-\uDBFF]$/.test(window) ? 1 : 0))
    out.push(rest.slice(0, at))
    rest = rest.slice(at).replace(/^[\n ]/, '')
    if (text.startsWith('>') && rest !== '' && !rest.startsWith('>')) rest = `>${rest}`
  }
  if (rest !== '') out.push(rest)
  return out
}
