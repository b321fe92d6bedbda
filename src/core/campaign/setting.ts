import { z } from 'zod'

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

/** What was read of the same values before; each store may give the same ones again as long as nobody set anything. */
export const read = new WeakMap<object, Settings>()
export interface SettingRows {
  /** What was set, by name; values as JSON gives them. */
  all(workspaceId: string): Promise<Readonly<Record<string, unknown>>>
  set(workspaceId: string, name: string, value: unknown, by: string | null, now: Date): Promise<void>
}
