import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { bareApp, builtBot, start } from './child.js'
import { type FakeSlack, startFakeSlack } from './fake-slack.js'
import { accountOf, exampleRoster, largeRoster } from './fixture.js'
import { full, type Lab, quick } from './lab.js'
import { measureBeside, type OtherBuild } from './measure-beside.js'
import { measureBurst } from './measure-burst.js'
import { measureForm } from './measure-form.js'
import { measureMemory } from './measure-memory.js'
import { measurePlanning } from './measure-planning.js'
import { measureStart } from './measure-start.js'
import { measureSummary, UNITS } from './measure-summary.js'
import { SECRET } from './slack-request.js'

/**
 * Compares the built bot with a bare Bolt app on the same machine, rounds interleaved: the bot's speed alone says more
 * about the machine than about the bot. `--quick` for a first look; `--only=form,summary,planning,burst,memory,start` for a part;
 * `--beside=DIR` compares with another built checkout instead, such as the last release.
 */
async function main(): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), 'thidua-bench-'))
  const rosters = [await exampleRoster(), largeRoster(UNITS)]
  const slack = await startFakeSlack(
    new Map(rosters.flatMap((r) => r.people.map((p) => [accountOf(p.email), p.email] as const))),
  )
  const lab = labOf(dir, slack)
  const [only, beside] = [option('only'), option('beside')]
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
    if (beside) await measureBeside(lab, await otherBuild(lab, path.resolve(beside)))
    else
      for (const [name, measure] of Object.entries(parts))
        if (!only || only.split(',').includes(name)) await measure(lab)
  } finally {
    slack.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function otherBuild(lab: Lab, dir: string): Promise<OtherBuild> {
  const { createFixture } = (await import(path.join(dir, 'dist/bench/fixture.js'))) as Pick<OtherBuild, 'createFixture'>
  return { createFixture, start: (url) => lab.program(path.join(dir, 'dist/main.mjs'), url) }
}

const option = (name: string): string | undefined =>
  process.argv.find((a) => a.startsWith(`--${name}=`))?.slice(name.length + 3)

function labOf(dir: string, slack: FakeSlack): Lab {
  const env = { SLACK_BOT_TOKEN: 'xoxb-bench', SLACK_SIGNING_SECRET: SECRET, SLACK_API_URL: slack.apiUrl, PORT: '0' }
  const program = (main: string, databaseUrl: string) =>
    start(main, { ...env, DATABASE_URL: databaseUrl, EVIDENCE_DIR: path.join(dir, 'evidence') })
  return {
    size: process.argv.includes('--quick') ? quick : full,
    url: (name) => `file:${path.join(dir, `${name}.db`)}`,
    bare: () => start(bareApp, env),
    bot: (databaseUrl) => program(builtBot, databaseUrl),
    program,
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
