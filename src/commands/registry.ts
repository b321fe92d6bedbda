import { z } from 'zod'
import type { IncomingFile } from '../core/attachment/attachment.js'
import { FormError, UserError } from '../core/errors.js'
import { handsIn } from '../core/people/access.js'
import { secrecyFaults, secrecyMarkInLinks } from '../core/secrecy.js'
import { WHEN_REFUSED } from '../core/withheld.js'
import { fold } from '../text/index.js'
import { vi } from '../text/vi.js'
import { attachmentFeature } from './attachment/attachment.js'
import { fileDropFeature, takeFiles } from './attachment/file-drop.js'
import { block } from './blocks.js'
import { calendarFeature } from './calendar/calendar.js'
import { holidayFeature } from './calendar/holiday.js'
import { criteriaFeature } from './campaign/criteria.js'
import { settingFeature } from './campaign/setting.js'
import { offerOtherCampaigns, takeCampaign } from './campaign-scope.js'
import { AT, tagged } from './campaign-tag.js'
import {
  type Action,
  type Command,
  type Ctx,
  defineAction,
  type Feature,
  type FormHandler,
  idSchema,
  type Shortcut,
} from './command.js'
import { deskFeature } from './desk/desk.js'
import { auditFeature } from './desk/history.js'
import { searchFeature } from './desk/search.js'
import { helpCard, showMenu } from './home/menu.js'
import { homeFeature } from './home/mine.js'
import { isLikeSentence, offerCard, restAfter, unknownCard } from './home/unknown.js'
import { absenceFeature } from './people/absence.js'
import { accountFeature } from './people/account.js'
import { erasureFeature } from './privacy/erasure.js'
import { statusFeature } from './progress/status.js'
import { summaryFeature } from './progress/summary.js'
import { dryRunFeature } from './reminder/dry-run.js'
import { handoverFeature } from './reminder/handover.js'
import { nudgeFeature } from './reminder/nudge.js'
import { preferenceFeature } from './reminder/preference.js'
import { snoozeFeature } from './reminder/snooze.js'
import { unitReportFeature } from './report/report.js'
import type { Request } from './request.js'
import { closingFeature } from './review/closing.js'
import { sentence } from './sentence.js'
import { carried, keptWords, openKept } from './submission/carry.js'
import { draftFeature } from './submission/draft.js'
import { nilFeature } from './submission/nil-report.js'
import { paperReceiptFeature } from './submission/paper-receipt.js'
import { submitFeature } from './submission/submit.js'
import { waitingFeature } from './submission/waiting.js'
import type { Reply } from './ui.js'

const helpFeature: Feature = {
  commands: [
    {
      name: 'trogiup',
      aliases: ['help', 'huongdan', 'giupdo', '?'],
      isFor: () => true,
      run: async (ctx) => ({ kind: 'card', card: helpCard(ctx, commands) }),
    },
  ],
  actions: [
    defineAction(
      'command',
      z.object({ name: z.string().max(1900), kept: idSchema.optional() }),
      (ctx, { name, kept }) => runButton(ctx, name, kept),
    ),
  ],
}

/** Everything that can be typed, pressed and sent. Menu, help and suggestions are derived from it. */
const features: readonly Feature[] = [
  submitFeature,
  waitingFeature,
  draftFeature,
  attachmentFeature,
  fileDropFeature,
  nilFeature,
  statusFeature,
  summaryFeature,
  unitReportFeature,
  closingFeature,
  criteriaFeature,
  calendarFeature,
  nudgeFeature,
  absenceFeature,
  accountFeature,
  preferenceFeature,
  dryRunFeature,
  holidayFeature,
  snoozeFeature,
  handoverFeature,
  homeFeature,
  deskFeature,
  searchFeature,
  settingFeature,
  auditFeature,
  paperReceiptFeature,
  erasureFeature,
  helpFeature,
]

export const commands: readonly Command[] = features.flatMap((f) => [...(f.commands ?? [])])
const actions = byId<Action>(features.flatMap((f) => [...(f.actions ?? [])]))
const forms = byId<FormHandler>(features.flatMap((f) => [...(f.forms ?? [])]))
export const shortcuts = byId<Shortcut>(features.flatMap((f) => [...(f.shortcuts ?? [])]))

function byId<T extends { id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  const map = new Map(items.map((i) => [i.id, i]))
  if (map.size !== items.length) throw new Error('two handlers share an id')
  return map
}

const names = new Map(commands.flatMap((c) => [c.name, ...c.aliases].map((word) => [fold(word) || word, c] as const)))

/**
 * Finds the subcommand that a text begins with, without regard to accents, case, spaces and hyphens: `tổng hợp sơ kết` is
 * `tonghop` with the rest `sơ kết`.
 */
function findCommand(text: string): { command: Command; rest: string } | undefined {
  const words = text.trim().split(/\s+/)
  for (let n = Math.min(4, words.length); n >= 1; n--) {
    const head = words.slice(0, n).join(' ')
    const command = names.get(fold(head) || head)
    if (command) return { command, rest: restAfter(text, n) }
  }
  return undefined
}

/**
 * Runs what was typed after `/thidua`. Throws `submission.secret` for a text with a secrecy stamp, before anything repeats it
 * in a form, a button or a sentence. `isMessage`: as a message, whose answer cannot open a form: a button does.
 */
export async function runCommand(ctx: Ctx, text: string, isMessage = false): Promise<Reply> {
  const mark = secrecyMarkInLinks(text)
  if (mark) throw new UserError('submission.secret', { mark })
  if (text.trim() === '') return { kind: 'card', card: await showMenu(ctx, commands) }
  const found = findCommand(text)
  if (!found) return { kind: 'card', card: await unknownCard(ctx, text, commands) }
  const { command, rest } = found
  const again = () => carried(ctx, command.name, rest)
  try {
    const reply = await offerOtherCampaigns(ctx, command.name, again, await command.run(ctx, rest))
    if (!isMessage || reply.kind === 'card' || reply.kind === 'nothing') return reply
    const buttons = [{ label: vi.menu.openForm, action: 'command', value: await again() }]
    return { kind: 'card', card: { summary: vi.menu.openForm, blocks: [block.buttons(buttons)] } }
  } catch (error) {
    // A sentence may begin like a command: "Ngày 20/11, khoa đã …".
    const isMisread = isMessage && command.name !== 'nop' && isLikeSentence(rest) && handsIn(ctx.actor)
    if (!isMisread || !(error instanceof UserError)) throw error
    return { kind: 'card', card: await offerCard(ctx, text, sentence(error, ctx.timeZone)) }
  }
}

/** Runs the command of a button; `kept`: the id of the draft that has its words. Throws `draft.gone`. */
async function runButton(ctx: Ctx, name: string, kept: string | undefined): Promise<Reply> {
  if (kept === undefined) return runCommand(ctx, name)
  if (name !== 'nop') return runCommand(ctx, `${name} ${await keptWords(ctx, kept)}`)
  const again = async () => ({ name, kept })
  return offerOtherCampaigns(ctx, name, again, await openKept(ctx, kept))
}

/**
 * Runs the action of a button or menu. `id` may carry a campaign (`desk@<id>`). Throws `request.stale` for an unknown
 * action or campaign.
 */
export async function runAction(ctx: Ctx, id: string, value: unknown): Promise<Reply> {
  const [name = '', campaign] = id.split(AT)
  const action = actions.get(name)
  if (!action) throw new UserError('request.stale', {})
  const taken = await takeCampaign(ctx, value, campaign)
  return inItsCampaign(taken.ctx, await action.run(taken.ctx, taken.value))
}

/**
 * Runs a submitted form. Throws `request.stale` for an unknown form or campaign; FormError for fields with a secrecy stamp,
 * once what was autosaved of them is erased.
 */
export async function runForm(
  ctx: Ctx,
  id: string,
  fields: Readonly<Record<string, string>>,
  hidden: unknown,
): Promise<Reply> {
  const form = forms.get(id)
  if (!form) throw new UserError('request.stale', {})
  const taken = await takeCampaign(ctx, hidden)
  const secret = secrecyFaults(fields)
  if (secret.length > 0) {
    if (!form.autosave) throw new FormError(secret)
    // Its use case refuses it with all its faults.
    await form.autosave(taken.ctx, fields, taken.value, WHEN_REFUSED)
  }
  return inItsCampaign(taken.ctx, await form.run(taken.ctx, fields, taken.value))
}

const inItsCampaign = ({ campaignId }: Ctx, reply: Reply): Reply => (campaignId ? tagged(campaignId, reply) : reply)

/** Saves what a form holds while it is filled in; does nothing for a form that has no autosave or no longer exists. */
export async function autosaveForm(ctx: Ctx, r: Extract<Request, { kind: 'autosave' }>): Promise<void> {
  const autosave = forms.get(r.id)?.autosave
  if (!autosave) return
  const { ctx: there, value } = await takeCampaign(ctx, r.hidden)
  await autosave(there, r.fields, value, r.micros)
}

/** Takes files that were sent to the bot with a text; the command `nop` before the text is optional. */
export async function runFiles(ctx: Ctx, text: string, files: readonly IncomingFile[]): Promise<Reply> {
  const found = findCommand(text)
  return takeFiles(ctx, found?.command.name === 'nop' ? found.rest : text, files)
}

/** Runs a shortcut on a message. Throws `request.stale` for an unknown one. */
export async function runShortcut(
  ctx: Ctx,
  id: string,
  message: { text: string; files: readonly IncomingFile[] },
): Promise<Reply> {
  const shortcut = shortcuts.get(id)
  if (!shortcut) throw new UserError('request.stale', {})
  return shortcut.run(ctx, message)
}
