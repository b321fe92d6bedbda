import { z } from 'zod'
import { audit } from '../audit/append.js'
import { allow, maySetSettings } from '../people/access.js'
import type { Tx } from '../ports.js'
import type { UseCase } from '../use-case.js'

/** What a workspace may decide for itself; each has a default, so that nothing need be set. */
export const settingsSchema = z.object({
  /** Whether evidence waits for the head of the unit before the Command Board takes it up. */
  headConfirms: z.boolean().default(true),
  /** Whether what is sketchy is answered with a hint before it is taken. */
  coach: z.boolean().default(true),
  /** Whether a unit is reminded of its report when that alone is missing. */
  remindReport: z.boolean().default(true),
  /** Whether the Command Board is told each week what has changed. */
  weeklyDigest: z.boolean().default(true),
  /** Whether those who lead complete units are thanked at each month's end. */
  monthlyThanks: z.boolean().default(true),
})
export type Settings = z.infer<typeof settingsSchema>
export const settingNames = settingsSchema.keyof().options

/** The settings of a workspace; what was never set, or can no longer be read, is the default. */
export async function settingsOf(tx: Tx, workspaceId: string): Promise<Readonly<Settings>> {
  const set = await tx.settings.all(workspaceId)
  let settings = read.get(set)
  if (!settings) {
    const parsed = settingsSchema.safeParse(set)
    settings = parsed.success ? parsed.data : settingsSchema.parse({})
    read.set(set, settings)
  }
  return settings
}

/** What was read of the same values before; each store may give the same ones again as long as nobody set anything. */
const read = new WeakMap<object, Settings>()

/** Changes one setting; false when it was so already. Throws `access.denied`. */
export async function changeSetting<K extends keyof Settings>(
  use: UseCase,
  name: K,
  value: Settings[K],
): Promise<boolean> {
  const { tx, actor, now } = use
  allow(maySetSettings(actor), 'settings')
  const before = (await settingsOf(tx, actor.workspaceId))[name]
  if (before === value) return false
  await tx.settings.set(actor.workspaceId, name, value, actor.person.id, now)
  await audit(use, 'setting.changed', 'workspace', { name, from: before, to: value })
  return true
}
