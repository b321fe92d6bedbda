import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { thisProcess } from '../src/this-process.js'
import { until } from './helpers/until.js'

const { id, isGone } = thisProcess
const withPid = (pid: number | undefined) => id.replace(/\/\d+\//, `/${pid}/`)

it('a process that has ended is gone, a running one is not', async () => {
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((done) => child.once('exit', done))
  expect([isGone(id), isGone(withPid(child.pid))]).toEqual([false, true])
})

it('a process that has ended is gone although nobody asked for its exit code', async () => {
  if (process.platform !== 'linux') return
  // The shell starts a child and becomes a program that does not wait for it.
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const pid = await new Promise<number>((done) => parent.stdout.once('data', (text) => done(Number(text))))
  await until(() => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '), 'a zombie')
  expect(isGone(id.replace(/\/.*/, `/${pid}/`))).toBe(true)
  parent.kill()
})

it('a process whose id was reused by another is gone', () => {
  // Only Linux has the start time that distinguishes them.
  if (process.platform === 'linux') expect(isGone(id.replace(/\d+$/, '1'))).toBe(true)
})

it.each(['', 'me', 'elsewhere/1/1', '//', `${id.split('/')[0]}/x/1`, `${id.split('/')[0]}/0/1`])(
  '%j, which is no process of this machine, does not count as gone',
  (other) => expect(isGone(other)).toBe(false),
)
