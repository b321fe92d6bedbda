import { h } from '../dom.js'
import { withSymbols } from './symbols.js'

const EMOJI = {
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  x: '❌',
  warning: '⚠️',
  clock3: '🕒',
  clock4: '🕓',
  hourglass: '⌛',
  bell: '🔔',
  leftwards_arrow_with_hook: '↩️',
  white_large_square: '⬜',
  memo: '📝',
  calendar: '📅',
  trophy: '🏆',
  star: '⭐',
  paperclip: '📎',
  bar_chart: '📊',
  information_source: 'ℹ️',
  lock: '🔒',
  house: '🏠',
  wave: '👋',
  tada: '🎉',
  point_right: '👉',
  file_folder: '📁',
}

export const emoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole)

const decode = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
const safe = (url) => (/^(https?:|mailto:|tel:)/i.test(url) ? url : undefined)

/** The text between < and >: a mention, a channel, a date, or a link. */
function angle(inside, names) {
  const [target, label] = inside.split('|')
  if (target.startsWith('@')) return h('span', { class: 'mention' }, `@${label ?? names(target.slice(1))}`)
  if (target.startsWith('#')) return h('span', { class: 'mention' }, `#${label ?? names(target.slice(1))}`)
  if (target.startsWith('!date')) return label ?? ''
  if (target.startsWith('!')) return h('span', { class: 'mention' }, `@${target.slice(1).split('^')[0]}`)
  const href = safe(decode(target))
  const shown = decode(label ?? target)
  return href ? h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, shown) : shown
}

const EDGE = '(?<![\\p{L}\\p{N}])'
const mark = (sign) => `${EDGE}[${sign}](?=\\S)([^\\n${sign}]*?\\S)[${sign}](?![\\p{L}\\p{N}])`
const INLINE = new RegExp(['`([^`\\n]+)`', '<([^<>\\n]+)>', mark('*'), mark('_'), mark('~')].join('|'), 'u')
const TAGS = ['b', 'i', 's']

/** One line of mrkdwn as nodes. */
function inline(text, names) {
  const out = []
  let rest = text
  for (let hit = INLINE.exec(rest); hit; hit = INLINE.exec(rest)) {
    out.push(...withSymbols(emoji(decode(rest.slice(0, hit.index)))))
    const [whole, code, inside, ...styled] = hit
    const which = styled.findIndex((one) => one !== undefined)
    if (code !== undefined) out.push(h('code', {}, decode(code)))
    else if (inside !== undefined) out.push(angle(inside, names))
    else out.push(h(TAGS[which], {}, inline(styled[which], names)))
    rest = rest.slice(hit.index + whole.length)
  }
  out.push(...withSymbols(emoji(decode(rest))))
  return out
}

const lines = (text, names) => {
  const out = []
  let quote
  text.split('\n').forEach((line, index) => {
    const quoted = /^(&gt;|>)\s?/.exec(line)
    if (quoted) {
      if (quote) quote.append(h('br'))
      else {
        quote = h('blockquote')
        out.push(quote)
      }
      quote.append(...inline(line.slice(quoted[0].length), names))
      return
    }
    if (index > 0 && !quote) out.push(h('br'))
    quote = undefined
    out.push(...inline(line, names))
  })
  return out
}

/** Slack's mrkdwn as nodes; the text is never parsed as HTML. */
export function mrkdwn(text, names) {
  return text
    .split(/```\n?([\s\S]*?)\n?```/)
    .flatMap((part, index) => (index % 2 === 1 ? h('pre', {}, decode(part)) : lines(part, names)))
}

/** The words of a text object, without its marks: for a name that is read aloud. */
export const plainOf = (text) =>
  (text.type === 'mrkdwn'
    ? decode(text.text.replace(/<([^<>|]+\|)?([^<>]+)>/g, '$2').replace(/[*_~`]/g, ''))
    : text.text
  )
    .replace(/:[a-z0-9_+-]+:|✅|🕓|↩️|⬜|📎/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 120)

/** A text object, plain or mrkdwn. */
export const textOf = (text, names) =>
  text.type === 'mrkdwn'
    ? mrkdwn(text.text, names)
    : (text.emoji === false ? text.text : emoji(text.text))
        .split('\n')
        .flatMap((line, index) => (index > 0 ? [h('br'), ...withSymbols(line)] : withSymbols(line)))
