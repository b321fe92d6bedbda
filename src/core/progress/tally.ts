import { isDeepStrictEqual } from 'node:util'
import { type Campaign, criteriaOf } from '../campaign/campaign.js'
import { type ReviewKind, reviewKinds } from '../campaign/review.js'
import { reports, type Unit } from '../people/unit.js'
import type { Tx } from '../ports.js'
import { noTotals, type Standing, standingOf, totalsOf } from './progress.js'

/** Recounts a unit's standing for every review. */
export async function recountUnit(tx: Tx, campaign: Campaign, workspaceId: string, unit: Unit): Promise<void> {
  for (const kind of reviewKinds)
    await tx.progress.putStanding(workspaceId, campaign.id, kind, unit, await countUnit(tx, campaign, unit, kind))
}

async function countUnit(tx: Tx, campaign: Campaign, unit: Unit, kind: ReviewKind): Promise<Standing> {
  const tallies = await tx.progress.talliesOf(campaign.id, unit.id)
  const nil = (await tx.nilReports.ofUnit(campaign.id, unit.id)).filter((n) => n.reviewKind === kind)
  return standingOf(unit.id, criteriaOf(campaign), tallies, new Set(nil.map((n) => n.criterion)))
}

/** Recomputes a campaign's totals for every review from the units' standings. */
export async function recountTotals(tx: Tx, campaign: Campaign): Promise<void> {
  for (const kind of reviewKinds) {
    const totals = totalsOf(criteriaOf(campaign), await tx.progress.standings(campaign.id, kind))
    await tx.progress.putTotals(campaign.workspaceId, campaign.id, kind, totals)
  }
}

/** Recounts the standings of every unit and the totals; for an import of the plan or of the roster. */
export async function recountAll(tx: Tx, campaign: Campaign): Promise<void> {
  const units = (await tx.units.list(campaign.workspaceId)).filter((u) => reports(u.kind))
  await tx.progress.dropStandings(
    campaign.id,
    units.map((u) => u.id),
  )
  for (const unit of units) await recountUnit(tx, campaign, campaign.workspaceId, unit)
  await recountTotals(tx, campaign)
}

/**
 * Recounts everything and names each stored count that differs: `K1 a2` a cell of a unit, `K1 final` its standing, `final`
 * the totals. Changes nothing.
 */
export async function verifyCounts(tx: Tx, campaign: Campaign): Promise<string[]> {
  const units = await tx.units.list(campaign.workspaceId)
  const codes = new Map(units.map((u) => [u.id, u.code]))
  const wrong = (await tx.progress.drift(campaign.workspaceId, campaign.id)).map((cell) => {
    const [unitId = '', criterion = ''] = cell.split(' ')
    return `${codes.get(unitId) ?? unitId} ${criterion}`
  })
  for (const kind of reviewKinds) {
    const stored = await tx.progress.standings(campaign.id, kind)
    for (const unit of units.filter((u) => reports(u.kind))) {
      const standing = stored.find((s) => s.unitId === unit.id)
      if (!isDeepStrictEqual(standing, await countUnit(tx, campaign, unit, kind))) wrong.push(`${unit.code} ${kind}`)
    }
    const { version: _, ...totals } = (await tx.progress.totals(campaign.id, kind)) ?? { ...noTotals, version: 0 }
    if (!isDeepStrictEqual(totals, totalsOf(criteriaOf(campaign), stored))) wrong.push(kind)
  }
  return wrong
}
