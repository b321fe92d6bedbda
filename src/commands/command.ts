import { z } from 'zod'
import type { IncomingFile } from '../core/attachment/attachment.js'
import type { Campaign } from '../core/campaign/campaign.js'
import { UserError } from '../core/errors.js'
import type { Actor } from '../core/people/person.js'
import type { NewId, Store, Tx } from '../core/ports.js'
import { campaignById } from '../core/queries/campaign/scope.js'
import type { UseCase } from '../core/use-case.js'
import type { ChatLimits } from './chat.js'
import type { Reply } from './ui.js'

/** The context of a command: the person who acts, the time, and the store. The same on every platform. */
export interface Ctx {
  actor: Actor
  now: Date
  timeZone: string
  newId: NewId
  store: Store
  limits: ChatLimits
  /** The campaign that a button or form is about; null for the current one. */
  campaignId: string | null
  /** Idempotency key of the press or the form, as in the request. */
  requestKey: string | null
  /** The button is in a page that is open over the chat, which the reply then replaces. */
  inPage: boolean
  /** Files that came with a form, by their field. */
  files: Readonly<Record<string, readonly IncomingFile[]>>
}

/** The files of a form, which has one field for files, and the name of that field to report their faults at. */
export function filesIn({ files }: Ctx): { files: readonly IncomingFile[]; field: string } {
  const [field, given] = Object.entries(files).find(([, some]) => some.length > 0) ?? ['files', []]
  return { files: given, field }
}

export interface Command {
  /** The word after `/thidua`, without accents. */
  name: string
  /** Other words for it, as `fold` returns them. */
  aliases: readonly string[]
  /** Who sees it in the menu and the help. Permissions are checked in the core. */
  isFor: (actor: Actor) => boolean
  run: (ctx: Ctx, rest: string) => Promise<Reply>
}

/** The handler of a button or a menu. `value` is untrusted and validated by a schema first. */
export interface Action {
  id: string
  run: (ctx: Ctx, value: unknown) => Promise<Reply>
}

/** The handler of a form: gets its fields as typed, and its hidden data. */
export interface FormHandler {
  id: string
  run: (ctx: Ctx, fields: Readonly<Record<string, string>>, hidden: unknown) => Promise<Reply>
  /** Saves what was typed so far; `micros` as in the request. */
  autosave?: (
    ctx: Ctx,
    fields: Readonly<Record<string, string>>,
    hidden: unknown,
    micros: number | null,
  ) => Promise<void>
}

/** What a person can choose from the menu of any message in the chat. */
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

/** An action with a schema for its value. Throws `request.stale` for a value of an old or forged button that does not fit. */
export function defineAction<T>(id: string, schema: z.ZodType<T>, run: (ctx: Ctx, value: T) => Promise<Reply>): Action {
  return { id, run: (ctx, value) => run(ctx, parsed(schema, value)) }
}

/**
 * A form handler with a schema for its hidden data. Throws `request.stale` for hidden data of an old or forged form
 * that does not fit.
 */
export function defineForm<T>(
  id: string,
  hidden: z.ZodType<T>,
  run: (ctx: Ctx, fields: Readonly<Record<string, string>>, hidden: T) => Promise<Reply>,
  autosave?: (ctx: Ctx, fields: Readonly<Record<string, string>>, hidden: T, micros: number | null) => Promise<void>,
): FormHandler {
  return {
    id,
    run: (ctx, fields, value) => run(ctx, fields, parsed(hidden, value)),
    ...(autosave
      ? { autosave: (ctx, fields, value, micros) => autosave(ctx, fields, parsed(hidden, value), micros) }
      : {}),
  }
}

function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (!result.success) throw new UserError('request.stale', {})
  return result.data
}

export const idSchema = z.string().min(1).max(64)
export const nothingSchema = z.unknown()

/** Runs a use case in one transaction, in the campaign that the request is about. Throws `campaign.none`. */
export const write = <T>(ctx: Ctx, useCase: (use: UseCase, campaign: Campaign) => Promise<T>): Promise<T> =>
  ctx.store.write((tx) => inCampaign(ctx, tx, useCase))

/** Runs a query in the campaign that the request is about. Throws `campaign.none`. */
export const read = <T>(ctx: Ctx, query: (use: UseCase, campaign: Campaign) => Promise<T>): Promise<T> =>
  ctx.store.read((tx) => inCampaign(ctx, tx, query))

async function inCampaign<T>(ctx: Ctx, tx: Tx, run: (use: UseCase, campaign: Campaign) => Promise<T>): Promise<T> {
  const use = useOf(ctx, tx)
  return run(use, await campaignById(use, ctx.campaignId))
}

/** The parameters of a use case or query in a transaction of the store, for requests that need no campaign. */
export const useOf = (ctx: Ctx, tx: Tx): UseCase => ({
  tx,
  actor: ctx.actor,
  now: ctx.now,
  newId: ctx.newId,
  timeZone: ctx.timeZone,
})
