/** How a person fills the fields of an open form: by which names they go, what is uploaded on the way, who is told. */

import type { Answer } from '../bot-link/delivery.js'
import { isUpload, type Upload } from '../state/files.js'
import { type Entry, holdsValue, tellsAtOnce } from '../state/form-state.js'
import type { View } from '../state/workspace.js'
import { isObj, type Obj } from '../validate/check.js'
import type { Acts } from './actions.js'
import { labelOf } from './visible-text.js'

/** What a test writes into a field; files may be given as bytes, which are uploaded first. */
export type Given = Entry | Upload[] | (Upload | Obj)[]

const titleOf = (block: Obj) => (isObj(block.label) ? block.label.text : undefined)

export function fieldsOf(view: View): { block: Obj; element: Obj }[] {
  return view.blocks.flatMap((block) => {
    const nested = Array.isArray(block.elements) ? block.elements.filter(isObj) : []
    const all = [block.element, block.accessory, ...nested].filter(isObj)
    return all.filter(holdsValue).map((element) => ({ block, element }))
  })
}

/** The field of this label, placeholder, block_id or action_id; throws with what there is instead. */
export function fieldOf(view: View, name: string): { block: Obj; element: Obj } {
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

export function createFilling(acts: Acts, userId: string, top: () => View) {
  const uploaded = (given: Given): Entry =>
    Array.isArray(given)
      ? (given.map((one) => (isUpload(one) ? acts.upload(userId, one) : one)) as string[] | Obj[])
      : given

  async function put(name: string, given: Given, how: 'typed' | 'enter' = 'typed'): Promise<Answer | undefined> {
    const view = top()
    const { block, element } = fieldOf(view, name)
    const entry = uploaded(given)
    if (tellsAtOnce(block, element, how)) return acts.act(userId, { view }, block, element, { entry })
    acts.fill(userId, { view }, block, element, entry)
    return undefined
  }

  return {
    uploaded,
    async fill(entries: Record<string, Given>) {
      for (const [name, given] of Object.entries(entries)) await put(name, given)
      return {}
    },
    /** Types, and with `enter` presses Enter afterwards: each tells the bot where the field says so. */
    async type(name: string, text: string, enter: boolean) {
      const typed = await put(name, text)
      return (enter ? await put(name, text, 'enter') : typed) ?? {}
    },
    choose: async (name: string, given: Given) => (await put(name, given)) ?? {},
  }
}
