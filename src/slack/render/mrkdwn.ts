import { type Inline, pieces, type Rich } from '../../text/rich.js'

/** Escapes the characters that start links and mentions in mrkdwn (docs.slack.dev, "Formatting text"). */
const escapeLinks = (text: string): string =>
  text.replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'))

/**
 * A space without width. mrkdwn has no escape for its signs of formatting, but a sign beside white space formats nothing,
 * and this is white space to JavaScript (ECMA-262, "White Space"), in which Slack's clients read messages; U+200B is not.
 */
const NO_WIDTH = '\uFEFF'

/** An asterisk anywhere; an underscore or a tilde unless it is inside a word, where it formats nothing (`anh_1.jpg`). */
const SIGN = /\*|(?<![\p{L}\p{N}])[_~]|[_~](?![\p{L}\p{N}])/gu

/** Texts that cannot be bold: signs at the edge or within would take the place of ours, and a format ends with its line. */
const NOT_BOLD = /^[_~]|[*\n]|[_~]$/

/** A quotation at the beginning of a line, and the name of an emoji. */
const QUOTATION = /^(?=[ \t]*>)/gm
const EMOJI = /:(?=[\w+'-]+:)/g

/**
 * Escapes a text so that mrkdwn shows it as it was typed. Code is the one format that white space does not prevent, so a
 * backtick becomes the sign that looks like it; `needsPlain` tells where a text without formatting is better sent as such.
 */
export const escapeText = (text: string): string =>
  escapeLinks(
    text
      .replace(SIGN, `${NO_WIDTH}$&${NO_WIDTH}`)
      .replace(EMOJI, `:${NO_WIDTH}`)
      .replace(QUOTATION, NO_WIDTH)
      .replaceAll('`', '\u02CB'),
  )

/** The text of a rich text without any formatting of ours that mrkdwn would show otherwise than it was typed. */
export function needsPlain(rich: Rich): string | undefined {
  const all = pieces(rich)
  if (!all.every((p) => typeof p === 'string')) return undefined
  const text = all.join('')
  return escapeText(text) === escapeLinks(text) ? undefined : text
}

const wrap = (mark: string, text: string): string => {
  const [, before = '', core = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? []
  return core === '' || NOT_BOLD.test(core) ? escapeText(text) : `${before}${mark}${escapeText(core)}${mark}${after}`
}

function piece(p: Inline): string {
  if (typeof p === 'string') return escapeText(p)
  if ('bold' in p) return wrap('*', p.bold)
  return `<${escapeLinks(p.link).replaceAll('|', '%7C')}|${escapeText(p.label).replaceAll('|', '/')}>`
}

/** The name of an emoji whose parts are pieces of their own, outside links. */
const EMOJI_OF_PIECES = /<[^>]*>|:(?=[\w+'-]+:)/g

/** Rich text as mrkdwn; users' texts in it are escaped. */
export const mrkdwn = (rich: Rich): string =>
  pieces(rich)
    .map(piece)
    .join('')
    .replace(EMOJI_OF_PIECES, (found) => (found === ':' ? `:${NO_WIDTH}` : found))

/** Each line of a text as a quotation. */
export const quote = (text: string): string =>
  escapeText(text)
    .split('\n')
    .map((line) => `>${line}`)
    .join('\n')

/** Cuts mrkdwn into parts of at most `max` UTF-16 units, at line ends or spaces where there are any. */
export function parts(text: string, max: number, isQuote = text.startsWith('>')): string[] {
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
    if (isQuote && rest !== '' && !rest.startsWith('>')) rest = `>${rest}`
  }
  if (rest !== '') out.push(rest)
  return out
}
