import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { snapshotView } from '../../../src/local-slack/user/snapshot.js'
import { startTestSlack } from '../../helpers/local-slack.js'
import { headersOf, openRaw, signature } from '../../slack/http/raw-request.js'
import { furnish, startBuilt, usersOf, violationsOf } from '../built-bot.js'
import { patient } from '../patient.js'
import { cast, exampleRoster } from '../stage.js'

const CONNECTIONS = 300
const BYTES = 1_980_000
const MAX_MB = 50

/** Peak memory of a process, in MB (Linux: VmHWM in /proc). */
const peak = (pid: number) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

/** What a connection sends: all but the end of a large request. */
const attacks: [string, () => string][] = [
  ['without a signature', () => headersOf({ 'content-length': String(BYTES + 1) })],
  ['with a false signature', () => headersOf({ 'content-length': String(BYTES + 1), ...signature('') })],
  ['with a false signature, complete', () => headersOf({ 'content-length': String(BYTES), ...signature('') })],
  [
    'with a false signature and small, below every limit of its own',
    () => headersOf({ 'content-length': String(BYTES + 1), ...signature('') }),
  ],
]

test.runIf(process.platform === 'linux').each(attacks)(
  `${CONNECTIONS} half-sent requests of two megabytes %s take less than ${MAX_MB} MB, and people are served meanwhile`,
  async (name, headers) => {
    const dir = mkdtempSync(path.join(tmpdir(), 'thidua-half-'))
    const roster = await exampleRoster()
    const slack = await startTestSlack({ users: usersOf(roster) })
    await furnish(dir, roster)
    const bot = startBuilt(slack, dir)
    const port = await bot.up
    const lecturer = patient(slack, cast.lecturer)
    const submit = async () => {
      const view = await lecturer.form('/thidua nop a2 Huấn luyện: 25/25 người đạt 100%', {})
      await slack.actions.submit(cast.lecturer, view)
      expect(snapshotView(view).visibleText).toContain('Đã nhận TĐ-2024-')
    }
    await submit()
    const pid = bot.process.pid as number
    const before = peak(pid)
    const body = Buffer.alloc(name.includes('small') ? 60_000 : BYTES, 'x')
    const connections = Array.from({ length: CONNECTIONS }, () => {
      const one = openRaw(port, headers())
      one.socket.write(body)
      return one
    })
    await submit()
    await submit()
    const statuses = await Promise.all(connections.map((one) => one.status()))
    expect(statuses.filter((status) => ![401, 408, 503, undefined].includes(status))).toEqual([])
    for (const one of connections) one.socket.destroy()
    await submit()
    expect(peak(pid) - before).toBeLessThan(MAX_MB)
    expect(violationsOf(slack)).toEqual([])
    await bot.kill('SIGTERM')
    await slack.close()
    rmSync(dir, { recursive: true, force: true })
  },
)
