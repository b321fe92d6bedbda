import { Agent } from 'node:http'
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { checkTarget, quantile } from './figures.js'
import { accountOf, createFixture, exampleRoster } from './fixture.js'
import type { Lab } from './lab.js'
import { post } from './load.js'
import { type Body, commandBody, pressBody } from './slack-request.js'
import { submitters } from './submitters.js'

const PEOPLE = 50
/** Bursts per round of the other measurements. */
const BURSTS = 4
/** Pause between two bursts, in which messages of the last one are sent. */
const REST_MS = 500
const TARGET_MS = 1000

/**
 * The time to the acknowledgement when fifty people press *Gửi* at the same moment, repeatedly, while a member of the Command
 * Board accepts submissions one after the other. Throws for any failed request.
 */
export async function measureBurst({ size, url, bot }: Lab): Promise<void> {
  const roster = await exampleRoster()
  const fixture = await createFixture(url('burst'), roster)
  await fixture.store.write((tx) => tx.settings.set(fixture.workspaceId, 'coach', false, null, new Date()))
  await fixture.store.write((tx) => tx.settings.set(fixture.workspaceId, 'headConfirms', false, null, new Date()))
  await fixture.store.close()
  const forms = submitters(fixture, roster).slice(0, PEOPLE)
  const board = accountOf(roster.roles.find((r) => r.role === 'command_board')?.email ?? '')
  const child = await bot(url('burst'))
  const agent = new Agent({ keepAlive: true, maxSockets: PEOPLE + 1 })
  let sent = 0
  const timed = async (into: number[], body: Body, expect?: string) => {
    const began = performance.now()
    const answer = await post(child.port, body(`R${process.pid}X${++sent}`), agent, expect)
    into.push(performance.now() - began)
    return answer
  }
  const [warm, handedIn, accepted, asked]: [number[], number[], number[], number[]] = [[], [], [], []]
  await Promise.all(forms.map((body) => timed(warm, body, 'TĐ-2024-')))

  let over = false
  async function accepting(): Promise<void> {
    while (!over) {
      const queue = await timed(asked, commandBody(board, 'duyet'))
      const value = buttonValue(queue, 'desk.accept')
      if (value) await timed(accepted, pressBody(board, 'desk.accept', value))
      else await wait(10)
    }
  }
  const boards = accepting()
  for (let burst = 0; burst < size.rounds * BURSTS; burst++) {
    await Promise.all(forms.map((body) => timed(handedIn, body, 'TĐ-2024-')))
    await wait(REST_MS)
  }
  over = true
  await boards
  agent.destroy()
  console.log(`\n${PEOPLE} people at once, ${size.rounds * BURSTS} times, while the Board accepts; times to the answer`)
  for (const [what, times] of Object.entries({ 'forms handed in': handedIn, 'queue shown': asked, accepted }))
    console.log(
      `  ${what.padEnd(16)} ${times.length} times   median ${ms(times, 0.5)}   p99 ${ms(times, 0.99)}   max ${ms(times, 1)}`,
    )
  const all = [...handedIn, ...asked, ...accepted]
  checkTarget('slowest answer of all, ms', [quantile(all, 1)], 'most', TARGET_MS, 0)
  await child.stop()
}

const ms = (times: readonly number[], q: number): string => `${quantile(times, q).toFixed(0)} ms`

/** The value of the first button of an action in a card. */
function buttonValue(card: string, action: string): string | undefined {
  for (const block of (JSON.parse(card) as { blocks?: { elements?: { action_id?: string; value?: string }[] }[] })
    .blocks ?? [])
    for (const element of block.elements ?? [])
      if (element.action_id?.replace(/#\d+$/, '') === action) return element.value
  return undefined
}
