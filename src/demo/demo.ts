import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startBot } from '../bot.js'
import { readPlan } from '../cli/plan-file.js'
import { readRoster } from '../cli/roster-file.js'
import { commands } from '../commands/registry.js'
import type { Config } from '../config.js'
import { addDays } from '../core/date.js'
import type { Actor } from '../core/people/person.js'
import { importPlan } from '../core/setup/import-plan.js'
import { importRoster } from '../core/setup/import-roster.js'
import type { Roster } from '../core/setup/roster.js'
import { startLocalSlack } from '../local-slack/local-slack.js'
import type { SlashHint } from '../local-slack/page-server/page-server.js'
import type { SeedUser } from '../local-slack/state/workspace.js'
import { jsonLog } from '../log.js'
import { newId } from '../new-id.js'
import { packageRoot } from '../package-root.js'
import { openStore } from '../store/open.js'
import { demoText } from '../text/vi/demo/demo.js'
import { vi } from '../text/vi.js'
import type { PutFile } from './evidence.js'
import { actorsOf, seed } from './seed.js'

/** The first simulated day, and the time at which the person takes over. */
const FIRST_DAY = '2024-05-20'
const BEGINS = '2024-06-13T09:00:00+07:00'

/** Shown first in the list of people: one for each kind of role. */
const FIRST_PEOPLE = ['phuclh', 'khanhnv', 'locht', 'hungtq', 'duyentm', 'haint', 'minhhn']

/** Somebody who is in the workspace but not on the roster: what such a person is told can be tried too. */
const outsider: SeedUser = { id: 'UMOIDEN', ...demoText.outsider }

/** Starts a local Slack with the bot, the real plan, fictitious people and some weeks of evidence; prints the URL of its page. */
export async function demo(): Promise<void> {
  let dir = ''
  // Before the folder exists: a signal right after it is made must remove it too.
  // Files that are being written while the folder is removed make the removal fail at first: it is tried again.
  const removal = { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }
  process.on('exit', () => dir && rmSync(dir, removal))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0))
  dir = mkdtempSync(path.join(tmpdir(), 'thidua-demo-'))

  const root = packageRoot()
  const roster = await rosterOf(path.join(root, 'db/roster.example.csv'))
  const actors = new Map<string, Actor>()
  const clock = movableClock(new Date(`${FIRST_DAY}T07:00:00+07:00`))
  // A page that was open while the demo restarts would show the weeks before it being made up.
  let open = (): void => undefined
  const opens = new Promise<void>((resolve) => {
    open = resolve
  })
  let advance: (to: Date) => Promise<void> = async () => undefined
  const slack = await startLocalSlack({
    port: Number(process.env.DEMO_PORT ?? 0),
    teamName: demoText.team,
    botName: vi.common.botName,
    users: usersOf(roster),
    channels: [{ id: 'C0CHUNG', name: demoText.channel }],
    now: clock.now,
    clock: { now: clock.now, advance: (to) => advance(to) },
    page: {
      opens,
      first: accountOf(`${FIRST_PEOPLE[0]}@`),
      hints: (account) => hintsFor(actors.get(account)),
    },
  })
  const config: Config = {
    slack: { botToken: slack.botToken, apiUrl: slack.apiUrl, signingSecret: slack.signingSecret, port: 0 },
    admins: new Set(),
    databaseUrl: `file:${path.join(dir, 'thidua.db')}`,
    evidenceDir: path.join(dir, 'evidence'),
    timeZone: 'Asia/Ho_Chi_Minh',
    logLevel: 'error',
  }
  const store = await openStore(config.databaseUrl)
  const bot = await startBot({
    config,
    store,
    clock: clock.now,
    log: jsonLog('error'),
    rates: { perPersonMs: 0, perSecond: 1e9, burst: 1e9 },
    homeRates: { perPersonMs: 500, perSecond: 20, burst: 40 },
    cron: false,
  })
  slack.botUrl = `http://127.0.0.1:${bot.port}`
  const { workspaceId } = bot
  const plan = readPlan(readFileSync(path.join(root, 'db/campaigns/qptd-2024.yaml'), 'utf8'), 'qptd-2024.yaml')
  if ('faults' in plan) throw new Error(plan.faults[0]?.sentence)
  await store.write((tx) => importPlan({ tx, now: clock.now(), newId, workspaceId }, plan.plan, 'demo'))
  await store.write((tx) => importRoster({ tx, now: clock.now(), newId, workspaceId }, roster))

  for (const actor of actorsOf(workspaceId, await store.read((tx) => tx.people.roster(workspaceId))).values())
    actors.set(accountOf(actor.person.email ?? ''), actor)

  const advanceTo = async (to: Date) => {
    clock.set(to)
    await bot.tick()
    await bot.outbox.idle(60_000)
  }
  const putFile: PutFile = (email, upload) => {
    const { id, name, size, url_private_download: url } = slack.file(accountOf(email), upload)
    return { id: String(id), name: String(name), size: Number(size), url: String(url) }
  }
  const seeding = {
    store,
    workspaceId,
    timeZone: config.timeZone,
    putFile,
    firstPerson: `${FIRST_PEOPLE[0]}@`,
    moveTo: advanceTo,
  }
  await seed(seeding, daysFrom(FIRST_DAY, BEGINS))
  await advanceTo(new Date(BEGINS))
  slack.markAllRead()
  // From now on the clock runs, and a regular tick sends what becomes due.
  clock.run()
  advance = async (to) => {
    for (const hour of hoursBetween(clock.now(), to)) await advanceTo(hour)
    await advanceTo(to)
    clock.run()
  }
  open()
  setInterval(() => void bot.tick(), 30_000).unref()

  console.log(demoText.ready(slack.url))
  console.log(demoText.stop)
}

/** Every full hour between, so that a jump over weeks sends what each of its days would have sent. */
function* hoursBetween(from: Date, to: Date): Generator<Date> {
  const hour = 3_600_000
  for (let at = Math.ceil(from.getTime() / hour) * hour; at < to.getTime(); at += hour) yield new Date(at)
}

function movableClock(start: Date) {
  let at = start.getTime()
  let since: number | undefined
  return {
    now: () => new Date(at + (since === undefined ? 0 : Date.now() - since)),
    set(to: Date) {
      at = to.getTime()
      since = undefined
    },
    run() {
      since = Date.now()
    },
  }
}

function daysFrom(first: string, until: string): string[] {
  const days = []
  for (let day = first; day < until.slice(0, 10); day = addDays(day, 1)) days.push(day)
  return days
}

const accountOf = (email: string): string => `U${(email.split('@')[0] ?? '').toUpperCase().replace(/\W/g, '')}`

/** The commands of the menu and the help that are for this person; the help alone for somebody whom the roster does not name. */
const hintsFor = (actor: Actor | undefined): SlashHint[] =>
  commands
    .filter((c) => (actor ? c.isFor(actor) : c.name === 'trogiup'))
    .map((c) => ({ line: `/thidua ${c.name}`, about: vi.menu.help[c.name] ?? '' }))

/** One account for each person; the page shows their most important role. */
function usersOf(roster: Roster): SeedUser[] {
  const unitName = new Map(roster.units.map((u) => [u.code, u.name]))
  const rolesByImportance = [
    'command_board',
    'school_board',
    'org_office',
    'head',
    'deputy',
    'admin',
    'council',
    'member',
  ]
  const users: SeedUser[] = roster.people.map(({ email, fullName }) => {
    const [main] = roster.roles
      .filter((r) => r.email === email)
      .sort((a, b) => rolesByImportance.indexOf(a.role) - rolesByImportance.indexOf(b.role))
    const isBoard = main && roster.units.find((u) => u.code === main.unitCode)?.kind === 'board'
    const roleName = main && demoText.roles[main.role]
    const role = roleName && (isBoard ? roleName : demoText.role(roleName, unitName.get(main.unitCode) ?? ''))
    return { id: accountOf(email), real_name: fullName, email, role }
  })
  const rank = (u: { id: string }) => {
    const at = FIRST_PEOPLE.findIndex((name) => accountOf(`${name}@`) === u.id)
    return at < 0 ? FIRST_PEOPLE.length : at
  }
  return users.sort((a, b) => rank(a) - rank(b)).toSpliced(FIRST_PEOPLE.length, 0, outsider)
}

async function rosterOf(file: string): Promise<Roster> {
  const read = await readRoster(readFileSync(file), path.basename(file))
  if ('faults' in read) throw new Error(read.faults[0]?.sentence)
  return read.roster
}
