import { z } from 'zod'
import type { IncomingFile } from '../core/attachment/attachment.js'
import type { Campaign } from '../core/campaign/campaign.js'
import { UserError } from '../core/errors.js'
import type { Actor } from '../core/people/person.js'
import type { NewId, Store, Tx } from '../core/ports.js'
import type { UseCase } from '../core/use-case.js'
import type { ChatLimits } from './chat.js'
import type { Reply } from './ui.js'

/** What a command is handed: who asks, when, and the store. Knows no platform. */
export interface Ctx {
  actor: Actor
  now: Date
  timeZone: string
  newId: NewId
  store: Store
  limits: ChatLimits
  /** The campaign that a button or form is about; null for the one that is meant where nobody names one. */
  campaignId: string | null
  /** Unique to what the person did (a form, a press): the same is never done twice. */
  requestKey: string | null
  /** The button stood in a page that is open over the chat, which the answer then replaces. */
  inPage: boolean
  /** Files that came with a form, by their field. */
  files: Readonly<Record<string, readonly IncomingFile[]>>
}

/** The files of a form's one field for them, and the field's name for what is wrong with them. */
export function filesIn({ files }: Ctx): { files: readonly IncomingFile[]; field: string } {
  const [field, given] = Object.entries(files).find(([, some]) => some.length > 0) ?? ['files', []]
  return { files: given, field }
}

export interface Command {
  /** The word after `/thidua`, without accents. */
  name: string
  /** Other words for it, folded as `fold` does. */
  aliases: readonly string[]
  /** Who finds it in the menu and the help. What it does is checked in the core all the same. */
  isFor: (actor: Actor) => boolean
  run: (ctx: Ctx, rest: string) => Promise<Reply>
}

/** A button's doing: its value comes from outside, so it is read through a schema first. */
export interface Action {
  id: string
  run: (ctx: Ctx, value: unknown) => Promise<Reply>
}

/** A form's doing: fields as typed, and what was hidden in it. */
export interface FormHandler {
  id: string
  run: (ctx: Ctx, fields: Readonly<Record<string, string>>, hidden: unknown) => Promise<Reply>
  /** Keeps what was typed so far; `micros` as in the request. */
  autosave?: (
    ctx: Ctx,
    fields: Readonly<Record<string, string>>,
    hidden: unknown,
    micros: number | null,
  ) => Promise<void>
}

/** What is done with any message of the chat, from its menu. */
export interface Shortcut {
  id: string
  run: (ctx: Ctx, message: { text: string; files: readonly IncomingFile[] }) => Promise<Reply>
}

export interface Feature {
  commands?: readonly Command[]
  actions?: readonly Action[]
  forms?: readonly FormHandler[]
  shortcuts?: readonly Shortcut[]
}

/** An action whose value must fit a schema; a value that does not is one of an old or forged button. */
export function defineAction<T>(id: string, schema: z.ZodType<T>, run: (ctx: Ctx, value: T) => Promise<Reply>): Action {
  return { id, run: (ctx, value) => run(ctx, read(schema, value)) }
}

export function defineForm<T>(
  id: string,
  hidden: z.ZodType<T>,
  run: (ctx: Ctx, fields: Readonly<Record<string, string>>, hidden: T) => Promise<Reply>,
  autosave?: (ctx: Ctx, fields: Readonly<Record<string, string>>, hidden: T, micros: number | null) => Promise<void>,
): FormHandler {
  return {
    id,
    run: (ctx, fields, value) => run(ctx, fields, read(hidden, value)),
    ...(autosave
      ? { autosave: (ctx, fields, value, micros) => autosave(ctx, fields, read(hidden, value), micros) }
      : {}),
  }
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new UserError('request.stale', {})
  return parsed.data
}

export const idSchema = z.string().min(1).max(64)
export const nothingSchema = z.unknown()

/** Runs a use case of the core in one transaction, on the campaign that it is about. Throws `campaign.none`. */
export const write = <T>(ctx: Ctx, useCase: (use: UseCase, campaign: Campaign) => Promise<T>): Promise<T> =>
  ctx.store.write(async (tx) => useCase(useOf(ctx, tx), await campaignFor(ctx, tx)))

/** Reads on the campaign that it is about. Throws `campaign.none`. */
export const look = <T>(ctx: Ctx, query: (use: UseCase, campaign: Campaign) => Promise<T>): Promise<T> =>
  ctx.store.read(async (tx) => query(useOf(ctx, tx), await campaignFor(ctx, tx)))

/** What a use case is handed, in a transaction of the store's; for what needs no campaign. */
export const useOf = (ctx: Ctx, tx: Tx): UseCase => ({
  tx,
  actor: ctx.actor,
  now: ctx.now,
  newId: ctx.newId,
  timeZone: ctx.timeZone,
})

/** The campaign that a request is about. Throws `campaign.none`. */
export async function campaignFor({ actor, campaignId }: Ctx, tx: Tx): Promise<Campaign> {
  const { workspaceId } = actor
  const campaign = await (campaignId === null
    ? tx.campaigns.current(workspaceId)
    : tx.campaigns.byId(workspaceId, campaignId))
  if (!campaign) throw new UserError('campaign.none', {})
  return campaign
}
