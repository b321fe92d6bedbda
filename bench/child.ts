import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { performance } from 'node:perf_hooks'

const dist = path.resolve(import.meta.dirname, '..')
const root = path.resolve(dist, '..')
export const bareApp = path.join(dist, 'bench/bare.js')
export const builtBot = path.join(dist, 'main.mjs')

/** One measured process. */
export interface Child {
  port: number
  /** When it was started, on the clock of `performance.now()`. */
  began: number
  /** Stops the process while another is measured, so that what it still sends does not disturb that one. */
  pause(): void
  resume(): void
  /** CPU time so far, in ms (Linux: clock ticks of 10 ms). */
  cpuTime(): number
  /** Resident memory in MB. */
  memory(): number
  stop(): Promise<void>
}

const children = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/** Starts a program and waits until it prints its port. Throws what it printed if it exits before. */
export async function start(program: string, env: Record<string, string>): Promise<Child> {
  const began = performance.now()
  // Extra flags, such as --cpu-prof, reach the measured processes only.
  const flags = (process.env.BENCH_NODE_FLAGS ?? '').split(' ').filter((f) => f !== '')
  const child = spawn(process.execPath, [...flags, program], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.add(child)
  let printed = ''
  const port = await new Promise<number>((resolve, reject) => {
    const read = (part: Buffer) => {
      printed = (printed + part.toString()).slice(-20_000)
      const found = /"port":(\d+)/.exec(printed)
      if (found) resolve(Number(found[1]))
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('exit', (code) => {
      children.delete(child)
      reject(new Error(`${path.basename(program)} exited with ${code}: ${printed}`))
    })
  })
  return {
    port,
    began,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    cpuTime() {
      // The second field, the name, may contain spaces: fields 14 and 15 are counted from its end.
      const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      return (Number(stat[11]) + Number(stat[12])) * 10
    },
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
    },
    async stop() {
      child.kill('SIGCONT')
      child.kill('SIGTERM')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}
