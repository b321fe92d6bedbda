import { UserError } from '../../errors.js'
import { authorize } from '../../people/access.js'
import { reports, type Unit } from '../../people/unit.js'
import type { UseCase } from '../../use-case.js'

/** Every unit of the workspace that reports, in the roster's order. */
export const reportingUnits = async ({ tx, actor }: Pick<UseCase, 'tx' | 'actor'>): Promise<Unit[]> =>
  (await tx.units.list(actor.workspaceId)).filter((u) => reports(u.kind))

/** A reporting unit that the person may see. Throws `access.denied`, `unit.not_found`. */
export async function visibleUnit({ tx, actor }: UseCase, unitId: string): Promise<Unit> {
  authorize(actor, 'unit.see', unitId)
  const unit = await tx.units.byId(actor.workspaceId, unitId)
  if (!unit || !reports(unit.kind)) throw new UserError('unit.not_found', { word: unit?.name ?? '' })
  return unit
}
