import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Place, SendError } from '../../../src/commands/chat.js'
import type { Card } from '../../../src/commands/ui.js'
import type { MessageState, NewMessage } from '../../../src/core/outbox/outbox.js'
import { importPlan } from '../../../src/core/setup/import-plan.js'
import { deliver } from '../../../src/jobs/outbox/deliver.js'
import { type OutboxJob, startOutbox } from '../../../src/jobs/outbox/outbox.js'
import type { RateLimits } from '../../../src/jobs/rate-limit.js'
import { slackLimits } from '../../../src/slack/limits.js'
import { slackFailureReason } from '../../../src/slack/outbound/failure-reason.js'
import { at, examplePlan, timeZone } from '../../example.js'
import { newStore } from '../../helpers/database.js'
import { pass, passUntil, stopTime } from '../../helpers/fake-time.js'
import { unlimited } from '../../helpers/rates.js'
import { type College, foundCollege } from '../../store/college.js'

type Method = 'post' | 'update' | 'find' | 'byEmail'
/** What a call does instead; `took`: Slack has the message, but its answer is lost. */
type Fault = { error: Error; took?: boolean; when?: (account: string) => boolean }

/** A chat whose behaviour the test controls. */
function chat(team: string) {
  const messages: { account: string; key: string; place: Place; card: Card }[] = []
  const calls: { method: Method; about: string; at: number }[] = []
  const faults: Record<Method, Fault[]> = { post: [], update: [], find: [], byEmail: [] }
  const emails = new Map<string, string>()
  let before: (method: Method) => Promise<void> = async () => undefined
  async function call<T>(method: Method, about: string, work: () => T): Promise<T> {
    calls.push({ method, about, at: Date.now() })
    await before(method)
    const i = faults[method].findIndex((f) => f.when?.(about) ?? true)
    const [fault] = i < 0 ? [] : faults[method].splice(i, 1)
    if (fault && !fault.took) throw fault.error
    const done = work()
    if (fault) throw fault.error
    return done
  }
  const post = (account: string, card: Card, key: string): Place => {
    const place = { channel: `D${account}`, ts: `${team}.${messages.length + 1}` }
    messages.push({ account, key, place, card })
    return place
  }
  return {
    messages,
    calls,
    emails,
    keys: () => messages.map((m) => m.key),
    count: (method: Method) => calls.filter((c) => c.method === method).length,
    fail: (method: Method, error: Error, some: Omit<Fault, 'error'> & { times?: number } = {}) =>
      void faults[method].push(...Array.from({ length: some.times ?? 1 }, () => ({ error, ...some }))),
    onCall: (work: (method: Method) => Promise<void>) => {
      before = work
    },
    sender: {
      post: (account: string, card: Card, key: string) => call('post', account, () => post(account, card, key)),
      update: (place: Place, card: Card) =>
        call('update', place.ts, () => {
          const found = messages.find((m) => m.place.ts === place.ts)
          if (found) found.card = card
        }),
      find: (account: string, key: string) =>
        call('find', account, () => messages.find((m) => m.account === account && m.key === key)?.place),
    },
    directory: {
      platform: 'slack',
      profile: async () => undefined,
      byEmail: (email: string) =>
        call('byEmail', email, () => {
          const externalId = emails.get(email)
          return externalId ? { externalId, name: email, email, standing: 'member' as const } : undefined
        }),
    },
  }
}

let college: College
let dir: string
let clock: Date
let slack: ReturnType<typeof chat>
let jobs: OutboxJob[]
let logged: string[]
const now = at('2024-05-20')
const limited = (ms: number) => new SendError('later', 'rate_limited', 'ratelimited', ms)
const silent = new SendError('uncertain', 'chat_fault', 'http 503')

const delivery = (
  some: { workspaceId?: string; to?: ReturnType<typeof chat>; owner?: string } = {},
): Parameters<typeof deliver>[0] => ({
  store: college.store,
  workspaceId: some.workspaceId ?? college.workspaceId,
  sender: (some.to ?? slack).sender,
  directory: (some.to ?? slack).directory,
  limits: slackLimits,
  reasonOf: slackFailureReason,
  clock: () => clock,
  timeZone,
  owner: { id: some.owner ?? 'me', isGone: (id) => id === 'dead' },
  admins: new Set(['member1']),
  log: (event) => void logged.push(event),
})

function start(some: { rates?: RateLimits; workspaceId?: string; to?: ReturnType<typeof chat>; owner?: string } = {}) {
  const job = startOutbox(delivery(some), { rates: some.rates ?? unlimited, foresightMs: 0 })
  jobs.push(job)
  return job
}
const stop = () => passUntil(Promise.all(jobs.splice(0).map((job) => job.stop())))

const personOf = async (name: string) => (await college.as(name)).person.id
const add = async (key: string, to = 'head0', some: Partial<NewMessage> = {}) => {
  const personId = await personOf(to)
  const payload = { name: key, email: null }
  const message = { workspaceId: college.workspaceId, key, kind: 'stranger' as const, personId, payload, dueAt: now }
  await college.write((tx) => tx.outbox.add({ ...message, ...some }, now))
}
const stateOf = async (key: string): Promise<MessageState | undefined> =>
  (await college.store.read((tx) => tx.outboxView.byKey(college.workspaceId, key)))?.state
/** Advances the clock by minutes, as a running bot does, until nothing is due. */
async function goOn(job: OutboxJob, minutes = 1): Promise<void> {
  for (let i = 0; i < minutes; i++) {
    await passUntil(job.idle(2000))
    clock = new Date(clock.getTime() + 60_000)
  }
  await passUntil(job.idle(2000))
}

beforeEach(async () => {
  stopTime()
  dir = mkdtempSync(path.join(tmpdir(), 'thidua-outbox-'))
  college = await foundCollege(await newStore(path.join(dir, 'x.db')))
  await college.write((tx) => tx.workspaces.adopt('slack', 'T1', now))
  clock = now
  slack = chat('1716170400')
  jobs = []
  logged = []
  for (const name of ['head0', 'head1', 'head2', 'member1', 'office', 'board']) {
    const account = { platform: 'slack', externalId: name, personId: await personOf(name) }
    await college.write((tx) => tx.accounts.bind(college.workspaceId, account, now))
  }
})
afterEach(async () => {
  await stop()
  vi.useRealTimers()
  await college.store.close()
  rmSync(dir, { recursive: true, force: true })
})

describe('workspaces', () => {
  it('do not wait for ten thousand messages of another, and never send them', async () => {
    const other = await college.write((tx) => tx.workspaces.adopt('slack', 'T2', now))
    const ids = { now, newId: college.newId, workspaceId: other }
    await college.write((tx) => importPlan({ tx, ...ids }, examplePlan(), 'plan'))
    const single = { id: college.newId(), fullName: 'Một', email: null }
    await college.write(async (tx) => {
      await tx.people.put(other, single, true)
      await tx.accounts.bind(other, { platform: 'slack', externalId: 'USINGLE', personId: single.id }, now)
    })
    const people = [await personOf('head0'), await personOf('head1'), await personOf('head2')]
    await college.write(async (tx) => {
      for (let i = 0; i < 10_000; i++)
        await tx.outbox.add(
          {
            workspaceId: college.workspaceId,
            key: `many:${i}`,
            kind: 'stranger',
            personId: people[i % 3] as string,
            payload: { name: 'x', email: null },
            dueAt: at('2024-05-01'),
          },
          now,
        )
    })
    await add('single', 'head0', { workspaceId: other, personId: single.id })

    const crowded = start({ rates: { perPersonMs: 0, perSecond: 50, burst: 5 } })
    const quiet = chat('1716170401')
    expect(await passUntil(start({ workspaceId: other, to: quiet, owner: 'too' }).idle(3000))).toBe(true)
    expect(quiet.messages.map((m) => [m.account, m.key])).toEqual([['USINGLE', 'single']])
    await passUntil(crowded.idle(300))
    expect(slack.keys().length).toBeGreaterThan(5)
    expect(slack.keys().filter((key) => !key.startsWith('many:'))).toEqual([])
  })

  it('are not paused when the chat limits another', async () => {
    const other = await college.write((tx) => tx.workspaces.adopt('slack', 'T2', now))
    const ids = { now, newId: college.newId, workspaceId: other }
    await college.write((tx) => importPlan({ tx, ...ids }, examplePlan(), 'plan'))
    const single = { id: college.newId(), fullName: 'Một', email: null }
    await college.write(async (tx) => {
      await tx.people.put(other, single, true)
      await tx.accounts.bind(other, { platform: 'slack', externalId: 'USINGLE', personId: single.id }, now)
    })
    slack.fail('post', limited(60_000))
    await add('limited')
    const limitedJob = start()
    await passUntil(limitedJob.idle(1000))
    await add('after', 'head1')
    await add('single', 'head0', { workspaceId: other, personId: single.id })
    const quiet = chat('1716170401')
    expect(await passUntil(start({ workspaceId: other, to: quiet, owner: 'too' }).idle(3000))).toBe(true)
    limitedJob.kick()
    await pass(150)
    expect([quiet.keys(), slack.count('post')]).toEqual([['single'], 1])
  })
})

describe('the rate limits', () => {
  it('allow one message per second to the same person, whatever is sent in between', async () => {
    const job = start({ rates: { perPersonMs: 120, perSecond: 1000, burst: 1000 } })
    for (let i = 0; i < 4; i++) await add(`to0:${i}`)
    for (let i = 0; i < 2; i++) await add(`to1:${i}`, 'head1')
    job.kick()
    await passUntil(job.idle(3000))
    for (const account of ['head0', 'head1']) {
      const times = slack.calls.filter((c) => c.about === account).map((c) => c.at)
      for (let i = 1; i < times.length; i++) expect((times[i] ?? 0) - (times[i - 1] ?? 0)).toBeGreaterThanOrEqual(110)
    }
    expect(slack.messages).toHaveLength(6)
  })

  it('apply to updates separately: five hundred of them delay no new message, and stay within the limit per minute', async () => {
    for (let i = 0; i < 60; i++) await add(`old:${i}`, `head${i % 3}`)
    const first = start()
    await passUntil(first.idle(5000))
    await stop()
    await college.write((tx) => tx.outbox.touch('old:', now))
    const job = start({ rates: { ...unlimited, updatesPerMinute: 25 } })
    await passUntil(job.idle(300))
    await add('new')
    job.kick()
    await pass(300)
    expect([slack.count('update'), slack.keys().at(-1)]).toEqual([25, 'new'])
  })

  it('apply Retry-After to the method that got it alone', async () => {
    await add('sent')
    const job = start()
    await passUntil(job.idle(1000))
    slack.fail('update', limited(60_000))
    await college.write((tx) => tx.outbox.touch('sent:', now))
    await add('sent:too', 'head1')
    await passUntil(job.idle(1000))
    await college.write((tx) => tx.outbox.touch('sent:', now))
    await passUntil(job.idle(200))
    await add('other', 'head2')
    job.kick()
    await pass(200)
    expect([slack.count('update'), slack.keys().at(-1)]).toEqual([1, 'other'])
  })

  it('apply to look-ups separately: known people get their messages meanwhile', async () => {
    for (const n of [0, 1, 2]) slack.emails.set(`deputy${n}@cdn.example`, `deputy${n}`)
    slack.fail('byEmail', limited(400))
    for (const n of [0, 1, 2]) await add(`deputy:${n}`, `deputy${n}`)
    const job = start()
    await passUntil(job.idle(300))
    await add('known')
    job.kick()
    await pass(60)
    expect(slack.keys()).toContain('known')
    await pass(400)
    await goOn(job)
    expect(slack.keys().sort()).toEqual(['deputy:0', 'deputy:1', 'deputy:2', 'known'])
  })
})

describe('a message whose last attempt has an unknown result', () => {
  it.each<[string, () => void]>([
    ['Slack took it and the answer was lost', () => slack.fail('post', silent, { took: true })],
    ['Slack did not take it', () => slack.fail('post', silent)],
    [
      'the answer was lost, and that of the search too',
      () => {
        slack.fail('post', silent, { took: true })
        slack.fail('find', silent)
      },
    ],
  ])('arrives once: %s', async (_, given) => {
    given()
    await add('one')
    await goOn(start(), 2)
    expect([slack.keys(), await stateOf('one')]).toEqual([['one'], 'sent'])
  })

  it('is not sent before Slack reports whether it has it', async () => {
    slack.fail('post', silent, { took: true })
    slack.fail('find', limited(1))
    slack.fail('find', new SendError('uncertain', 'chat_fault', 'http 500'))
    slack.fail('find', new SendError('refused', 'refused', 'whatever'))
    await add('one')
    const job = start()
    for (let i = 0; i < 3; i++) {
      await goOn(job)
      await pass(10)
      expect([slack.keys(), slack.count('post')]).toEqual([['one'], 1])
    }
    await goOn(job, 2)
    expect([slack.keys(), slack.count('post'), await stateOf('one')]).toEqual([['one'], 1, 'sent'])
  })

  it('is looked for once the request of a dead process has arrived, or after the lease of one that may live', async () => {
    const place = { channel: 'Dhead0', ts: '9.1' }
    await add('dead:took')
    await add('dead:not', 'head1')
    await add('alive', 'head2')
    for (const key of ['dead:took', 'dead:not'])
      await college.write((tx) => tx.outbox.claim(key, new Date(Date.now() + 60_000), 'dead'))
    await college.write((tx) => tx.outbox.claim('alive', new Date(Date.now() + 1500), 'elsewhere'))
    slack.messages.push({ account: 'head0', key: 'dead:took', place, card: { summary: '', blocks: [] } })
    const job = start()
    await pass(100)
    expect([slack.keys(), slack.count('find'), await stateOf('dead:took')]).toEqual([['dead:took'], 0, 'waiting'])
    clock = new Date(clock.getTime() + 15_000)
    job.kick()
    await pass(200)
    expect([slack.keys(), await stateOf('dead:took')]).toEqual([['dead:took', 'dead:not'], 'sent'])
    expect(await stateOf('alive')).toBe('sending')
    // `idle` also waits for the lease of another process, but not for ever.
    expect(await passUntil(job.idle(10_000))).toBe(true)
    expect(slack.keys()).toEqual(['dead:took', 'dead:not', 'alive'])
  })

  it('is not looked for when only the look-up of the person failed', async () => {
    slack.emails.set('deputy0@cdn.example', 'deputy0')
    slack.fail('byEmail', silent)
    await add('one', 'deputy0')
    await goOn(start())
    expect([slack.keys(), slack.count('find')]).toEqual([['one'], 0])
  })

  it('is updated in place when it has changed since', async () => {
    slack.fail('post', silent, { took: true })
    await add('about:one')
    const job = start()
    await passUntil(job.idle(1000))
    await college.write((tx) => tx.outbox.touch('about:', now))
    await goOn(job)
    expect([slack.keys(), slack.count('update')]).toEqual([['about:one'], 1])
  })
})

describe('a process whose lease has expired', () => {
  it('does not overwrite the result of another process', async () => {
    await add('one')
    const { workspaceId } = college
    // While Slack is slow the lease expires, and another process claims the message, finds it and records it.
    slack.onCall(async (method) => {
      if (method !== 'post') return
      slack.onCall(async () => undefined)
      await college.write(async (tx) => {
        await tx.outbox.recover(new Date(Date.now() + 120_000))
        await tx.outbox.claim('one', new Date(Date.now() + 60_000), 'other')
        await tx.outbox.sent('one', { channel: 'D', ts: '5.5' }, now, 'other')
      })
    })
    slack.fail('post', silent)
    await passUntil(start().idle(1000))
    const entry = await college.store.read((tx) => tx.outboxView.byKey(workspaceId, 'one'))
    expect(entry).toMatchObject({ state: 'sent', attempts: 0 })
  })

  it.each<[string, () => void, () => Promise<void>, Method[]]>([
    [
      'looks for a message that may have been sent',
      () => slack.fail('post', silent, { took: true }),
      async () => {
        clock = new Date(clock.getTime() + 60_000)
      },
      ['post', 'find'],
    ],
    [
      'updates a sent message that has changed',
      () => undefined,
      () => college.write((tx) => tx.outbox.touch('about:', now)),
      ['post', 'update'],
    ],
    ['leaves a deferred message', () => slack.fail('post', limited(60_000)), async () => undefined, ['post']],
    ['leaves a sent message', () => undefined, async () => undefined, ['post']],
  ])('claims a message in its current state, not as it was read: %s', async (_, given, meanwhile, methods) => {
    given()
    await add('about:one')
    const [read] = await college.store.read((tx) => tx.outbox.due(now, 1))
    if (!read) throw new Error('nothing is due')
    await deliver(delivery({ owner: 'other' }), read, () => 0)
    await meanwhile()
    await deliver(delivery(), read, () => 0)
    expect([slack.keys().length <= 1, slack.calls.map((c) => c.method)]).toEqual([true, methods])
  })
})

describe('a message that fails repeatedly', () => {
  it('is retried with exponential backoff and jitter', async () => {
    slack.fail('post', silent, { times: 100 })
    await add('one')
    const job = start()
    const waits: number[] = []
    for (let i = 0; i < 6; i++) {
      await passUntil(job.idle(1000))
      const entry = await college.store.read((tx) => tx.outboxView.byKey(college.workspaceId, 'one'))
      waits.push((entry?.dueAt.getTime() ?? 0) - clock.getTime())
      clock = entry?.dueAt ?? clock
    }
    waits.forEach((ms, i) => {
      expect(ms).toBeGreaterThanOrEqual(750 * 2 ** i)
      expect(ms).toBeLessThanOrEqual(1250 * 2 ** i)
    })
    expect(new Set(waits.map((ms, i) => ms / 2 ** i)).size).toBeGreaterThan(1)
  })

  it('is given up after a day, and the Office and the bot’s operators are told, in one message a day', async () => {
    slack.fail('post', silent, { times: 1000, when: (account) => account.startsWith('head') })
    await add('one')
    await add('two', 'head1')
    const job = start()
    await goOn(job, 10)
    expect(slack.messages).toEqual([])
    clock = at('2024-05-21', '10:30')
    await goOn(job)
    expect([await stateOf('one'), await stateOf('two')]).toEqual(['failed', 'failed'])
    expect(slack.messages.map((m) => m.account).sort()).toEqual(['member1', 'office'])
    const words = JSON.stringify(slack.messages[0]?.card)
    expect(words).toContain('2 tin không gửi được')
    expect(words).toContain('head 0')
    expect(words).toContain('npm run thidua -- outbox')
    expect(logged.filter((event) => event === 'message given up')).toHaveLength(2)
  })

  it('is not given up when the bot was off for days: only a day of attempts counts', async () => {
    slack.fail('post', silent, { times: 2 })
    await add('one')
    const job = start()
    await passUntil(job.idle(1000))
    clock = at('2024-05-24')
    await goOn(job, 2)
    expect([slack.keys(), await stateOf('one')]).toEqual([['one'], 'sent'])
  })

  it('is not reported when it is such a report itself', async () => {
    const { workspaceId } = college
    await add('broken', 'head0', { payload: { nothing: 'that fits' } })
    slack.fail('post', new SendError('refused', 'refused', 'invalid_blocks'), {
      times: 10,
      when: (account) => account === 'office',
    })
    const job = start()
    await goOn(job, 2)
    const all = await college.store.read((tx) => tx.outboxView.inState(workspaceId, ['failed'], 10))
    expect(all.map((m) => m.kind).sort()).toEqual(['stranger', 'undelivered'])
    expect(slack.messages.map((m) => m.account)).toEqual(['member1'])
  })

  it('is given up at once when Slack refuses its content', async () => {
    await add('broken', 'head0', { payload: { name: 7 } })
    await goOn(start())
    const entry = await college.store.read((tx) => tx.outboxView.byKey(college.workspaceId, 'broken'))
    expect(entry).toMatchObject({
      state: 'failed',
      error: '[unreadable_payload] payload of stranger: name invalid_type',
    })
  })
})

it('a message on the bot’s own initiative waits for the campaign’s working hours', async () => {
  await add('broken', 'head0', { payload: {} })
  clock = at('2024-05-24', '18:30')
  const job = start()
  await goOn(job)
  expect(slack.messages).toEqual([])
  clock = at('2024-05-25', '09:00')
  await goOn(job)
  expect(slack.messages).toEqual([])
  clock = at('2024-05-27', '08:00')
  await goOn(job)
  expect(slack.messages.map((m) => m.account).sort()).toEqual(['member1', 'office'])
  const sent = await college.store.read((tx) => tx.outboxView.inState(college.workspaceId, ['sent'], 10))
  expect(sent.map((m) => m.kind)).toEqual(['undelivered', 'undelivered'])
})
