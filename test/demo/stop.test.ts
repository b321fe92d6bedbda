import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { until } from '../helpers/until.js'

const root = path.resolve(import.meta.dirname, '../..')
let dir = ''
let npm: ChildProcess | undefined

/** Runs a script of package.json as the leader of its own process group, as a terminal does. */
function start(script: string): ChildProcess {
  dir = mkdtempSync(path.join(tmpdir(), 'thidua-stop-'))
  const env = { ...process.env, TMPDIR: dir, DEMO_PORT: undefined }
  npm = spawn('npm', ['run', script], { cwd: root, detached: true, stdio: 'ignore', env })
  return npm
}

const groupOf = (child: ChildProcess) => -(child.pid as number)

/** Whether any process that the script started still runs. */
function isRunning(child: ChildProcess): boolean {
  try {
    return process.kill(groupOf(child), 0)
  } catch {
    return false
  }
}

/** The demo makes a folder for its database when it starts, and removes it when it ends. */
const folders = () => readdirSync(dir).filter((name) => name.startsWith('thidua-demo-'))

afterEach(() => {
  if (npm && isRunning(npm)) process.kill(groupOf(npm), 'SIGKILL')
  rmSync(dir, { recursive: true, force: true })
})

describe.each(['demo', 'dev'])('npm run %s', (script) => {
  it('ends with every process it started when it gets SIGTERM', async () => {
    const child = start(script)
    await until(() => folders().length === 1, 'the demo starts')
    child.kill('SIGTERM')
    await once(child, 'exit')
    expect(isRunning(child)).toBe(false)
    expect(folders()).toEqual([])
  })

  it('ends with every process it started on Ctrl-C, which every process of the terminal gets', async () => {
    const child = start(script)
    await until(() => folders().length === 1, 'the demo starts')
    process.kill(groupOf(child), 'SIGINT')
    await once(child, 'exit')
    await until(() => !isRunning(child), 'every process ends')
    expect(folders()).toEqual([])
  })
})

describe('npm run dev', () => {
  it('starts the demo again when a source file is saved', async () => {
    const child = start('dev')
    await until(() => folders().length === 1, 'the demo starts')
    const [first] = folders()
    utimesSync(path.join(root, 'src/demo/demo.ts'), new Date(), new Date())
    await until(() => folders().some((name) => name !== first), 'the demo starts again')
    expect(folders()).not.toContain(first)
    child.kill('SIGTERM')
    await once(child, 'exit')
    expect(isRunning(child)).toBe(false)
  })
})
