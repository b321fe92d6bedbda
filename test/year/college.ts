import type { Plan } from '../../src/core/campaign/plan.js'
import type { Roster } from '../../src/core/setup/roster.js'
import { examplePlan } from '../flows/stage.js'

/** A person of the invented college. */
export interface Staff {
  email: string
  account: string
  /** Has no account in the chat. */
  away: boolean
}

export interface UnitOf {
  code: string
  name: string
  heads: Staff[]
  deputies: Staff[]
  /** People who may act for it, the heads first. */
  leaders: Staff[]
}

export interface College {
  units: UnitOf[]
  office: Staff[]
  board: Staff
  roster: Roster
  plan: Plan
  codes: string[]
}

/**
 * Units of every kind: with one head, with two, two with the same head, with a deputy only or beside a head, without
 * leaders, and with a head who is not in the chat.
 */
export function college(size: number): College {
  const roster: Roster = { units: [], people: [], roles: [] }
  const all = new Map<string, Staff>()
  function person(name: string, away = false): Staff {
    const email = `${name.toLowerCase()}@truong.example`
    const known = all.get(email)
    if (known) return known
    const staff = { email, account: `U${name.toUpperCase()}`, away }
    all.set(email, staff)
    roster.people.push({ email, fullName: `Người ${name}` })
    return staff
  }
  type Role = Roster['roles'][number]['role']
  const give = (unitCode: string, role: Role, { email }: Staff) => roster.roles.push({ unitCode, role, email })
  const addUnit = (code: string, name: string, kind: Roster['units'][number]['kind']) =>
    roster.units.push({ code, name, kind, position: roster.units.length })

  addUnit('BCH', 'Ban Chỉ huy', 'board')
  const board = person('BCH1')
  give('BCH', 'command_board', board)
  const office = [person('VP1'), person('VP2')]
  const units: UnitOf[] = []
  for (let i = 0; i < size; i++) {
    const n = String(i).padStart(3, '0')
    const [code, name] = [`DV${n}`, `Đơn vị ${n}`]
    addUnit(code, name, (['faculty', 'office', 'centre', 'union', 'youth'] as const)[i % 5] ?? 'faculty')
    if (i === 0) for (const one of office) give(code, 'org_office', one)
    if (i % 7 === 0) give(code, 'member', person(`NV${n}`))
    const heads: Staff[] = []
    const deputies: Staff[] = []
    // A few of each hundred are special; the others have one head each.
    const make = i % 100
    if (make < 4) heads.push(person(`TA${n}`), person(`TB${n}`))
    else if (make < 8) heads.push(person(`TC${String(i - (i % 2)).padStart(3, '0')}`))
    else if (make < 10) deputies.push(person(`PA${n}`))
    else if (make === 10) deputies.push(person(`PB${n}`), person(`PC${n}`))
    else if (make === 11) heads.push(person(`XA${n}`, true))
    else if (make === 12) {
      heads.push(person(`TD${n}`))
      deputies.push(person(`PD${n}`))
    } else if (make === 13) {
      // The head of this unit is also the deputy of the previous one, which has a head.
      const both = person(`TE${n}`)
      heads.push(both)
      const before = units.at(-1) as UnitOf
      give(before.code, 'deputy', both)
      before.deputies.push(both)
      before.leaders.push(both)
    } else if (make !== 14) heads.push(person(`TX${n}`))
    for (const one of heads) give(code, 'head', one)
    for (const one of deputies) give(code, 'deputy', one)
    units.push({ code, name, heads, deputies, leaders: [...heads, ...deputies] })
  }
  const plan = smallPlan()
  const codes = plan.groups.flatMap((g) => g.criteria.map((c) => c.code))
  return { units, office, board, roster, plan, codes }
}

/** The real plan with three of its criteria and the whole ladder. */
function smallPlan(): Plan {
  const plan = examplePlan()
  return {
    ...plan,
    groups: plan.groups.map((g, i) => ({ ...g, criteria: g.criteria.slice(0, i === 0 ? 2 : 1) })),
    reminders: {
      ...plan.reminders,
      workingDaysBefore: [20, 10, 5, 2, 1],
      onTheDay: true,
      workingDaysLate: [1, 3, 5],
      at: '08:00',
      until: '18:00',
    },
  }
}
