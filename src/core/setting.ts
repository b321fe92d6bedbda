import { z } from 'zod'
import type { Tx } from './ports.js'

/** What a workspace may decide for itself; each has a default, so that nothing need be set. */
export const settingsSchema = z.object({
  /** Whether evidence waits for the head of the unit before the Command Board takes it up. */
  headConfirms: z.boolean().default(true),
  /** Whether what is sketchy is answered with a hint before it is taken. */
  coach: z.boolean().default(true),
})
export type Settings = z.infer<typeof settingsSchema>

/** The settings of a workspace; what was never set, or can no longer be read, is the default. */
export async function settingsOf(tx: Tx, workspaceId: string): Promise<Settings> {
  const set = await tx.settings.all(workspaceId)
  const parsed = settingsSchema.safeParse(set)
  return parsed.success ? parsed.data : settingsSchema.parse({})
}
