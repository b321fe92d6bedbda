import { may } from '../../core/people/access.js'
import { type HomeLimits, homeData } from '../../core/queries/home/data.js'
import { isSetUp, kindsWithoutDate, setupState } from '../../core/queries/home/setup-state.js'
import { openDrafts } from '../../core/queries/submission/drafts.js'
import { showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { type Ctx, useOf } from '../command.js'
import { commands } from '../registry.js'
import { lapsedNotes, reviewLine } from '../review/review-line.js'
import { draftButtons } from '../submission/draft.js'
import type { Block, Card } from '../ui.js'
import { menuCard, nextSteps } from './menu.js'
import { minePart, returnedPart } from './mine.js'
import { ledUnitsPart, memberUnitsPart } from './missing.js'
import { type HomePart, type HomeView, joinParts, otherButtons, topButtons } from './part.js'
import { mostMissingPart, queuePart, totalsPart, unreachablePart } from './totals.js'
import { waitingPart } from './waiting.js'

const { home: t, menu } = vi

/** The most urgent first: what waits for the person, what is missing, the totals, what the person handed in. */
const parts: readonly HomePart[] = [
  waitingPart,
  ({ data }) => draftButtons(data.drafts),
  returnedPart,
  ledUnitsPart,
  totalsPart,
  queuePart,
  mostMissingPart,
  unreachablePart,
  minePart,
  memberUnitsPart,
]

/** Submissions and units listed in each part, so that all parts fit on one home. */
const limits: HomeLimits = { returned: 5, latest: 5, latestOfLeaders: 3, waiting: 5, units: 8, mostMissing: 5 }

/** A person's App Home by their roles. It shows no time of day, so that it is equal until something changes. */
export const homeCard = (ctx: Ctx): Promise<Card> =>
  ctx.store.read(async (tx) => {
    const { actor, timeZone } = ctx
    const use = useOf(ctx, tx)
    const state = await setupState(use)
    if (!state.campaign) return menuCard(actor, state, await openDrafts(use), commands)
    const home: HomeView = {
      actor,
      timeZone,
      data: await homeData(use, state.campaign, state.reviews, limits),
      commands: commands.filter((c) => c.isFor(actor) && menu.labels[c.name]),
    }
    const drawn = [
      topPart(home),
      may(actor, 'setup.see') && !isSetUp(state) ? nextSteps(state) : [],
      ...parts.map((p) => p(home)),
    ]
    const others = otherButtons(home)
    const end: Block[] = [block.divider(), block.note(t.others), block.buttons(others)]
    return { summary: menu.summary, blocks: [...joinParts(drawn, ctx.limits), ...(others.length > 0 ? end : [])] }
  })

function topPart(home: HomeView): Block[] {
  const { actor, data } = home
  const units = [...new Set(actor.roles.map((r) => r.unit.name))].slice(0, 3)
  const undated = kindsWithoutDate(data.reviews)
  const buttons = topButtons(home)
  return [
    block.heading(reviewLine(data.deadline, home.timeZone) ?? t.title),
    block.note(t.who(actor.person.fullName, units, data.campaign.number)),
    ...(data.overview ? lapsedNotes(data.deadline) : []),
    ...when(undated.length > 0 && !may(actor, 'setup.see'), () =>
      block.note(menu.noDates(undated) + (may(actor, 'review.setDates') ? menu.noDatesAdmin : menu.noDatesOthers)),
    ),
    ...when(buttons.length > 0, () => block.buttons(buttons)),
  ]
}

/** The note below a home: when it was rendered. It is not part of the card, so that equal homes stay equal. */
export const homeNote = (now: Date, timeZone: string): string => t.drawn(showInstant(now, timeZone))
