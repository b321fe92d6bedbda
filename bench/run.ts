import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { bareApp, builtBot, start } from './child.js'
import { type FakeSlack, startFakeSlack } from './fake-slack.js'
import { accountOf, exampleRoster, largeRoster } from './fixture.js'
import { full, type Lab, quick } from './lab.js'
import { measureBurst } from './measure-burst.js'
import { measureForm } from './measure-form.js'
import { measureMemory } from './measure-memory.js'
import { measurePlanning } from './measure-planning.js'
import { measureStart } from './measure-start.js'
import { measureSummary, UNITS } from './measure-summary.js'
import { SECRET } from './slack-request.js'

/**
 * Compares the built bot with a bare Bolt app on the same machine, rounds interleaved: the bot's speed alone says more
 * about the machine than about the bot. `--quick` for a first look; `--only=form,summary,planning,burst,memory,start` for a part.
 */
async function main(): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), 'thidua-bench-'))
  const rosters = [await exampleRoster(), largeRoster(UNITS)]
  const slack = await startFakeSlack(
    new Map(rosters.flatMap((r) => r.people.map((p) => [accountOf(p.email), p.email] as const))),
  )
  const lab = labOf(dir, slack)
  const only = process.argv.find((a) => a.startsWith('--only='))?.slice('--only='.length)
  const parts = {
    start: measureStart,
    form: measureForm,
    summary: measureSummary,
    planning: measurePlanning,
    burst: measureBurst,
    memory: measureMemory,
  }
  console.log(`node ${process.version}, ${process.platform}; median (lowest–highest) of ${lab.size.rounds} rounds`)
  try {
    for (const [name, measure] of Object.entries(parts)) if (!only || only.split(',').includes(name)) await measure(lab)
  } finally {
    slack.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

function labOf(dir: string, slack: FakeSlack): Lab {
  const env = { SLACK_BOT_TOKEN: 'xoxb-bench', SLACK_SIGNING_SECRET: SECRET, SLACK_API_URL: slack.apiUrl, PORT: '0' }
  return {
    size: process.argv.includes('--quick') ? quick : full,
    url: (name) => `file:${path.join(dir, `${name}.db`)}`,
    bare: () => start(bareApp, env),
    bot: (databaseUrl) =>
      start(builtBot, { ...env, DATABASE_URL: databaseUrl, EVIDENCE_DIR: path.join(dir, 'evidence') }),
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
