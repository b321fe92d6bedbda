import { spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import { thisProcess } from '../src/this-process.js'

const { id, isGone } = thisProcess
const withPid = (pid: number | undefined) => id.replace(/\/\d+\//, `/${pid}/`)

it('a process that ended is known to be gone, one that runs is not', async () => {
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((done) => child.once('exit', done))
  expect([isGone(id), isGone(withPid(child.pid))]).toEqual([false, true])
})

it('a process whose number was given to another is gone', () => {
  // There is nothing to tell them apart by but on Linux.
  if (process.platform === 'linux') expect(isGone(id.replace(/\d+$/, '1'))).toBe(true)
})

it.each(['', 'me', 'elsewhere/1/1', '//', `${id.split('/')[0]}/x/1`, `${id.split('/')[0]}/0/1`])(
  'of %j, which is nobody of this place, nothing is known',
  (other) => expect(isGone(other)).toBe(false),
)
