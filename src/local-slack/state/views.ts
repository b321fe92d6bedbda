/** Modal stacks, the App Home, and trigger ids: each opens one view, within three seconds. */
import type { JsonObject } from '../json.js'
import { type Changes, stateOf } from './form-state.js'
import { withIds } from './messages.js'
import type { View, Workspace } from './workspace.js'

const MAX_STACK = 3

export function newTrigger(workspace: Workspace, userId: string, fromModal = false): string {
  const id = `${workspace.newId('')}.${workspace.newId('')}.${workspace.newHash().split('.')[1]}`
  workspace.triggers.set(id, { userId, issued: workspace.now().getTime(), used: false, fromModal })
  return id
}

/** Uses up a trigger id; returns the person it was issued for, or Slack's error code. */
export function spendTrigger(
  workspace: Workspace,
  id: unknown,
): { userId: string; fromModal: boolean } | { error: string } {
  const trigger = typeof id === 'string' ? workspace.triggers.get(id) : undefined
  if (!trigger) return { error: 'invalid_trigger_id' }
  if (trigger.used) return { error: 'exchanged_trigger_id' }
  if (workspace.now().getTime() - trigger.issued > workspace.triggerMs) return { error: 'expired_trigger_id' }
  trigger.used = true
  return trigger
}

export const stackOf = (workspace: Workspace, userId: string): View[] => workspace.stacks.get(userId) ?? []
export const topView = (workspace: Workspace, userId: string): View | undefined => stackOf(workspace, userId).at(-1)

const allViews = (workspace: Workspace) => [...[...workspace.stacks.values()].flat(), ...workspace.homes.values()]

export function findView(workspace: Workspace, args: JsonObject): View | undefined {
  if (typeof args.view_id === 'string') return allViews(workspace).find((view) => view.id === args.view_id)
  return allViews(workspace).find((view) => view.content.external_id && view.content.external_id === args.external_id)
}

export const externalIdTaken = (workspace: Workspace, externalId: unknown, but?: View) =>
  Boolean(externalId) && allViews(workspace).some((view) => view !== but && view.content.external_id === externalId)

function build(
  workspace: Workspace,
  userId: string,
  content: JsonObject,
  kind: View['kind'],
  under: View | undefined,
): View {
  const id = workspace.newId('V')
  const place = { rootId: under?.rootId ?? id, previousId: under?.id ?? null }
  const blocks = withIds(content.blocks)
  return { id, userId, kind, content, blocks, hash: workspace.newHash(), ...place, changes: {}, errors: {} }
}

/** Opens a view on top of the person's stack, or replaces the whole stack. */
export function openView(
  workspace: Workspace,
  userId: string,
  content: JsonObject,
  onTop: boolean,
): View | { error: string } {
  const below = onTop ? stackOf(workspace, userId) : []
  if (below.length >= MAX_STACK) return { error: 'push_limit_reached' }
  const view = build(workspace, userId, content, 'modal', below.at(-1))
  workspace.stacks.set(userId, [...below, view])
  workspace.emit({ kind: 'view', userId })
  return view
}

export function publishHome(workspace: Workspace, userId: string, content: JsonObject): View {
  const before = workspace.homes.get(userId)
  const view = {
    ...build(workspace, userId, content, 'home', undefined),
    ...(before ? { id: before.id, rootId: before.id } : {}),
  }
  workspace.homes.set(userId, view)
  workspace.emit({ kind: 'home', userId })
  return view
}

/** Replaces the content of a view; entered values stay in fields whose block_id and action_id stay the same. */
export function updateView(workspace: Workspace, view: View, content: JsonObject) {
  view.content = content
  view.blocks = withIds(content.blocks)
  const remaining = new Set(
    Object.entries(stateOf(view.blocks, {}).values).flatMap(([b, v]) => Object.keys(v).map((a) => `${b}\n${a}`)),
  )
  const onlyRemaining = (changes: Changes): Changes =>
    Object.fromEntries(Object.entries(changes).filter(([key]) => remaining.has(key)))
  view.changes = onlyRemaining(view.changes)
  view.lastSent &&= onlyRemaining(view.lastSent)
  view.hash = workspace.newHash()
  view.errors = {}
  workspace.emit({ kind: view.kind === 'home' ? 'home' : 'view', userId: view.userId })
}

/** Removes one view, or all, from the stack; returns the closed views, top first. */
export function closeViews(workspace: Workspace, userId: string, which: View | 'all'): View[] {
  const stack = stackOf(workspace, userId)
  const closed = which === 'all' ? stack : stack.filter((view) => view === which)
  workspace.stacks.set(
    userId,
    stack.filter((view) => !closed.includes(view)),
  )
  workspace.emit({ kind: 'view', userId })
  return [...closed].reverse()
}

/** Records that the current values are being sent to the bot: from now on they are part of `state.values`. */
export function markSent(view: View): void {
  view.lastSent = structuredClone(view.changes)
}

/**
 * A view as Slack returns it in API results and payloads. Typed values stay in the client until an action or a submission
 * sends them, so `state.values` of a view that was only opened and closed is empty, as in Slack.
 */
export function viewAsSlack(workspace: Workspace, view: View): JsonObject {
  const { content } = view
  return {
    id: view.id,
    team_id: workspace.teamId,
    type: view.kind,
    blocks: view.blocks,
    private_metadata: content.private_metadata ?? '',
    callback_id: content.callback_id ?? '',
    state: view.lastSent ? stateOf(view.blocks, view.lastSent) : { values: {} },
    hash: view.hash,
    title: content.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: content.clear_on_close ?? false,
    notify_on_close: content.notify_on_close ?? false,
    close: content.close ?? null,
    submit: content.submit ?? null,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: workspace.appId,
    external_id: content.external_id ?? '',
    app_installed_team_id: workspace.teamId,
    bot_id: workspace.botId,
  }
}
