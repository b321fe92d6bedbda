import { isAdmin, may, unitsLedBy } from '../../core/people/access.js'
import type { Actor } from '../../core/people/person.js'
import { openDrafts } from '../../core/queries/open-drafts.js'
import { isSetUp, kindsWithoutDate, type SetupState, setupState } from '../../core/queries/setup-state.js'
import type { Draft } from '../../core/submission/draft.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
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
  const blocks: Block[] = [{ kind: 'text', text: t.hello(actor.person.fullName) }]
  if (state.campaign) blocks.push({ kind: 'note', text: t.campaign(state.campaign.number, state.campaign.title) })
  if (isAdmin(actor)) blocks.push(...nextSteps(state))
  else if (state.campaign && undated.length > 0)
    blocks.push({
      kind: 'note',
      text: t.noDates(undated) + (may(actor, 'review.setDates') ? t.noDatesAdmin : t.noDatesOthers),
    })
  blocks.push(...draftButtons(drafts))
  const allowed = commands.filter((c) => c.isFor(actor) && t.labels[c.name])
  blocks.push({ kind: 'buttons', buttons: allowed.map(commandButton) })
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
  if (isSetUp(state)) return [{ kind: 'note', text: t.allDone }]
  const { campaign, people, reviews } = state
  return [
    { kind: 'text', text: { bold: t.next } },
    { kind: 'text', text: campaign ? t.donePlan : t.needPlan },
    { kind: 'text', text: people > 0 ? t.doneRoster(people) : t.needRoster },
    ...(kindsWithoutDate(reviews).length > 0 ? [{ kind: 'text', text: t.needDates } as Block] : []),
  ]
}

/** The commands that the person may run, a line of help each. */
export function helpCard(ctx: Ctx, commands: readonly Command[]): Card {
  const lines = commands
    .filter((c) => c.isFor(ctx.actor) && t.help[c.name])
    .map((c): Block => ({ kind: 'text', text: t.helpLine(c.name, t.help[c.name] as string) }))
  return {
    summary: t.helpTitle,
    blocks: [
      { kind: 'heading', text: t.helpTitle },
      ...lines,
      ...(unitsLedBy(ctx.actor).length > 0 ? [{ kind: 'note', text: t.headHelp } as Block] : []),
      { kind: 'note', text: t.helpNote },
    ],
  }
}

/** Answers a word that is no command with the nearest ones. */
export function unknownCard(word: string, near: readonly Command[]): Card {
  const title = t.unknown(word)
  return {
    summary: plainText(title),
    blocks: [
      { kind: 'text', text: title },
      { kind: 'buttons', buttons: near.map(commandButton) },
    ],
  }
}
