import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { SendError } from '../../../src/commands/chat.js'
import { type Card, textCard } from '../../../src/commands/ui.js'
import { setReviewDates } from '../../../src/core/report/set-review-dates.js'
import { submit } from '../../../src/core/submission/decide.js'
import { sayNothingToReport } from '../../../src/core/submission/report-nil.js'
import { type HomesJob, startHomes } from '../../../src/jobs/homes/homes.js'
import type { RateLimits } from '../../../src/jobs/rate-limit.js'
import { openStore } from '../../../src/store/open.js'
import { at, timeZone } from '../../example.js'
import { type College, content, foundCollege } from '../../store/college.js'

/** The job on a real store, with homes that show what the test says and a chat that does what the test says. */
let college: College
let homes: HomesJob
let dir: string
let clock: Date
/** What each account's home would show now. */
let shows: Map<string, string>
/** How often each was drawn, and what was published, in order. */
let drawn: string[]
let published: { account: string; text: string; hash: string | null; at: number }[]
let faults: (SendError | Error)[]

const fast: RateLimits = { perPersonMs: 0, perSecond: 1e9, burst: 1e9 }
const text = (card: Card) => JSON.stringify(card.blocks)

function start(rates: RateLimits = fast): void {
  homes = startHomes(
    {
      store: college.store,
      workspaceId: college.workspaceId,
      platform: 'slack',
      clock: () => clock,
      timeZone,
      async draw(account) {
        drawn.push(account)
        const words = shows.get(account) ?? 'as ever'
        return words === 'broken' ? undefined : textCard(words)
      },
      publisher: {
        drawn: text,
        async publish(account, card, hash) {
          published.push({ account, text: text(card), hash, at: Date.now() })
          const fault = faults.shift()
          if (fault) throw fault
          return `hash ${published.length}`
        },
      },
      digest: (words) => words,
      log: () => undefined,
    },
    rates,
  )
}

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'thidua-homes-'))
  college = await foundCollege(await openStore(`file:${path.join(dir, 'x.db')}`))
  clock = at('2024-05-20')
  shows = new Map()
  drawn = []
  published = []
  faults = []
  for (const name of ['head0', 'member0', 'head1', 'board']) {
    const { person } = await college.as(name)
    const account = { platform: 'slack', externalId: name, personId: person.id }
    await college.write((tx) => tx.accounts.bind(college.workspaceId, account, clock))
  }
})
afterEach(async () => {
  await homes.stop()
  await college.store.close()
  rmSync(dir, { recursive: true, force: true })
})

const unitId = (n: number) => college.units[n]?.id as string
const handIn = (criterion = 'a1') =>
  college.run('member0', (use) => submit(use, college.campaign, content(unitId(0), criterion), null))
const settled = async () => expect(await homes.idle(5000)).toBe(true)
/** Opens these homes; what was published and drawn so far is forgotten. */
async function opened(...accounts: string[]): Promise<void> {
  for (const account of accounts) await homes.show(account)
  await settled()
  drawn = []
  published = []
}
function setClock(to: Date): void {
  clock = to
}
const accounts = () => published.map((p) => p.account)

it('an open home follows a change that concerns it, and no other home does', async () => {
  start()
  await opened('head0', 'head1', 'board', 'member0')
  for (const who of ['head0', 'head1', 'board']) shows.set(who, '1 waits')
  await handIn()
  await settled()
  expect(accounts().sort()).toEqual(['board', 'head0'])
  // The author's was drawn too, and looks as before; the other faculty's was not even drawn.
  expect([...new Set(drawn)].sort()).toEqual(['board', 'head0', 'member0'])
})

it('a home that nobody opened is neither drawn nor shown', async () => {
  start()
  await opened('board')
  shows.set('head0', 'new')
  await handIn()
  await settled()
  expect(drawn).toEqual(['board'])
})

it('a home that looks as before is not shown again, but is to one who opens it', async () => {
  start()
  await opened('head0')
  await handIn()
  await settled()
  expect([drawn.length > 0, published]).toEqual([true, []])
  await homes.show('head0')
  expect(accounts()).toEqual(['head0'])
})

it.each<[string, () => Promise<unknown>]>([
  ['dates', () => college.run('board', (use) => setReviewDates(use, college.campaign, { final: '2024-12-20' }))],
  [
    'roster',
    () => college.write((tx) => tx.people.put(college.workspaceId, { id: 'x', fullName: 'X', email: null }, true)),
  ],
  ['midnight', async () => setClock(at('2024-05-21', '00:01'))],
])('every open home is drawn anew after a change of: %s', async (_, change) => {
  start()
  await opened('head0', 'head1')
  await change()
  await settled()
  expect(drawn.sort()).toEqual(['head0', 'head1'])
})

it('thirty changes at once cost each home a publish or two', async () => {
  start({ perPersonMs: 400, perSecond: 1e9, burst: 1e9 })
  await opened('head0', 'board')
  await Promise.all(
    Array.from({ length: 30 }, async (_, n) => {
      await new Promise((done) => setTimeout(done, n * 10))
      for (const who of ['head0', 'board']) shows.set(who, `${n + 1} wait`)
      await handIn()
      homes.kick()
    }),
  )
  await settled()
  for (const who of ['head0', 'board']) {
    const of = published.filter((p) => p.account === who)
    expect(of.length).toBeGreaterThan(0)
    expect(of.length).toBeLessThanOrEqual(3)
    expect(of.at(-1)?.text).toContain('30 wait')
    // Never two within what a person gets at most.
    for (const [i, p] of of.entries()) if (i > 0) expect(p.at - (of[i - 1]?.at ?? 0)).toBeGreaterThanOrEqual(395)
  }
})

it('keeps the rate limit over all homes', async () => {
  start({ perPersonMs: 0, perSecond: 10, burst: 3 })
  await homes.show('board')
  await homes.show('head0')
  await homes.show('head1')
  const began = Date.now()
  published = []
  for (const who of ['head0', 'head1', 'board']) shows.set(who, 'new')
  await college.run('board', (use) => setReviewDates(use, college.campaign, { final: '2024-12-20' }))
  await settled()
  expect(accounts().sort()).toEqual(['board', 'head0', 'head1'])
  expect(Date.now() - began).toBeGreaterThan(200)
})

it('a pause that Slack asks for is waited out by all, then every home is shown', async () => {
  start()
  await opened('head0', 'board')
  shows.set('head0', 'new').set('board', 'new')
  faults = [new SendError('later', 'rate_limited', 'ratelimited', 600)]
  await handIn()
  await settled()
  const [refused, ...after] = published
  expect(new Set(after.map((p) => p.account))).toEqual(new Set(['head0', 'board']))
  for (const p of after) expect(p.at - (refused?.at ?? 0)).toBeGreaterThanOrEqual(590)
})

it('somebody who opens their home during such a pause gets it after', async () => {
  start()
  faults = [new SendError('later', 'rate_limited', 'ratelimited', 300)]
  await homes.show('board')
  await homes.show('head0')
  await settled()
  expect(accounts()).toEqual(['board', 'board', 'head0'])
})

it('what failed is tried again; what Slack will never take is left until the next change', async () => {
  start()
  faults = [new SendError('uncertain', 'chat_fault', 'http 500')]
  await homes.show('board')
  await settled()
  expect(accounts()).toEqual(['board', 'board'])
  shows.set('board', 'too large')
  faults = [new SendError('refused', 'refused', 'view_too_large')]
  await handIn()
  await settled()
  expect(published).toHaveLength(3)
  await handIn('a2')
  await settled()
  expect(published).toHaveLength(4)
})

it('an account that is no more is forgotten', async () => {
  start()
  await opened('head0')
  shows.set('head0', 'new')
  faults = [new SendError('unreachable', 'refused', 'user_not_found')]
  await handIn()
  await settled()
  shows.set('head0', 'newer')
  await handIn('a2')
  await settled()
  expect(published).toHaveLength(1)
})

it('a home that was replaced meanwhile is drawn anew, and in the end shown whatever stands there', async () => {
  start()
  await opened('head0')
  shows.set('head0', 'new')
  faults = [
    new SendError('conflict', 'refused', 'hash_conflict'),
    new SendError('conflict', 'refused', 'hash_conflict'),
  ]
  await handIn()
  await settled()
  expect(published.map((p) => p.hash)).toEqual(['hash 1', 'hash 1', null])
  expect(drawn).toEqual(['head0', 'head0', 'head0'])
})

it('a home that cannot be drawn stays as it is', async () => {
  start()
  await opened('head0')
  shows.set('head0', 'broken')
  await handIn()
  await settled()
  expect([drawn, published]).toEqual([['head0'], []])
})

it('one that was not opened for two weeks is left alone', async () => {
  start()
  await opened('head0', 'board')
  const ref = { workspaceId: college.workspaceId, platform: 'slack', externalId: 'head0' }
  await college.write((tx) => tx.homes.opened(ref, new Date(Date.now() - 15 * 86_400_000)))
  shows.set('head0', 'new').set('board', 'new')
  await handIn()
  await settled()
  expect(accounts()).toEqual(['board'])
})

it('after a restart what changed meanwhile is shown, and nothing else', async () => {
  start()
  await opened('head0', 'head1')
  await homes.stop()
  shows.set('head0', 'new')
  await college.run('head0', (use) => sayNothingToReport(use, college.campaign, unitId(0), 'b1', 'final'))
  start()
  await settled()
  expect(accounts()).toEqual(['head0'])
})

it('a process that died between showing and remembering shows the same once more', async () => {
  start()
  await opened('head0')
  await homes.stop()
  const ref = { workspaceId: college.workspaceId, platform: 'slack', externalId: 'head0' }
  await college.write((tx) => tx.homes.published(ref, { digest: 'what stood before', viewHash: 'old' }, clock))
  faults = [
    new SendError('conflict', 'refused', 'hash_conflict'),
    new SendError('conflict', 'refused', 'hash_conflict'),
  ]
  start()
  await settled()
  expect(published.at(-1)).toMatchObject({ account: 'head0', hash: null })
  await handIn()
  await settled()
  expect(published).toHaveLength(3)
})
