import { may, unitsLedBy } from '../../core/people/access.js'
import type { Actor } from '../../core/people/person.js'
import { isSetUp, kindsWithoutDate, type SetupState, setupState } from '../../core/queries/home/setup-state.js'
import { openDrafts } from '../../core/queries/submission/drafts.js'
import type { Draft } from '../../core/submission/draft.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { type Command, type Ctx, useOf } from '../command.js'
import { draftButtons } from '../submission/draft.js'
import type { Block, Button, Card } from '../ui.js'

const { menu: t } = vi

/** Answers `/thidua` without a subcommand. */
export const showMenu = (ctx: Ctx, commands: readonly Command[]): Promise<Card> =>
  ctx.store.read(async (tx) => {
    const use = useOf(ctx, tx)
    return menuCard(ctx.actor, await setupState(use), await openDrafts(use), commands)
  })

/** The commands for the person's roles; for an admin also what remains to be set up. */
export function menuCard(
  actor: Actor,
  state: SetupState,
  drafts: readonly Draft[],
  commands: readonly Command[],
): Card {
  const undated = kindsWithoutDate(state.reviews)
  const blocks: Block[] = [block.text(t.hello(actor.person.fullName))]
  if (state.campaign) blocks.push(block.note(t.campaign(state.campaign.number, state.campaign.title)))
  if (may(actor, 'setup.see')) blocks.push(...nextSteps(state))
  else if (state.campaign && undated.length > 0)
    blocks.push(block.note(t.noDates(undated) + (may(actor, 'review.setDates') ? t.noDatesAdmin : t.noDatesOthers)))
  blocks.push(...draftButtons(drafts))
  const allowed = commands.filter((c) => c.isFor(actor) && t.labels[c.name])
  blocks.push(block.buttons(allowed.map(commandButton)))
  return { summary: t.summary, blocks }
}

/** A button that runs a subcommand as if it were typed. */
export const commandButton = (command: Command): Button => ({
  label: t.labels[command.name] ?? command.name,
  action: 'command',
  value: { name: command.name },
  style: command.name === 'nop' ? 'primary' : undefined,
})

/** What an admin has set up and what remains, a line each. */
export function nextSteps(state: SetupState): Block[] {
  if (isSetUp(state)) return [block.note(t.allDone)]
  const { campaign, people, reviews } = state
  return [
    block.text({ bold: t.next }),
    block.text(campaign ? t.donePlan : t.needPlan),
    block.text(people > 0 ? t.doneRoster(people) : t.needRoster),
    ...when(kindsWithoutDate(reviews).length > 0, () => block.text(t.needDates)),
  ]
}

/** The commands that the person may run, a line of help each. */
export function helpCard(ctx: Ctx, commands: readonly Command[]): Card {
  const lines = commands
    .filter((c) => c.isFor(ctx.actor) && t.help[c.name])
    .map((c) => block.text(t.helpLine(c.name, t.help[c.name] as string)))
  return {
    summary: t.helpTitle,
    blocks: [
      block.heading(t.helpTitle),
      ...lines,
      ...when(unitsLedBy(ctx.actor).length > 0, () => block.note(t.headHelp)),
      block.note(t.helpNote),
    ],
  }
}
