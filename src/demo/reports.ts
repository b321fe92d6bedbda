import { type Campaign, criteriaOf } from '../core/campaign/campaign.js'
import type { Actor, PersonRole } from '../core/people/person.js'
import type { Unit } from '../core/people/unit.js'
import { approveReport, rejectReport, sendReport } from '../core/report/decide.js'
import { saveTexts } from '../core/report/draft.js'
import { confirm } from '../core/submission/decide.js'
import type { UseCase } from '../core/use-case.js'
import { demoText } from '../text/vi/demo/demo.js'

interface Reporting {
  run: <T>(actor: Actor, work: (use: UseCase, campaign: Campaign) => Promise<T>) => Promise<T>
  actors: ReadonlyMap<string, Actor>
  roster: readonly PersonRole[]
  units: readonly Unit[]
}

const kind = 'preliminary'
const seen = { round: 1, state: 'sent' } as const

/** By index of the unit: one is complete and offered to report; the others have reported, with this outcome. */
const outcomes: Record<number, 'offered' | 'sent' | 'approved' | 'rejected'> = {
  1: 'approved',
  3: 'offered',
  10: 'rejected',
  13: 'sent',
  15: 'sent',
}

/** A few units report before the demo begins, so that a report in each state exists. */
export async function seedReports({ run, actors, roster, units }: Reporting): Promise<void> {
  const actorOf = (found: PersonRole | undefined) => found && actors.get(found.person.id)
  const board = actorOf(roster.find((r) => r.role === 'command_board'))
  for (const [n, [i, outcome]] of Object.entries(outcomes).entries()) {
    const unit = units[Number(i)]
    const head = actorOf(roster.find((r) => r.unit.id === unit?.id && r.role === 'head'))
    if (!unit || !head || !board) continue
    await run(head, (use, campaign) => confirmAll(use, campaign, unit))
    if (outcome === 'offered') continue
    const texts = demoText.reports[n % demoText.reports.length] as (typeof demoText.reports)[number]
    await run(head, async (use, campaign) => {
      const missing = criteriaOf(campaign).map((c) => c.code)
      await saveTexts(use, campaign, unit.id, kind, texts, { form: 'demo', seen: 0 })
      await sendReport(use, campaign, unit.id, kind, { round: 0, agreed: { missing, waiting: 0 } })
    })
    if (outcome === 'approved') await run(board, (use, campaign) => approveReport(use, campaign, unit.id, kind, seen))
    if (outcome === 'rejected')
      await run(board, (use, campaign) => rejectReport(use, campaign, unit.id, kind, seen, demoText.reportRejected))
  }
}

async function confirmAll(use: UseCase, campaign: Campaign, unit: Unit): Promise<void> {
  for (const { code } of criteriaOf(campaign))
    for (const { id, state } of await use.tx.submissions.ofCell(campaign.id, unit.id, code))
      if (state === 'submitted') await confirm(use, campaign, id)
}
