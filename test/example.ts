import { readFileSync } from 'node:fs'
import { readPlan } from '../src/cli/plan-file.js'
import { campaignOf } from '../src/core/campaign/campaign.js'
import type { Plan } from '../src/core/campaign/plan.js'
import type { Actor, Role } from '../src/core/people/person.js'
import type { Unit } from '../src/core/people/unit.js'

/** Data shared by the tests of the core and of the store: plan 484, units, and people with roles. */

export function examplePlan(): Plan {
  const read = readPlan(readFileSync(new URL('../db/campaigns/qptd-2024.yaml', import.meta.url), 'utf8'), 'x.yaml')
  if ('faults' in read) throw new Error(read.faults[0]?.sentence)
  return read.plan
}

export const campaign = campaignOf('campaign', 'workspace', examplePlan())
export const timeZone = 'Asia/Ho_Chi_Minh'

/** An instant in Vietnam's time: `at('2024-06-28', '08:00')`. */
export const at = (date: string, time = '09:00'): Date => new Date(`${date}T${time}:00+07:00`)

export const unit = (code: string, position = 0, kind: Unit['kind'] = 'faculty'): Unit => ({
  id: code,
  code,
  name: `Khoa ${code}`,
  kind,
  position,
})

export const actor = (roles: readonly [Role, Unit][], id = 'me', isConfiguredAdmin = false): Actor => ({
  workspaceId: 'workspace',
  person: { id, fullName: id, email: `${id}@cdn.example` },
  accountId: `U${id}`,
  roles: roles.map(([role, u]) => ({ role, unit: u })),
  isConfiguredAdmin,
})
