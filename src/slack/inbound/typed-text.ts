/**
 * NFC, without lone surrogates, which a store would not return unchanged, and without the signs of no width that a text
 * copied from a message of the bot has (`slack/render/mrkdwn.ts`).
 */
export const normalized = (text: string): string => text.replaceAll('\ufeff', '').normalize('NFC').toWellFormed()

/**
 * Typed text in plain characters: NFC, the smart quotes and non-breaking spaces of phones as on a keyboard, Slack's escapes
 * resolved. Line breaks are kept.
 */
export function typed(text: string): string {
  return normalized(text)
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .replace(/[\u200b-\u200d\ufeff\u2060]/g, '')
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/<(https?:[^|>]+)(?:\|[^>]*)?>/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim()
}

/** The text of any message: channels by their names, without mentions. */
export const messageText = (text: string): string =>
  typed(
    text
      .replace(/<#\w+\|([^>]*)>/g, '#$1')
      .replace(/<[@!#][^>|]*\|([^>]*)>/g, '$1')
      .replace(/<[@!#][^>]*>/g, ''),
  )

/** The text of a message to the bot without `/thidua` or `thidua` before it, which is optional there. */
export const withoutBotName = (text: string): string => text.replace(/^\/?thidua\b\s*/i, '')
