/** Rich text: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
import { boolean, byType, type Check, list, number, object, oneOf, optional, required, string } from './check.js'

const style = optional(
  object({
    bold: optional(boolean),
    italic: optional(boolean),
    strike: optional(boolean),
    underline: optional(boolean),
    highlight: optional(boolean),
    client_highlight: optional(boolean),
    unlink: optional(boolean),
    code: optional(boolean),
  }),
)

const INLINE: Record<string, Check> = {
  text: object({ text: required(string()), style }),
  link: object({ url: required(string(3000)), text: optional(string()), unsafe: optional(boolean), style }),
  emoji: object({ name: required(string()), unicode: optional(string()), url: optional(string()), style }),
  user: object({ user_id: required(string()), style }),
  usergroup: object({ usergroup_id: required(string()), style }),
  channel: object({ channel_id: required(string()), style }),
  team: object({ team_id: required(string()), style }),
  color: object({ value: required(string()), style }),
  broadcast: object({ range: required(oneOf('here', 'channel', 'everyone')), style }),
  date: object({
    timestamp: required(number()),
    format: required(string()),
    url: optional(string()),
    fallback: optional(string()),
    style,
  }),
}

const inline = byType(INLINE, () => Object.keys(INLINE), 'element of rich text')
const elements = required(list(inline, 0, 1000))
const border = optional(number(0, 1))

const PARTS: Record<string, Check> = {
  rich_text_section: object({ elements }),
  rich_text_quote: object({ elements, border }),
  rich_text_preformatted: object({ elements, border, language: optional(string()) }),
  rich_text_list: object({
    style: required(oneOf('bullet', 'ordered')),
    indent: optional(number(0, 8)),
    offset: optional(number(0)),
    border,
    elements: required(
      list(
        byType({ rich_text_section: object({ elements }) }, () => ['rich_text_section'], 'item of a list'),
        1,
        1000,
      ),
    ),
  }),
}

export const richText = object({
  block_id: optional(string(255)),
  elements: required(
    list(
      byType(PARTS, () => Object.keys(PARTS), 'part of rich text'),
      1,
      1000,
    ),
  ),
})
