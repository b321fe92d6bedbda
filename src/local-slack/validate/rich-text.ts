/** Rich text: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
import { boolean, byType, type Check, list, may, need, number, oneOf, shape, string } from './check.js'

const style = may(
  shape({
    bold: may(boolean),
    italic: may(boolean),
    strike: may(boolean),
    underline: may(boolean),
    highlight: may(boolean),
    client_highlight: may(boolean),
    unlink: may(boolean),
    code: may(boolean),
  }),
)

const INLINE: Record<string, Check> = {
  text: shape({ text: need(string()), style }),
  link: shape({ url: need(string(3000)), text: may(string()), unsafe: may(boolean), style }),
  emoji: shape({ name: need(string()), unicode: may(string()), url: may(string()), style }),
  user: shape({ user_id: need(string()), style }),
  usergroup: shape({ usergroup_id: need(string()), style }),
  channel: shape({ channel_id: need(string()), style }),
  team: shape({ team_id: need(string()), style }),
  color: shape({ value: need(string()), style }),
  broadcast: shape({ range: need(oneOf('here', 'channel', 'everyone')), style }),
  date: shape({
    timestamp: need(number()),
    format: need(string()),
    url: may(string()),
    fallback: may(string()),
    style,
  }),
}

const inline = byType(INLINE, () => Object.keys(INLINE), 'element of rich text')
const elements = need(list(inline, 0, 1000))
const border = may(number(0, 1))

const PARTS: Record<string, Check> = {
  rich_text_section: shape({ elements }),
  rich_text_quote: shape({ elements, border }),
  rich_text_preformatted: shape({ elements, border, language: may(string()) }),
  rich_text_list: shape({
    style: need(oneOf('bullet', 'ordered')),
    indent: may(number(0, 8)),
    offset: may(number(0)),
    border,
    elements: need(
      list(
        byType({ rich_text_section: shape({ elements }) }, () => ['rich_text_section'], 'item of a list'),
        1,
        1000,
      ),
    ),
  }),
}

export const richText = shape({
  block_id: may(string(255)),
  elements: need(
    list(
      byType(PARTS, () => Object.keys(PARTS), 'part of rich text'),
      1,
      1000,
    ),
  ),
})
