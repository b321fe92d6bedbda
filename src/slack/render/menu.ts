import type { Overflow } from '@slack/types'
import type { Button } from '../../commands/ui.js'
import { clip } from '../../text/index.js'
import { slackLimits as max } from '../limits.js'

/**
 * An overflow menu in place of the buttons of one row. It has one action id and short option values, so that the id carries
 * the fields of all its buttons' values, and each option the action of its button with the names of the fields that it passes.
 */

const PREFIX = 'menu:'

/** Buttons as an overflow menu; undefined where they do not fit into one, or one of them asks for confirmation. */
export function overflow(buttons: readonly Button[]): Overflow | undefined {
  if (buttons.length > max.overflow || buttons.some((b) => b.ask)) return undefined
  const shared: Record<string, unknown> = {}
  for (const { value } of buttons)
    for (const [field, of] of Object.entries((value ?? {}) as object)) {
      if (field in shared && JSON.stringify(shared[field]) !== JSON.stringify(of)) return undefined
      if (of !== undefined) shared[field] = of
    }
  const id = PREFIX + JSON.stringify(shared)
  const options = buttons.map((b) => ({
    text: { type: 'plain_text' as const, text: clip(b.label, max.optionLabel) || '–' },
    value: [b.action, ...Object.keys((b.value ?? {}) as object).filter((field) => field in shared)].join(' '),
  }))
  if (id.length > max.actionId || options.some((o) => o.value.length > max.optionValue)) return undefined
  return { type: 'overflow', action_id: id, options }
}

/** The action and the value that an option of an overflow menu stands for; undefined for any other element. */
export function chosenInMenu(actionId: string, option: string | undefined): { id: string; value: unknown } | undefined {
  if (!actionId.startsWith(PREFIX) || option === undefined) return undefined
  const [id = '', ...fields] = option.split(' ')
  return { id, value: picked(actionId.slice(PREFIX.length), fields) }
}

function picked(text: string, fields: readonly string[]): unknown {
  try {
    const shared: unknown = JSON.parse(text)
    if (typeof shared !== 'object' || shared === null) return undefined
    return Object.fromEntries(Object.entries(shared).filter(([field]) => fields.includes(field)))
  } catch {
    return undefined
  }
}
