import { type Campaign, campaignOf } from '../../src/core/campaign/campaign.js'
import type { Actor } from '../../src/core/people/person.js'
import type { Unit } from '../../src/core/people/unit.js'
import type { NewId, Store, Tx } from '../../src/core/ports.js'
import { importPlan } from '../../src/core/setup/import-plan.js'
import { importRoster } from '../../src/core/setup/import-roster.js'
import type { Roster } from '../../src/core/setup/roster.js'
import type { SubmissionContent } from '../../src/core/submission/content.js'
import { confirm, submit } from '../../src/core/submission/decide.js'
import type { UseCase } from '../../src/core/use-case.js'
import { newId } from '../../src/new-id.js'
import { at, examplePlan, timeZone } from '../example.js'

/** A small college in a store: units K0, K1 … with a head, a deputy and a member each, an office and a board. */
export interface College {
  store: Store
  newId: NewId
  workspaceId: string
  campaign: Campaign
  units: Unit[]
  /** A person by e-mail address without the domain: `head0`, `member2`, `office`, `board`. Throws when there is none. */
  as(name: string): Promise<Actor>
  /** Runs a use case in a transaction as that person; on 2024-05-20, 09:00 unless `now` is given. */
  run<T>(name: string, work: (use: UseCase) => Promise<T>, now?: Date): Promise<T>
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

export const content = (
  unitId: string,
  criterion: string,
  some: Partial<SubmissionContent> = {},
): SubmissionContent => ({
  unitId,
  criterion,
  text: 'Huấn luyện 25/25 đạt 100%',
  doneOn: '2024-05-17',
  figure: null,
  figureUnit: null,
  links: [],
  ...some,
})

export function rosterOf(units: number): Roster {
  const parts = ['head', 'deputy', 'member'] as const
  const codes = Array.from({ length: units }, (_, i) => `K${i}`)
  const above = [
    ['office', 'org_office'],
    ['board', 'command_board'],
  ] as const
  return {
    units: [
      ...codes.map((code, position) => ({ code, name: `Khoa ${code}`, kind: 'faculty' as const, position })),
      { code: 'BGH', name: 'Ban Giám hiệu', kind: 'board', position: units },
    ],
    people: [
      ...codes.flatMap((_, i) => parts.map((p) => ({ fullName: `${p} ${i}`, email: `${p}${i}@cdn.example` }))),
      ...above.map(([name]) => ({ fullName: name, email: `${name}@cdn.example` })),
    ],
    roles: [
      ...codes.flatMap((code, i) => parts.map((p) => ({ unitCode: code, email: `${p}${i}@cdn.example`, role: p }))),
      ...above.map(([name, role]) => ({ unitCode: 'BGH', email: `${name}@cdn.example`, role })),
    ],
  }
}

export async function foundCollege(store: Store, size = 3): Promise<College> {
  const now = at('2024-05-20')
  const plan = examplePlan()
  const workspaceId = await store.write((tx) => tx.workspaces.only(now))
  await store.write((tx) => importPlan({ tx, now, newId, workspaceId }, plan, 'hash'))
  await store.write((tx) => importRoster({ tx, now, newId, workspaceId }, rosterOf(size)))
  const known = await store.read((tx) => tx.campaigns.byCode(workspaceId, plan.code))
  const campaign = campaignOf(known?.id ?? '', workspaceId, plan)
  const as = (name: string): Promise<Actor> =>
    store.read(async (tx) => {
      const person = await tx.people.byEmail(workspaceId, `${name}@cdn.example`)
      if (!person) throw new Error(`no ${name}`)
      const roles = await tx.people.rolesOf(workspaceId, person.id)
      return { workspaceId, person, accountId: name, roles, isConfiguredAdmin: false }
    })
  return {
    store,
    newId,
    workspaceId,
    campaign,
    units: (await store.read((tx) => tx.units.list(workspaceId))).filter((u) => u.kind !== 'board'),
    as,
    async run(name, work, instant = now) {
      const actor = await as(name)
      return store.write((tx) => work({ tx, actor, now: instant, newId, timeZone }))
    },
    write: (work) => store.write(work),
  }
}

export const unitId = (college: College, n: number): string => college.units[n]?.id as string

export const personIdOf = async (college: College, name: string): Promise<string> => (await college.as(name)).person.id

/** The member of a unit hands in one achievement; returns its id. */
export const handIn = async (
  college: College,
  n: number,
  criterion: string,
  some?: Partial<SubmissionContent>,
  now?: Date,
): Promise<string> => {
  const written = content(unitId(college, n), criterion, some)
  return (await college.run(`member${n}`, (use) => submit(use, college.campaign, written, null), now)).id
}

/** The same, confirmed by the unit's head. */
export async function handInConfirmed(
  college: College,
  n: number,
  criterion: string,
  some?: Partial<SubmissionContent>,
  now?: Date,
): Promise<string> {
  const id = await handIn(college, n, criterion, some, now)
  await college.run(`head${n}`, (use) => confirm(use, college.campaign, id))
  return id
}
