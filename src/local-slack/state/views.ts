/** Modals in their stacks and the App Home, with triggers that open them once and for three seconds. */

import type { Obj } from '../validate/check.js'
import { type Changes, stateOf } from './form-state.js'
import { withIds } from './messages.js'
import type { View, World } from './workspace.js'

const TRIGGER_MS = 3000
const MAX_STACK = 3

export function newTrigger(world: World, userId: string, fromModal = false): string {
  const id = `${world.newId('')}.${world.newId('')}.${world.newHash().split('.')[1]}`
  world.triggers.set(id, { userId, issued: world.now().getTime(), used: false, fromModal })
  return id
}

/** The person whom this trigger stands for; each may be used once. */
export function spendTrigger(world: World, id: unknown): { userId: string; fromModal: boolean } | { error: string } {
  const trigger = typeof id === 'string' ? world.triggers.get(id) : undefined
  if (!trigger) return { error: 'invalid_trigger_id' }
  if (trigger.used) return { error: 'exchanged_trigger_id' }
  if (world.now().getTime() - trigger.issued > TRIGGER_MS) return { error: 'expired_trigger_id' }
  trigger.used = true
  return trigger
}

export const stackOf = (world: World, userId: string): View[] => world.stacks.get(userId) ?? []
export const topView = (world: World, userId: string): View | undefined => stackOf(world, userId).at(-1)

const allViews = (world: World) => [...[...world.stacks.values()].flat(), ...world.homes.values()]

export function findView(world: World, args: Obj): View | undefined {
  if (typeof args.view_id === 'string') return allViews(world).find((view) => view.id === args.view_id)
  return allViews(world).find((view) => view.content.external_id && view.content.external_id === args.external_id)
}

export const externalIdTaken = (world: World, externalId: unknown, but?: View) =>
  Boolean(externalId) && allViews(world).some((view) => view !== but && view.content.external_id === externalId)

function build(world: World, userId: string, content: Obj, kind: View['kind'], under: View | undefined): View {
  const id = world.newId('V')
  const place = { rootId: under?.rootId ?? id, previousId: under?.id ?? null }
  const blocks = withIds(content.blocks)
  return { id, userId, kind, content, blocks, hash: world.newHash(), ...place, changes: {}, errors: {} }
}

/** Opens a view on top of the person's stack, or in place of it. */
export function openView(world: World, userId: string, content: Obj, onTop: boolean): View | { error: string } {
  const below = onTop ? stackOf(world, userId) : []
  if (below.length >= MAX_STACK) return { error: 'push_limit_reached' }
  const view = build(world, userId, content, 'modal', below.at(-1))
  world.stacks.set(userId, [...below, view])
  world.tell({ kind: 'view', userId })
  return view
}

export function publishHome(world: World, userId: string, content: Obj): View {
  const before = world.homes.get(userId)
  const view = {
    ...build(world, userId, content, 'home', undefined),
    ...(before ? { id: before.id, rootId: before.id } : {}),
  }
  world.homes.set(userId, view)
  world.tell({ kind: 'home', userId })
  return view
}

/** New content in an open view; what the person entered stays where block_id and action_id stay. */
export function updateView(world: World, view: View, content: Obj) {
  view.content = content
  view.blocks = withIds(content.blocks)
  const kept = new Set(
    Object.entries(stateOf(view.blocks, {}).values).flatMap(([b, v]) => Object.keys(v).map((a) => `${b}\n${a}`)),
  )
  const keep = (changes: Changes): Changes =>
    Object.fromEntries(Object.entries(changes).filter(([key]) => kept.has(key)))
  view.changes = keep(view.changes)
  view.told &&= keep(view.told)
  view.hash = world.newHash()
  view.errors = {}
  world.tell({ kind: view.kind === 'home' ? 'home' : 'view', userId: view.userId })
}

/** Takes one view off the stack, or all of them; gives back what was closed, top first. */
export function closeViews(world: World, userId: string, which: View | 'all'): View[] {
  const stack = stackOf(world, userId)
  const closed = which === 'all' ? stack : stack.filter((view) => view === which)
  world.stacks.set(
    userId,
    stack.filter((view) => !closed.includes(view)),
  )
  world.tell({ kind: 'view', userId })
  return [...closed].reverse()
}

/** The bot is being told of this view, and of all that stands in it: so much Slack knows from then on. */
export function tell(view: View): void {
  view.told = structuredClone(view.changes)
}

/**
 * As Slack shows a view in answers and payloads. What is typed stays with the person until the bot is told of it by an
 * action or a submission; `state.values` of a view that was opened and closed is empty, as in Slack.
 */
export function viewAsSlack(world: World, view: View): Obj {
  const { content } = view
  return {
    id: view.id,
    team_id: world.teamId,
    type: view.kind,
    blocks: view.blocks,
    private_metadata: content.private_metadata ?? '',
    callback_id: content.callback_id ?? '',
    state: view.told ? stateOf(view.blocks, view.told) : { values: {} },
    hash: view.hash,
    title: content.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: content.clear_on_close ?? false,
    notify_on_close: content.notify_on_close ?? false,
    close: content.close ?? null,
    submit: content.submit ?? null,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: world.appId,
    external_id: content.external_id ?? '',
    app_installed_team_id: world.teamId,
    bot_id: world.botId,
  }
}
