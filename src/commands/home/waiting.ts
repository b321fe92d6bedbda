import { settingsOf } from '../../core/campaign/read-settings.js'
import { localDate } from '../../core/date.js'
import { unitsLedBy } from '../../core/people/access.js'
import { viewSubmission } from '../../core/queries/submission-view.js'
import { clip, showDate } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { criterionLabel, decideButtons, openButton } from '../submission/card.js'
import type { Block } from '../ui.js'
import type { HomePart } from './part.js'

const { home: t } = vi
const LISTED = 5
const EXCERPT = 140

/** What waits for a head or a deputy, the oldest first. */
export const waitingPart: HomePart = async ({ use, campaign }) => {
  const { tx, actor, timeZone } = use
  const led = unitsLedBy(actor)
  if (led.length === 0 || !(await settingsOf(tx, actor.workspaceId)).headConfirms) return []
  let total = 0
  const oldest = []
  for (const unit of led) {
    const tallies = await tx.progress.talliesOf(campaign.id, unit.id)
    const waiting = [...tallies.values()].reduce((n, tally) => n + tally.submitted, 0)
    total += waiting
    if (waiting > 0) oldest.push(...(await tx.submissions.waitingOf(campaign.id, unit.id, LISTED)))
  }
  if (total === 0) return [{ kind: 'note', text: t.nothingWaits }]
  const blocks: Block[] = [{ kind: 'text', text: t.waiting(total) }]
  const listed = oldest.sort((a, b) => a.number - b.number).slice(0, LISTED)
  for (const submission of listed) {
    const s = await viewSubmission(tx, campaign, submission, timeZone)
    const words = clip(submission.text.replace(/\s+/g, ' '), EXCERPT)
    const day = showDate(localDate(submission.submittedAt, timeZone))
    const when = led.length > 1 ? `${day} · ${s.unitName}` : day
    blocks.push({
      kind: 'item',
      text: t.waitingItem(s.authorName, criterionLabel(campaign, submission.criterion), words, when),
      buttons: [...decideButtons(s), openButton(s)],
    })
  }
  if (total > listed.length) blocks.push({ kind: 'note', text: t.waitingMore(total - listed.length) })
  return blocks
}
