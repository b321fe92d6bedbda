import { checkTarget, median, ratios } from './figures.js'
import { createFixture, exampleRoster } from './fixture.js'
import type { Lab } from './lab.js'
import { interleave, printRounds, rates, tails } from './rounds.js'
import { commandBody } from './slack-request.js'
import { submitters } from './submitters.js'

/** The form of `nop`, sent by sixty people of twenty units: stored, counted and in the outbox before the answer. */
export async function measureForm({ size, url, bare, bot }: Lab): Promise<void> {
  const roster = await exampleRoster()
  const fixture = await createFixture(url('form'), roster)
  await fixture.store.close()
  const forms = submitters(fixture, roster)
  const [bareApp, ourBot] = [await bare(), await bot(url('form'))]
  const contenders = {
    command: { child: bareApp, load: { bodies: [commandBody('U0BENCH', 'nop')], expect: 'ok' } },
    view: { child: bareApp, load: { bodies: forms } },
    bot: { child: ourBot, load: { bodies: forms, expect: 'TĐ-2024-' } },
  }
  for (const [concurrency, target] of [
    [10, 0.4],
    [50, 0.5],
  ] as const) {
    const got = await interleave(contenders, { ...size, concurrency })
    console.log(`\nForm submission, concurrency ${concurrency}`)
    printRounds({ 'bare, command': got.command, 'bare, form': got.view, 'bot, form': got.bot })
    console.log(`  generator busy ${median(got.command.map((r) => r.busy)).toFixed(2)} with the bare app's command`)
    checkTarget("rate, of the bare app's command", ratios(rates(got.bot), rates(got.command)), 'least', target)
    checkTarget("rate, of the bare app's form", ratios(rates(got.bot), rates(got.view)), 'least', target)
    checkTarget("p99, times the bare app's command", ratios(tails(got.bot), tails(got.command)), 'most', 2)
    checkTarget("p99, times the bare app's form", ratios(tails(got.bot), tails(got.view)), 'most', 2)
  }
  await Promise.all([bareApp.stop(), ourBot.stop()])
}
