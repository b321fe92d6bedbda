import type { StandIn } from '../../core/people/stand-in.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import type { Card } from '../ui.js'

const { office: t, common } = vi

/** `standIns`: who is reminded instead, by unit. */
export const unreachableCard = (
  { name, email }: { name: string; email: string | null },
  standIns: readonly StandIn[],
): Card => ({
  summary: t.unreachableSummary(name),
  blocks: [
    block.text(t.unreachable(name, email)),
    ...standIns.map(({ unit, people, role }) => {
      const to = people.map((p) => `${common.role[role].toLowerCase()} ${p.fullName}`)
      return block.text(t.passedOn([unit.name], to))
    }),
  ],
})
