import type { Attachment } from '../../attachment/attachment.js'
import { ownDropFiles } from '../../attachment/drop-files.js'
import type { Campaign } from '../../campaign/campaign.js'
import { UserError } from '../../errors.js'
import { may, unitsOf } from '../../people/access.js'
import type { Unit } from '../../people/unit.js'
import type { UseCase } from '../../use-case.js'
import { reportingUnits } from '../people/reporting-unit.js'

/** What the form for evidence is about, before it is read. */
export interface FormAbout {
  /** The unit to begin with. */
  unitId?: string
  /** Whether another unit may be chosen than `unitId`; a form about one unit does not ask for it again. */
  anyUnit?: boolean
  /** Id of the file drop whose files come with the form. */
  dropId?: string
  /** Id of the submission that is changed. */
  submissionId?: string
}

/** What the form for evidence shows of the campaign, the units and the files. */
export interface FormView {
  campaign: Campaign
  /** The units to choose from; a single one is fixed. */
  units: readonly Unit[]
  /** The chosen unit. */
  unitId: string | undefined
  /** Files of the file drop that come with the form. */
  dropFiles: readonly Attachment[]
  /** Files that the submission has already. */
  submissionFiles: readonly Attachment[]
}

/**
 * Reads what the form for evidence shows. A person hands in for their own units, the Organisation–Administration Office for
 * every reporting unit. Throws `person.no_unit` for a person without a unit.
 */
export async function viewForm(use: UseCase, campaign: Campaign, about: FormAbout): Promise<FormView> {
  const { tx, actor } = use
  const units = may(actor, 'submission.submitForAny') ? await reportingUnits(use) : unitsOf(actor)
  if (units.length === 0) throw new UserError('person.no_unit', {})
  const isKnown = units.some((u) => u.id === about.unitId)
  const unitId = isKnown ? about.unitId : units.length > 1 ? unitsOf(actor)[0]?.id : undefined
  const isFixed = !about.anyUnit && isKnown
  const { dropId, submissionId } = about
  return {
    campaign,
    units: isFixed ? units.filter((u) => u.id === unitId) : units,
    unitId,
    dropFiles: dropId ? await ownDropFiles(use, dropId) : [],
    submissionFiles: submissionId ? await tx.attachments.ofSubmission(actor.workspaceId, submissionId) : [],
  }
}
