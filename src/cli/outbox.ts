import { parseArgs } from 'node:util'
import { readSharedConfig } from '../config.js'
import { auditCli } from '../core/audit/append.js'
import type { MessageState } from '../core/outbox/outbox.js'
import type { OutboxEntry } from '../core/outbox/outbox-view.js'
import { readFailure } from '../core/outbox/send-failure.js'
import { aboutUndelivered } from '../core/outbox/topics.js'
import type { Store } from '../core/ports.js'
import { slackFailureReason } from '../slack/outbound/failure-reason.js'
import { showInstant } from '../text/index.js'

import { outboxCli as t } from '../text/vi/cli/outbox.js'
import { outbox as outboxText } from '../text/vi/outbox/outbox.js'
import { withStore } from './database.js'
import { unknownCommand } from './unknown-command.js'

/** Messages listed for each group; with `--all`, MAX_LISTED. */
const LISTED = 20
const MAX_LISTED = 100_000
const order: readonly MessageState[] = ['waiting', 'sending', 'stale', 'failed', 'unreachable', 'sent', 'dropped']
const pending: readonly MessageState[] = ['waiting', 'sending', 'stale']
const undelivered: readonly MessageState[] = ['failed', 'unreachable']

/**
 * `outbox [--all]`: lists pending and undelivered messages with their errors. `outbox show KEY`: one message. `outbox retry
 * KEY|--all`: requeues undelivered messages; the running bot sends them, this command does not call Slack. Returns the exit
 * code: 1 when there is no message with that key.
 */
export async function outbox(args: string[]): Promise<number> {
  const { positionals, all, isKnown } = parse(args)
  const [action = '', key, ...rest] = positionals
  if ((action !== '' && action !== 'show' && action !== 'retry') || rest.length > 0 || !isKnown)
    return unknownCommand('outbox', ...args)
  if ((action === 'show' && !key) || (action === 'retry' && all === (key !== undefined))) {
    console.error(t.needKey)
    return 2
  }
  const { timeZone } = readSharedConfig(process.env)
  return withStore(async (store) => {
    const workspaces = (await store.read((tx) => tx.workspaces.all())).map((w) => w.id)
    if (action === 'show') return show(store, workspaces, key ?? '', timeZone)
    if (action === 'retry') return retry(store, workspaces, key)
    for (const id of workspaces) {
      if (workspaces.length > 1) console.log(t.workspace(id))
      await list(store, id, all ? MAX_LISTED : LISTED, timeZone)
    }
    return 0
  })
}

function parse(args: string[]): { positionals: string[]; all: boolean; isKnown: boolean } {
  const { positionals, values } = parseArgs({
    args,
    options: { all: { type: 'boolean' } },
    allowPositionals: true,
    strict: false,
  })
  return { positionals, all: values.all === true, isKnown: Object.keys(values).every((name) => name === 'all') }
}

async function list(store: Store, workspaceId: string, limit: number, timeZone: string): Promise<void> {
  const { counts, waiting, failed } = await store.read(async (tx) => ({
    counts: await tx.outboxView.counts(workspaceId),
    waiting: await tx.outboxView.inState(workspaceId, pending, limit),
    failed: await tx.outboxView.inState(workspaceId, undelivered, limit),
  }))
  const parts = order.flatMap((state) => (counts[state] ? [`${counts[state]} ${t.state[state]}`] : []))
  console.log(parts.length > 0 ? t.counts(parts) : t.empty)
  const print = (title: string, entries: readonly OutboxEntry[], states: readonly MessageState[]) => {
    if (entries.length === 0) return
    console.log(`\n${title}`)
    for (const entry of entries) for (const line of linesOf(entry, timeZone)) console.log(line)
    const more = states.reduce((n, state) => n + (counts[state] ?? 0), 0) - entries.length
    if (more > 0) console.log(t.more(more))
  }
  print(t.waiting, waiting, pending)
  print(t.failed, failed, undelivered)
  if (failed.length > 0) console.log(`\n${t.hint}`)
}

function linesOf(e: OutboxEntry, timeZone: string): string[] {
  const at = (instant: Date) => showInstant(instant, timeZone)
  const isUndelivered = undelivered.includes(e.state)
  const facts = [
    t.since(at(e.createdAt)),
    isUndelivered && e.doneAt ? t.endedAt(at(e.doneAt)) : t.next(at(e.dueAt)),
    e.attempts > 0 ? t.tries(e.attempts) : '',
    noteOf(e),
  ]
  return [
    t.line(e.to, outboxText.kind[e.kind], e.key),
    facts.filter(Boolean).join(' · '),
    ...(e.error ? [t.why(why(e.error))] : []),
  ]
}

const why = (stored: string): string => outboxText.why(readFailure(stored, slackFailureReason))

const noteOf = (e: OutboxEntry): string => (e.arrived ? t.onlyUpdate : e.uncertain ? t.uncertain : '')

async function show(store: Store, workspaces: readonly string[], key: string, timeZone: string): Promise<number> {
  const entry = (await find(store, workspaces, key))?.entry
  if (!entry) {
    console.error(t.noKey(key))
    return 1
  }
  const at = (instant: Date | null) => (instant ? showInstant(instant, timeZone) : '')
  const n = t.names
  const facts: [string, string][] = [
    [n.key, entry.key],
    [n.to, entry.to ?? ''],
    [n.kind, outboxText.kind[entry.kind]],
    [n.state, t.state[entry.state]],
    [n.createdAt, at(entry.createdAt)],
    [n.dueAt, pending.includes(entry.state) ? at(entry.dueAt) : ''],
    [n.attempts, entry.attempts > 0 ? String(entry.attempts) : ''],
    [n.triedSince, at(entry.triedSince)],
    [n.doneAt, at(entry.doneAt)],
    [n.error, entry.error ? why(entry.error) : ''],
    [n.note, entry.state === 'sent' ? '' : noteOf(entry)],
  ]
  for (const [name, value] of facts) if (value !== '') console.log(t.show(name, value))
  return 0
}

async function retry(store: Store, workspaces: readonly string[], key: string | undefined): Promise<number> {
  const found = key === undefined ? undefined : await find(store, workspaces, key)
  if (key !== undefined && !found) {
    console.error(t.noKey(key))
    return 1
  }
  let n = 0
  for (const workspaceId of found ? [found.workspaceId] : workspaces)
    n += await store.write(async (tx) => {
      const now = new Date()
      const count = await tx.outboxView.requeue(workspaceId, key)
      if (count === 0) return 0
      // The office's message about undelivered messages is updated.
      await tx.outbox.touch(aboutUndelivered(workspaceId), now)
      await auditCli({ tx, workspaceId, now }, 'outbox.retried', 'workspace', { count, ...(key ? { key } : {}) })
      return count
    })
  console.log(n > 0 ? t.requeued(n) : found ? t.notAgain[found.entry.state] : t.nothing)
  return 0
}

async function find(
  store: Store,
  workspaces: readonly string[],
  key: string,
): Promise<{ workspaceId: string; entry: OutboxEntry } | undefined> {
  for (const workspaceId of workspaces) {
    const entry = await store.read((tx) => tx.outboxView.byKey(workspaceId, key))
    if (entry) return { workspaceId, entry }
  }
  return undefined
}

/**
 * For `doctor`, over all workspaces: how many messages failed, how many have been waiting for more than an hour, and the error
 * of the newest of these; null when none has an error.
 */
export async function outboxTroubles(
  store: Store,
  now: Date,
): Promise<{ failed: number; late: number; why: string | null }> {
  const hourAgo = new Date(now.getTime() - 3_600_000)
  return store.read(async (tx) => {
    let [failed, late] = [0, 0]
    let newestWhy: string | null = null
    for (const { id } of await tx.workspaces.all()) {
      failed += (await tx.outboxView.counts(id)).failed ?? 0
      late += await tx.outboxView.waitingSince(id, hourAgo)
      const newest = await tx.outboxView.inState(id, ['failed', 'waiting'], LISTED)
      const error = newest.find((m) => m.error !== null)?.error
      if (error) newestWhy = why(error)
    }
    return { failed, late, why: newestWhy }
  })
}
