import { isJsonObject, type JsonObject } from '../json.js'
import type { Message, View } from '../state/workspace.js'

/** Where an element is: in a message, in a modal or on the App Home. */
export type Place = { message: Message } | { view: View }

export const blocksOf = (place: Place): JsonObject[] => ('view' in place ? place.view.blocks : place.message.blocks)

export const inputLabel = (block: JsonObject) => (isJsonObject(block.label) ? String(block.label.text) : undefined)
