import { z } from 'zod'

/** What a workspace can decide for itself; everything has a default. */
export const settingsSchema = z.object({
  /** Whether evidence needs the head's confirmation before the Command Board sees it. */
  headConfirms: z.boolean().default(true),
  /** Whether evidence with too little detail is answered with a hint before it is accepted. */
  coach: z.boolean().default(true),
  /** Whether a unit is reminded when only its report is missing. */
  remindReport: z.boolean().default(true),
  /** Whether the Command Board gets the weekly digest. */
  weeklyDigest: z.boolean().default(true),
  /** Whether leaders of complete units are thanked at the end of each month. */
  monthlyThanks: z.boolean().default(true),
})

export type Settings = z.infer<typeof settingsSchema>
export const settingNames = settingsSchema.keyof().options

/** Validated settings by the stored object: a store returns the same object until something is set. */
export const read = new WeakMap<object, Settings>()
export interface SettingRows {
  /** Stored settings by name, with values parsed from JSON. */
  all(workspaceId: string): Promise<Readonly<Record<string, unknown>>>
  set(workspaceId: string, name: string, value: unknown, by: string | null, now: Date): Promise<void>
}
