import { isDeepStrictEqual } from 'node:util'
import { type Campaign, criteriaOf } from '../campaign/campaign.js'
import { openKinds, type ReviewKind } from '../campaign/review.js'
import { reports, type Unit } from '../people/unit.js'
import type { Tx } from '../ports.js'
import { currentCounts } from './cells.js'
import { noTotals, type Standing, standingOf, totalsOf } from './progress.js'

/** Recounts a unit's standing for every review that is open. */
export async function recountUnit(tx: Tx, campaign: Campaign, workspaceId: string, unit: Unit): Promise<void> {
  for (const kind of openKinds(await tx.reviews.list(campaign.id)))
    await tx.progress.putStanding(workspaceId, campaign.id, kind, unit, await countUnit(tx, campaign, unit, kind))
}

async function countUnit(tx: Tx, campaign: Campaign, unit: Unit, kind: ReviewKind): Promise<Standing> {
  const { tallies, nil } = await currentCounts(tx, campaign.id, unit.id, kind)
  return standingOf(unit.id, criteriaOf(campaign), tallies, nil)
}

/** Recomputes a campaign's totals for every open review from the units' standings. */
export async function recountTotals(tx: Tx, campaign: Campaign): Promise<void> {
  for (const kind of openKinds(await tx.reviews.list(campaign.id))) {
    const totals = totalsOf(criteriaOf(campaign), await tx.progress.standings(campaign.id, kind))
    await tx.progress.putTotals(campaign.workspaceId, campaign.id, kind, totals)
  }
}

/**
 * Recounts the standings of every unit and the totals for every open review; for an import of the plan or of the roster, and
 * for a review that is reopened.
 */
export async function recountAll(tx: Tx, campaign: Campaign): Promise<void> {
  const units = (await tx.units.list(campaign.workspaceId)).filter((u) => reports(u.kind))
  await tx.progress.dropStandings(
    campaign.id,
    openKinds(await tx.reviews.list(campaign.id)),
    units.map((u) => u.id),
  )
  for (const unit of units) await recountUnit(tx, campaign, campaign.workspaceId, unit)
  await recountTotals(tx, campaign)
}

/**
 * Recounts everything and names each stored count that differs: `K1 a2` a cell of a unit, `K1 final` its standing, `final`
 * the totals. Closed reviews are proved against their snapshots (`verifyClosings`). Changes nothing.
 */
export async function verifyCounts(tx: Tx, campaign: Campaign): Promise<string[]> {
  const units = await tx.units.list(campaign.workspaceId)
  const codes = new Map(units.map((u) => [u.id, u.code]))
  const wrong = (await tx.progress.drift(campaign.workspaceId, campaign.id)).map((cell) => {
    const [unitId = '', criterion = ''] = cell.split(' ')
    return `${codes.get(unitId) ?? unitId} ${criterion}`
  })
  for (const kind of openKinds(await tx.reviews.list(campaign.id))) {
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
