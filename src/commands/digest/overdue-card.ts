import { criteriaOf } from '../../core/campaign/campaign.js'
import { localDate, localTime } from '../../core/date.js'
import type { OverdueReview, OverdueUnit, UnitRecipients } from '../../core/queries/digest/overdue.js'
import { showDate, showInstant } from '../../text/index.js'
import { plainText, type Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { taggedBlocks } from '../campaign-tag.js'
import { shorten } from '../shorten.js'
import type { Block, Card } from '../ui.js'
import { nudgeAllButton, nudgeUnitsButton } from './nudge-button.js'

const { nudge: t, common } = vi

/** Characters of a unit's name. */
const NAME = 80

/** When a card is drawn and shown. */
export interface At {
  now: Date
  timeZone: string
}

/** The late units of some reviews, each with the people to remind; for a review without late units, reports that. */
export function overdueCard(reviews: readonly OverdueReview[], at: At): Card {
  const late = reviews.reduce((n, r) => n + r.late, 0)
  const [first] = reviews
  return {
    summary: late > 0 || !first ? t.lateSummary(late) : plainText(overText(first)),
    blocks: reviews.flatMap((r): Block[] =>
      r.late === 0 ? [block.text(overText(r))] : taggedBlocks(r.campaign.id, lateBlocks(r, at)),
    ),
  }
}

/** Why a review has no late units: it was closed, or all have caught up. */
const overText = ({ kind, reviewDate, named, isClosed }: OverdueReview): Rich =>
  (isClosed ? t.lateClosed : t.lateDone)(kind, reviewDate, named)

function lateBlocks(review: OverdueReview, at: At): Block[] {
  const { kind, reviewDate, late, owing, units, named } = review
  const more = late - units.length
  return [
    block.text(t.lateTitle(owing, kind, reviewDate, named)),
    ...units.map((unit) => unitItem(review, unit, at)),
    ...when(more > 0, () => block.note(t.moreLate(more))),
    block.buttons([
      // Also shown if everyone was reminded recently: the message stays longer than that, and the preview reports it.
      nudgeAllButton(late, kind),
      { label: t.seeAll, action: 'command', value: { name: `tonghop ${common.reviewKind[kind]}` } },
    ]),
  ]
}

function unitItem({ campaign, kind }: OverdueReview, unit: OverdueUnit, at: At): Block {
  const { name, missing, reminded, lastReminded, recipients } = unit
  const who = whoText(recipients)
  const held = heldText(recipients, at)
  const text = t.lateUnit(
    shorten(name, NAME),
    missing.length === criteriaOf(campaign).length ? missing.length : missing,
    reminded,
    lastReminded ? lastText(lastReminded, at) : null,
    held && !recipients.canSend ? `${who} · ${held}` : who,
  )
  return block.item(text, recipients.canSend ? [nudgeUnitsButton(kind, [unit.unitId])] : [])
}

function whoText({ names, withoutRecipient }: UnitRecipients): string {
  if (!withoutRecipient) return names.join(', ')
  return withoutRecipient.why === 'none' ? t.nobodyLeads : t.away(withoutRecipient.until)
}

function heldText({ heldAt }: UnitRecipients, { now, timeZone }: At): string | undefined {
  if (!heldAt) return undefined
  return heldAt > now ? t.toCome(showInstant(heldAt, timeZone)) : t.justNow
}

/** The hour of an instant if it is today, otherwise its date. */
function lastText(last: Date, { now, timeZone }: At): string {
  const { date, time } = localTime(last, timeZone)
  return date === localDate(now, timeZone) ? t.today(time) : showDate(date)
}
