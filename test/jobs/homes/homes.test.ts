import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SendError } from '../../../src/commands/chat.js'
import { type Card, textCard } from '../../../src/commands/ui.js'
import { setReviewDates } from '../../../src/core/report/set-review-dates.js'
import { reportNil } from '../../../src/core/submission/report-nil.js'
import { type HomesJob, startHomes } from '../../../src/jobs/homes/homes.js'
import type { RateLimits } from '../../../src/jobs/rate-limit.js'
import { plainText } from '../../../src/text/rich.js'
import { at, timeZone } from '../../example.js'
import { newStore } from '../../helpers/database.js'
import { pass, passUntil, stopTime } from '../../helpers/fake-time.js'
import { unlimited } from '../../helpers/rates.js'
import { type College, foundCollege, handIn, unitId } from '../../store/college.js'

/** The job on a real store, with homes and a chat that the test controls. */
let college: College
let homes: HomesJob
let dir: string
let clock: Date
/** The current content of each account's home. */
let shows: Map<string, string>
/** How often each home was rendered, and what was published, in order. */
let drawn: string[]
let published: { account: string; text: string; hash: string | null; at: number }[]
let faults: (SendError | Error)[]

const text = (card: Card) => JSON.stringify(card.blocks)

function start(rates: RateLimits = unlimited): void {
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
      render: (card) => ({
        text: text(card),
        async publish(account, note, hash) {
          published.push({ account, text: `${text(card)} ${plainText(note)}`, hash, at: Date.now() })
          const fault = faults.shift()
          if (fault) throw fault
          return `hash ${published.length}`
        },
      }),
      digest: (words) => words,
      log: () => undefined,
    },
    rates,
  )
}

beforeEach(async () => {
  stopTime()
  dir = mkdtempSync(path.join(tmpdir(), 'thidua-homes-'))
  college = await foundCollege(await newStore(path.join(dir, 'x.db')))
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
  await passUntil(homes.stop())
  vi.useRealTimers()
  await college.store.close()
  rmSync(dir, { recursive: true, force: true })
})

const settled = async () => expect(await passUntil(homes.idle(60_000))).toBe(true)
/** Opens these homes and clears the record of what was published and rendered. */
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

it('updates a home that a change concerns, and no other', async () => {
  start()
  await opened('head0', 'head1', 'board', 'member0')
  for (const who of ['head0', 'head1', 'board']) shows.set(who, '1 waits')
  await handIn(college, 0, 'a1')
  await settled()
  expect(accounts().sort()).toEqual(['board', 'head0'])
  // The author's home was rendered too, and is unchanged; the other faculty's was not even rendered.
  expect([...new Set(drawn)].sort()).toEqual(['board', 'head0', 'member0'])
})

it('neither renders nor publishes a home that was never opened', async () => {
  start()
  await opened('board')
  shows.set('head0', 'new')
  await handIn(college, 0, 'a1')
  await settled()
  expect(drawn).toEqual(['board'])
})

it('publishes an unchanged home only for a person who opens it', async () => {
  start()
  await opened('head0')
  await handIn(college, 0, 'a1')
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
])('renders every opened home again after a change of: %s', async (_, change) => {
  start()
  await opened('head0', 'head1')
  await change()
  await settled()
  expect(drawn.sort()).toEqual(['head0', 'head1'])
})

it('publishes each home once or twice for thirty changes at once', async () => {
  start({ perPersonMs: 400, perSecond: 1e9, burst: 1e9 })
  await opened('head0', 'board')
  for (let n = 1; n <= 30; n++) {
    for (const who of ['head0', 'board']) shows.set(who, `${n} wait`)
    await handIn(college, 0, 'a1')
    homes.kick()
    await pass(10)
  }
  await settled()
  for (const who of ['head0', 'board']) {
    const of = published.filter((p) => p.account === who)
    expect(of.length).toBeGreaterThan(0)
    expect(of.length).toBeLessThanOrEqual(3)
    expect(of.at(-1)?.text).toContain('30 wait')
    // Never two within the minimum interval per person.
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

it('publishes no home during a pause that Slack asked for, and every home after it', async () => {
  start()
  await opened('head0', 'board')
  shows.set('head0', 'new').set('board', 'new')
  faults = [new SendError('later', 'rate_limited', 'ratelimited', 600)]
  await handIn(college, 0, 'a1')
  await settled()
  const [refused, ...after] = published
  expect(new Set(after.map((p) => p.account))).toEqual(new Set(['head0', 'board']))
  for (const p of after) expect(p.at - (refused?.at ?? 0)).toBeGreaterThanOrEqual(590)
})

it('publishes a home that is opened during such a pause after it', async () => {
  start()
  faults = [new SendError('later', 'rate_limited', 'ratelimited', 300)]
  await homes.show('board')
  await homes.show('head0')
  await settled()
  expect(accounts()).toEqual(['board', 'board', 'head0'])
})

it('retries after a failure, and leaves a home that Slack refuses until its next change', async () => {
  start()
  faults = [new SendError('uncertain', 'chat_fault', 'http 500')]
  await homes.show('board')
  await settled()
  expect(accounts()).toEqual(['board', 'board'])
  shows.set('board', 'too large')
  faults = [new SendError('refused', 'refused', 'view_too_large')]
  await handIn(college, 0, 'a1')
  await settled()
  expect(published).toHaveLength(3)
  await handIn(college, 0, 'a2')
  await settled()
  expect(published).toHaveLength(4)
})

it('forgets an account that no longer exists', async () => {
  start()
  await opened('head0')
  shows.set('head0', 'new')
  faults = [new SendError('unreachable', 'refused', 'user_not_found')]
  await handIn(college, 0, 'a1')
  await settled()
  shows.set('head0', 'newer')
  await handIn(college, 0, 'a2')
  await settled()
  expect(published).toHaveLength(1)
})

it('renders a home again after a conflict, and overwrites it in the end', async () => {
  start()
  await opened('head0')
  shows.set('head0', 'new')
  faults = [
    new SendError('conflict', 'refused', 'hash_conflict'),
    new SendError('conflict', 'refused', 'hash_conflict'),
  ]
  await handIn(college, 0, 'a1')
  await settled()
  expect(published.map((p) => p.hash)).toEqual(['hash 1', 'hash 1', null])
  expect(drawn).toEqual(['head0', 'head0', 'head0'])
})

it('leaves a home that cannot be rendered', async () => {
  start()
  await opened('head0')
  shows.set('head0', 'broken')
  await handIn(college, 0, 'a1')
  await settled()
  expect([drawn, published]).toEqual([['head0'], []])
})

it('leaves a home that was not opened for two weeks', async () => {
  start()
  await opened('head0', 'board')
  const ref = { workspaceId: college.workspaceId, platform: 'slack', externalId: 'head0' }
  await college.write((tx) => tx.homes.opened(ref, new Date(Date.now() - 15 * 86_400_000)))
  shows.set('head0', 'new').set('board', 'new')
  await handIn(college, 0, 'a1')
  await settled()
  expect(accounts()).toEqual(['board'])
})

it('publishes after a restart the homes that have changed, and no others', async () => {
  start()
  await opened('head0', 'head1')
  await passUntil(homes.stop())
  shows.set('head0', 'new')
  await college.run('head0', (use) => reportNil(use, college.campaign, unitId(college, 0), 'b1', 'final'))
  start()
  await settled()
  expect(accounts()).toEqual(['head0'])
})

it('publishes the same home again when a process died before recording it', async () => {
  start()
  await opened('head0')
  await passUntil(homes.stop())
  const ref = { workspaceId: college.workspaceId, platform: 'slack', externalId: 'head0' }
  await college.write((tx) => tx.homes.published(ref, { digest: 'what stood before', viewHash: 'old' }, clock))
  faults = [
    new SendError('conflict', 'refused', 'hash_conflict'),
    new SendError('conflict', 'refused', 'hash_conflict'),
  ]
  start()
  await settled()
  expect(published.at(-1)).toMatchObject({ account: 'head0', hash: null })
  await handIn(college, 0, 'a1')
  await settled()
  expect(published).toHaveLength(3)
})
