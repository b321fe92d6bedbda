import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readPlan } from '../src/cli/plan-file.js'
import { readRoster } from '../src/cli/roster-file.js'
import type { Campaign } from '../src/core/campaign/campaign.js'
import { reports, type Unit } from '../src/core/people/unit.js'
import type { Store } from '../src/core/ports.js'
import { importPlan } from '../src/core/setup/import-plan.js'
import { importRoster } from '../src/core/setup/import-roster.js'
import type { Roster } from '../src/core/setup/roster.js'
import { newId } from '../src/new-id.js'
import { openStore } from '../src/store/open.js'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(root, file))

/** Account id of a person of a roster. */
export const accountOf = (email: string): string => `U${(email.split('@')[0] ?? '').toUpperCase().replace(/\W/g, '')}`

export async function exampleRoster(): Promise<Roster> {
  const found = await readRoster(read('db/roster.example.csv'), 'roster.example.csv')
  if ('faults' in found) throw new Error(found.faults[0]?.sentence)
  return found.roster
}

/** A college of `count` units, each with a head, and one member of the Command Board. */
export function largeRoster(count: number): Roster {
  const units: Roster['units'] = [{ code: 'BCHQS', name: 'Ban Chỉ huy quân sự cơ quan', kind: 'board', position: 0 }]
  const people: Roster['people'] = [{ fullName: 'Trần Quốc Hùng', email: 'board@cdn.example' }]
  const roles: Roster['roles'] = [{ unitCode: 'BCHQS', email: 'board@cdn.example', role: 'command_board' }]
  for (let i = 1; i <= count; i++) {
    const [code, email] = [`K${String(i).padStart(3, '0')}`, `head${i}@cdn.example`]
    units.push({ code, name: `Khoa Kỹ thuật và Công nghệ số ${i}`, kind: 'faculty', position: i })
    people.push({ fullName: `Nguyễn Thị Hồng Gấm ${i}`, email })
    roles.push({ unitCode: code, email, role: 'head' })
  }
  return { units, people, roles }
}

export interface Fixture {
  store: Store
  workspaceId: string
  campaign: Campaign
  units: Unit[]
}

/** Creates a database with plan 484 and a roster through the use cases of the imports. The caller closes its store. */
export async function createFixture(url: string, roster: Roster): Promise<Fixture> {
  const plan = readPlan(read('db/campaigns/qptd-2024.yaml').toString('utf8'), 'qptd-2024.yaml')
  if ('faults' in plan) throw new Error(plan.faults[0]?.sentence)
  const store = await openStore(url)
  const workspaceId = await store.write((tx) => tx.workspaces.only(new Date()))
  await store.write((tx) => importPlan({ tx, now: new Date(), newId, workspaceId }, plan.plan, 'bench'))
  await store.write((tx) => importRoster({ tx, now: new Date(), newId, workspaceId }, roster))
  const campaign = (await store.read((tx) => tx.campaigns.current(workspaceId))) as Campaign
  const units = (await store.read((tx) => tx.units.list(workspaceId))).filter((u) => reports(u.kind))
  return { store, workspaceId, campaign, units }
}
