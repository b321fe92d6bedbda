import { setTimeout as wait } from 'node:timers/promises'
import type { Answer } from '../../src/local-slack/bot-link/delivery.js'
import type { JsonObject } from '../../src/local-slack/json.js'
import type { LocalSlack } from '../../src/local-slack/local-slack.js'
import { dmOf } from '../../src/local-slack/state/channels.js'
import { stackOf, topView } from '../../src/local-slack/state/views.js'
import type { View } from '../../src/local-slack/state/workspace.js'
import { createFilling, type FieldInput } from '../../src/local-slack/user/form-filling.js'
import type { Place } from '../../src/local-slack/user/place.js'
import { clickableElements, snapshotView } from '../../src/local-slack/user/snapshot.js'
import { elementsOf } from '../../src/local-slack/validate/blocks.js'

const AGAIN_MS = 60
/** How long a card may take to appear after the acknowledgement; then it is requested again. */
const SHOWN_MS = 400
/** The same for a form, as long as the bot lives. */
const OPENED_MS = 20_000

export interface Hit {
  place: Place
  block: JsonObject
  element: JsonObject
}

/**
 * A person who uses a bot that may be killed at any moment: they repeat every action, unchanged, until it is
 * acknowledged. Unlike the users of the local Slack they do not wait for the bot to be idle, which it never is here.
 */
export function patient({ workspace, actions }: LocalSlack, userId: string, bot: () => unknown = () => undefined) {
  async function until<T>(attempt: () => Promise<T | undefined>): Promise<T> {
    for (;;) {
      const done = await attempt()
      if (done !== undefined) return done
      await wait(AGAIN_MS)
    }
  }
  async function shown<T>(look: () => T | undefined, ms = SHOWN_MS): Promise<T | undefined> {
    const [first, end] = [bot(), performance.now() + ms]
    for (; performance.now() < end && bot() === first; await wait(5)) {
      const found = look()
      if (found !== undefined) return found
    }
    return undefined
  }
  const filling = (view: View) => createFilling(actions, userId, () => view)

  return {
    /** Clicks a button or chooses from a menu until that is acknowledged. */
    press: ({ place, block, element }: Hit) =>
      until(async () => ((await actions.click(userId, place, block, element)).error ? undefined : true)),

    /** Buttons with an action id in the person's messages, the newest first, or in a view. */
    buttons: (action: string, view?: View): Hit[] => {
      const all: Hit[] = view
        ? view.blocks.flatMap((block) => elementsOf(block).map((element) => ({ place: { view }, block, element })))
        : clickableElements(workspace, userId, dmOf(userId), { in: 'message' })
      return all.filter(({ element }) => String(element.action_id).replace(/#\d+$/, '') === action)
    },

    /** Opens a new form and fills it in; autosaves may be lost with the bot. */
    async form(line: string, fields: Record<string, FieldInput>): Promise<View> {
      const before = topView(workspace, userId)
      const view = await until(async () => {
        const { error } = await actions.command(userId, line)
        return error ? undefined : shown(() => [topView(workspace, userId)].find((v) => v && v !== before), OPENED_MS)
      })
      await filling(view).fill(fields)
      return view
    },

    /** Submits a form until the next page appears; returns its visible text. */
    send: (view: View) =>
      until(async () => {
        await actions.submit(userId, view)
        const { callbackId, visibleText } = snapshotView(view)
        return callbackId === 'page' ? visibleText : undefined
      }),

    /** Types into a field that is saved as a draft until that is acknowledged; then closes the form. */
    async draft(view: View, field: string, text: string): Promise<void> {
      await until(async () => {
        const answer: Partial<Answer> = await filling(view).type(field, text, false)
        return answer.error ? undefined : true
      })
      if (stackOf(workspace, userId).includes(view)) await actions.close(userId, view)
    },

    /** Types a command until `look` finds something, or for a moment after the acknowledgement; returns null then. */
    ask: <T>(line: string, look: () => T | undefined) =>
      until(async () => {
        const { error } = await actions.command(userId, line)
        return error ? undefined : ((await shown(look)) ?? null)
      }),

    /** Sends photos to the bot: one event, repeated under the same id as Slack does. */
    async sendPhotos(
      text: string,
      photos: readonly { name: string; mimetype: string; bytes: Buffer }[],
    ): Promise<void> {
      const [eventId, ts, channel] = [workspace.newId('Ev'), workspace.newTs(), dmOf(userId)]
      const files = photos.map((photo) => actions.upload(userId, photo))
      const event = {
        type: 'message',
        subtype: 'file_share',
        channel,
        channel_type: 'im',
        user: userId,
        text,
        ts,
        files,
      }
      await until(async () => ((await actions.event(event, { eventId })).error ? undefined : true))
    },
  }
}
