import { calendarOf } from '../../core/calendar/holiday-calendar.js'
import { type Calendar, workingDaysLeft } from '../../core/calendar/working-day.js'
import { currentReview, currentReviewKind } from '../../core/campaign/campaign.js'
import { localDate } from '../../core/date.js'
import { isAdmin, maySetDates } from '../../core/people/access.js'
import { showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import type { Ctx } from '../command.js'
import { commands } from '../registry.js'
import { draftButtons } from '../submission/draft.js'
import type { Block, Card } from '../ui.js'
import { datesMissing, isSetUp, menuCard, nextSteps, setup } from './menu.js'
import { minePart, returnedPart } from './mine.js'
import { ledPart, ownPart } from './missing.js'
import { type HomePart, type HomeUse, joined, otherButtons, topButtons } from './part.js'
import { latePart, queuePart, unreachablePart, wholePart } from './totals.js'
import { waitingPart } from './waiting.js'

const { home: t, menu, status } = vi

/** In the order of urgency: what waits for the person, what is lacking, how the whole stands, what they did. */
const parts: readonly HomePart[] = [
  waitingPart,
  ({ use }) => draftButtons(use),
  returnedPart,
  ledPart,
  wholePart,
  queuePart,
  latePart,
  unreachablePart,
  minePart,
  ownPart,
]

/** The bot's home, by what the person is. Knows no time of day, so that it looks the same until something changes. */
export async function homeCard(ctx: Ctx): Promise<Card> {
  const state = await setup(ctx)
  const { campaign, reviews } = state
  if (!campaign) return menuCard(ctx, commands)
  return ctx.store.read(async (tx) => {
    const { actor, now, newId, timeZone } = ctx
    const today = localDate(now, timeZone)
    const home: HomeUse = {
      use: { tx, actor, now, newId, timeZone },
      campaign,
      reviews,
      review: currentReview(reviews, today),
      kind: currentReviewKind(reviews, today),
      today,
      mine: await tx.submissions.countOfAuthor(campaign.id, actor.person.id),
      commands: commands.filter((c) => c.isFor(actor) && menu.labels[c.name]),
    }
    const isWorkingDay = await calendarOf(tx, actor.workspaceId)
    const drawn: (readonly Block[])[] = [
      top(home, isWorkingDay),
      isAdmin(actor) && !isSetUp(state) ? nextSteps(state) : [],
    ]
    for (const part of parts) drawn.push(await part(home))
    const others = otherButtons(home)
    const end: Block[] = [{ kind: 'divider' }, { kind: 'note', text: t.others }, { kind: 'buttons', buttons: others }]
    return { summary: menu.summary, blocks: [...joined(drawn), ...(others.length > 0 ? end : [])] }
  })
}

function top(home: HomeUse, isWorkingDay: Calendar): Block[] {
  const { use, campaign, review, reviews, today } = home
  const heading = review
    ? status.daysLeft(review.kind, review.date, workingDaysLeft(today, review.date, isWorkingDay))
    : t.title
  const units = [...new Set(use.actor.roles.map((r) => r.unit.name))].slice(0, 3)
  const missing = datesMissing(reviews)
  const buttons = topButtons(home)
  return [
    { kind: 'heading', text: heading },
    { kind: 'note', text: t.who(use.actor.person.fullName, units, campaign.number) },
    ...(missing.length > 0 && !isAdmin(use.actor)
      ? [
          {
            kind: 'note',
            text: menu.noDates(missing) + (maySetDates(use.actor) ? menu.noDatesAdmin : menu.noDatesOthers),
          } as Block,
        ]
      : []),
    ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as Block] : []),
  ]
}

/** The same with the time at which it was drawn, which is no part of what it says. */
export const stampHome = (card: Card, now: Date, timeZone: string): Card => ({
  ...card,
  blocks: [...card.blocks, { kind: 'note', text: t.drawn(showInstant(now, timeZone)) }],
})
