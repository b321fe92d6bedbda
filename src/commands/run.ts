import { FormError, UserError } from '../core/errors.js'
import type { AccountRef, Profile } from '../core/people/account.js'
import { identifyByEmail, knownActor, rivalAccount } from '../core/people/identity.js'
import type { Actor } from '../core/people/person.js'
import type { Clock, NewId, Store } from '../core/ports.js'
import { namesOfOffice } from '../core/queries/people/person-name.js'
import { vi } from '../text/vi.js'
import type { ChatLimits } from './chat.js'
import type { Ctx } from './command.js'
import { homeCard } from './home/home.js'
import { autosaveForm, runAction, runCommand, runFiles, runForm, runShortcut } from './registry.js'
import type { Directory, Request } from './request.js'
import { sentence } from './sentence.js'
import { type Card, nothing, type Reply, say, textCard } from './ui.js'

/** The dependencies of request handling. */
export interface CommandDeps {
  store: Store
  workspaceId: string
  directory: Directory
  limits: ChatLimits
  /** Account ids named in `THIDUA_ADMINS`. */
  admins: ReadonlySet<string>
  clock: Clock
  newId: NewId
  timeZone: string
  /** Logs an error under the code that the person is shown; never logs what they wrote. */
  report: (code: string, error: unknown, about: Record<string, unknown>) => void
}

/**
 * The only entry for requests: identifies the person, runs the command, form or button. Faults of the person become a
 * sentence; any other error is logged and becomes a short code.
 */
export async function run(deps: CommandDeps, request: Request): Promise<Reply> {
  try {
    const ctx = await ctxOf(deps, request.accountId, request)
    switch (request.kind) {
      case 'command':
        return await runCommand(ctx, request.text, request.isMessage)
      case 'action':
        return await runAction(ctx, request.id, request.value)
      case 'form':
        return await runForm(ctx, request.id, request.fields, request.hidden)
      case 'files':
        return await runFiles(ctx, request.text, request.files)
      case 'shortcut':
        return await runShortcut(ctx, request.id, request)
      case 'autosave':
        await autosaveForm(ctx, request)
        return nothing
      case 'home':
        return { kind: 'card', card: await homeCard(ctx) }
    }
  } catch (error) {
    return answer(deps, request, error)
  }
}

/**
 * The home of an account. If the person opened it (`requested`), always resolves with a card; otherwise with undefined
 * when it cannot be rendered, so that the last one stays.
 */
export async function homeFor(deps: CommandDeps, accountId: string, requested: boolean): Promise<Card | undefined> {
  if (requested) {
    const reply = await run(deps, { kind: 'home', accountId, requestKey: null })
    return reply.kind === 'card' ? reply.card : undefined
  }
  try {
    return await homeCard(await ctxOf(deps, accountId))
  } catch (error) {
    if (error instanceof UserError && (error.key === 'person.unknown' || error.key === 'account.refused'))
      return textCard(sentence(error, deps.timeZone))
    deps.report('home', error, { account: accountId })
    return undefined
  }
}

async function ctxOf(deps: CommandDeps, accountId: string, request?: Request): Promise<Ctx> {
  return {
    actor: await identify(deps, accountId),
    now: deps.clock(),
    timeZone: deps.timeZone,
    newId: deps.newId,
    store: deps.store,
    limits: deps.limits,
    campaignId: null,
    requestKey: request?.requestKey ?? null,
    inPage: request?.kind === 'action' && request.inPage,
    files: request?.kind === 'form' ? request.files : {},
  }
}

async function identify(deps: CommandDeps, accountId: string): Promise<Actor> {
  const ref: AccountRef = { workspaceId: deps.workspaceId, platform: deps.directory.platform, externalId: accountId }
  const known = await deps.store.read((tx) => knownActor(tx, ref, deps.admins))
  if (known) return known
  const profileOf = (id: string) =>
    deps.directory.profile(id).catch((error: unknown) => {
      deps.report('directory', error, { account: id })
      throw new UserError('chat.slow', {})
    })
  const profile: Profile = (await profileOf(accountId)) ?? {
    externalId: accountId,
    name: accountId,
    email: null,
    standing: 'elsewhere',
  }
  const rival = await deps.store.read((tx) => rivalAccount(tx, ref, profile))
  const isClosed = rival !== undefined && ((await profileOf(rival))?.standing ?? 'closed') === 'closed'
  const use = { now: deps.clock(), newId: deps.newId }
  const met = await deps.store.write((tx) =>
    identifyByEmail({ tx, ...use }, ref, profile, deps.admins, isClosed ? rival : undefined),
  )
  if ('actor' in met) return met.actor
  const orgOffice = (await deps.store.read((tx) => namesOfOffice(tx, deps.workspaceId))).slice(0, 2)
  if (met.refused === 'unknown') throw new UserError('person.unknown', { orgOffice })
  throw new UserError('account.refused', { why: met.why, orgOffice })
}

function answer(deps: CommandDeps, request: Request, error: unknown): Reply {
  if (error instanceof FormError) {
    const told = error.faults.map((f) => [f.field, sentence(f, deps.timeZone)] as const)
    // A command has no fields to show faults at.
    if (request.kind === 'command') return say([...new Set(told.map(([, text]) => text))].join('\n'))
    return { kind: 'faults', faults: Object.fromEntries(told.reverse()) }
  }
  const text = error instanceof UserError ? sentence(error, deps.timeZone) : broken(deps, request, error)
  // An autosave is not answered.
  if (request.kind === 'autosave') return nothing
  // A form can show a message only at a field; '' is the first one.
  return request.kind === 'form' ? { kind: 'faults', faults: { '': text } } : say(text)
}

function broken(deps: CommandDeps, request: Request, error: unknown): string {
  const code = deps.newId().slice(-6).toUpperCase()
  deps.report(code, error, { kind: request.kind, account: request.accountId })
  return vi.menu.error(code)
}
