import type { Plan } from '../../src/core/campaign/plan.js'
import type { Roster } from '../../src/core/setup/roster.js'
import { examplePlan } from '../flows/stage.js'

/** A person of the generated college. */
export interface Staff {
  email: string
  account: string
  /** Whether they have an account in the chat. */
  isInChat: boolean
}

export interface CollegeUnit {
  code: string
  name: string
  heads: Staff[]
  deputies: Staff[]
  /** The heads, then the deputies. */
  leaders: Staff[]
  /** People of the unit who lead nothing. */
  members: Staff[]
}

/** A generated college with its roster and plan files, and the unit and people lists that the checks use. */
export interface College {
  units: CollegeUnit[]
  office: Staff[]
  board: Staff
  /** Everyone, each once. */
  everyone: readonly Staff[]
  roster: Roster
  plan: Plan
  /** The codes of all criteria. */
  codes: string[]
}

/**
 * Generates a college of `size` units that covers every combination of leaders: one head, two heads, a head shared by
 * two units, only deputies, a head and a deputy, no leaders, and a head who is not in the chat, with and without a deputy.
 */
export function createCollege(size: number): College {
  const roster: Roster = { units: [], people: [], roles: [] }
  const staffByEmail = new Map<string, Staff>()
  function addPerson(name: string, isInChat = true): Staff {
    const email = `${name.toLowerCase()}@truong.example`
    const known = staffByEmail.get(email)
    if (known) return known
    const staff = { email, account: `U${name.toUpperCase()}`, isInChat }
    staffByEmail.set(email, staff)
    roster.people.push({ email, fullName: `Người ${name}` })
    return staff
  }
  type Role = Roster['roles'][number]['role']
  const addRole = (unitCode: string, role: Role, { email }: Staff) => roster.roles.push({ unitCode, role, email })
  const addUnit = (code: string, name: string, kind: Roster['units'][number]['kind']) =>
    roster.units.push({ code, name, kind, position: roster.units.length })

  addUnit('BCH', 'Ban Chỉ huy', 'board')
  const board = addPerson('BCH1')
  addRole('BCH', 'command_board', board)
  const office = [addPerson('VP1'), addPerson('VP2')]
  const units: CollegeUnit[] = []
  for (let i = 0; i < size; i++) {
    const n = String(i).padStart(3, '0')
    const [code, name] = [`DV${n}`, `Đơn vị ${n}`]
    addUnit(code, name, (['faculty', 'office', 'centre', 'union', 'youth'] as const)[i % 5] ?? 'faculty')
    if (i === 0) for (const staff of office) addRole(code, 'org_office', staff)
    const members: Staff[] = i % 7 === 0 ? [addPerson(`NV${n}`)] : []
    for (const member of members) addRole(code, 'member', member)
    const heads: Staff[] = []
    const deputies: Staff[] = []
    // The first 17 of each hundred units are special cases; the others have one head each.
    const variant = i % 100
    if (variant < 4) heads.push(addPerson(`TA${n}`), addPerson(`TB${n}`))
    else if (variant < 8) heads.push(addPerson(`TC${String(i - (i % 2)).padStart(3, '0')}`))
    else if (variant < 10) deputies.push(addPerson(`PA${n}`))
    else if (variant === 10) deputies.push(addPerson(`PB${n}`), addPerson(`PC${n}`))
    else if (variant === 11) heads.push(addPerson(`XA${n}`, false))
    else if (variant === 12) {
      heads.push(addPerson(`TD${n}`))
      deputies.push(addPerson(`PD${n}`))
    } else if (variant === 13) {
      // The head of this unit is also the deputy of the previous one, which has a head.
      const headAndDeputy = addPerson(`TE${n}`)
      heads.push(headAndDeputy)
      const previous = units.at(-1) as CollegeUnit
      addRole(previous.code, 'deputy', headAndDeputy)
      previous.deputies.push(headAndDeputy)
      previous.leaders.push(headAndDeputy)
    } else if (variant === 15) {
      heads.push(addPerson(`XB${n}`, false))
      deputies.push(addPerson(`PX${n}`))
    } else if (variant === 16) {
      heads.push(addPerson(`XC${n}`, false), addPerson(`TF${n}`))
      deputies.push(addPerson(`PF${n}`))
    } else if (variant !== 14) heads.push(addPerson(`TX${n}`))
    for (const head of heads) addRole(code, 'head', head)
    for (const deputy of deputies) addRole(code, 'deputy', deputy)
    units.push({ code, name, heads, deputies, leaders: [...heads, ...deputies], members })
  }
  const plan = createPlan()
  const codes = plan.groups.flatMap((g) => g.criteria.map((c) => c.code))
  return { units, office, board, everyone: [...staffByEmail.values()], roster, plan, codes }
}

/** The example plan reduced to a few criteria, with all dates of the reminder ladder. */
function createPlan(): Plan {
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
