/** Filling the fields of an open form: finds fields by name, uploads files, and sends block_actions where a field asks for it. */
import type { Answer } from '../bot-link/delivery.js'
import { isJsonObject, type JsonObject } from '../json.js'
import { isUpload, type Upload } from '../state/file.js'
import { dispatchesAction, type FieldEntry, holdsValue } from '../state/form-state.js'
import type { View } from '../state/workspace.js'
import type { UserActions } from './actions.js'
import { labelOf } from './visible-text.js'

/** What a test enters into a field; files given as bytes are uploaded first. */
export type FieldInput = FieldEntry | Upload[] | (Upload | JsonObject)[]

const titleOf = (block: JsonObject) => (isJsonObject(block.label) ? block.label.text : undefined)

function fieldsOf(view: View): { block: JsonObject; element: JsonObject }[] {
  return view.blocks.flatMap((block) => {
    const nested = Array.isArray(block.elements) ? block.elements.filter(isJsonObject) : []
    const all = [block.element, block.accessory, ...nested].filter(isJsonObject)
    return all.filter(holdsValue).map((element) => ({ block, element }))
  })
}

/** The field with this label, placeholder, block_id or action_id. Throws an error that lists the fields when there is none. */
function fieldOf(view: View, name: string): { block: JsonObject; element: JsonObject } {
  const fields = fieldsOf(view)
  const hit = fields.find(
    ({ block, element }) =>
      titleOf(block) === name ||
      block.block_id === name ||
      element.action_id === name ||
      (block.type !== 'input' && labelOf(element) === name),
  )
  if (hit) return hit
  const there = fields.map(({ block, element }) => titleOf(block) ?? (labelOf(element) || element.action_id))
  throw new Error(`No field "${name}". There is: ${there.join(' | ') || 'none'}`)
}

export function createFilling(actions: UserActions, userId: string, top: () => View) {
  const uploaded = (given: FieldInput): FieldEntry =>
    Array.isArray(given)
      ? (given.map((one) => (isUpload(one) ? actions.upload(userId, one) : one)) as string[] | JsonObject[])
      : given

  async function put(name: string, given: FieldInput, how: 'typed' | 'enter' = 'typed'): Promise<Answer | undefined> {
    const view = top()
    const { block, element } = fieldOf(view, name)
    const entry = uploaded(given)
    if (dispatchesAction(block, element, how)) return actions.click(userId, { view }, block, element, { entry })
    actions.fill(userId, { view }, block, element, entry)
    return undefined
  }

  return {
    uploaded,
    async fill(entries: Record<string, FieldInput>) {
      for (const [name, given] of Object.entries(entries)) await put(name, given)
      return {}
    },
    /** Types, then presses Enter if `enter` is set; each sends block_actions if the field is configured so. */
    async type(name: string, text: string, enter: boolean) {
      const typed = await put(name, text)
      return (enter ? await put(name, text, 'enter') : typed) ?? {}
    },
    choose: async (name: string, given: FieldInput) => (await put(name, given)) ?? {},
  }
}
