import type { Tx } from '../ports.js'
import { read, type Settings, settingsSchema } from './setting.js'

/** The settings of a workspace; a setting that was never set, or that no longer validates, has its default. */
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
