import { checkTarget, ratios } from './figures.js'
import { accountOf, createFixture, largeRoster } from './fixture.js'
import type { Lab } from './lab.js'
import { interleave, printRounds, rates, tails } from './rounds.js'
import { seed } from './seed.js'
import { commandBody } from './slack-request.js'

export const UNITS = 500
const SUBMISSIONS = 100_000

/** The first page of `tonghop` over many units, with no submissions and with many. */
export async function measureSummary({ size, url, bare, bot }: Lab): Promise<void> {
  const roster = largeRoster(UNITS)
  await (await createFixture(url('few'), roster)).store.close()
  const fixture = await createFixture(url('many'), roster)
  await seed(url('many'), fixture, SUBMISSIONS)
  await fixture.store.close()
  const board = accountOf(roster.people[0]?.email ?? '')
  const [bareApp, few, many] = [await bare(), await bot(url('few')), await bot(url('many'))]
  const bodies = [commandBody(board, 'tonghop')]
  const got = await interleave(
    {
      bare: { child: bareApp, load: { bodies, expect: 'ok' } },
      few: { child: few, load: { bodies, expect: 'data_table' } },
      many: { child: many, load: { bodies, expect: 'data_table' } },
    },
    { ...size, concurrency: 10 },
  )
  console.log(`\nFirst page of tonghop, ${UNITS} units, concurrency 10`)
  printRounds({ 'bare, command': got.bare, 'bot, no submissions': got.few, [`bot, ${SUBMISSIONS}`]: got.many })
  checkTarget('rate, of bare, no submissions', ratios(rates(got.few), rates(got.bare)), 'least', 0.4)
  checkTarget(`rate, of bare, ${SUBMISSIONS} submissions`, ratios(rates(got.many), rates(got.bare)), 'least', 0.4)
  checkTarget('rate with many, of that with none', ratios(rates(got.many), rates(got.few)), 'least', 0.9)
  checkTarget('p99 with many, times bare', ratios(tails(got.many), tails(got.bare)), 'most', 2)
  await Promise.all([bareApp.stop(), few.stop(), many.stop()])
}
