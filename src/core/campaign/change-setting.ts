import { audit } from '../audit/append.js'
import { authorize } from '../people/access.js'
import type { UseCase } from '../use-case.js'
import { settingsOf } from './read-settings.js'
import type { Settings } from './setting.js'

/** Changes one setting. Returns false when it has that value already. Throws `access.denied`. */
export async function changeSetting<K extends keyof Settings>(
  use: UseCase,
  name: K,
  value: Settings[K],
): Promise<boolean> {
  const { tx, actor, now } = use
  authorize(actor, 'settings.change')
  const before = (await settingsOf(tx, actor.workspaceId))[name]
  if (before === value) return false
  await tx.settings.set(actor.workspaceId, name, value, actor.person.id, now)
  await audit(use, 'setting.changed', 'workspace', { name, from: before, to: value })
  return true
}
