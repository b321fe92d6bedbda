import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** A unique id of a process, and a check whether another process has ended. */
export interface LeaseOwner {
  id: string
  /** Whether the process with an id has certainly ended; false when that cannot be known from here. */
  isGone(id: string): boolean
}

/**
 * Where a process runs: only there its number means anything. On Linux the boot and the space of numbers, since two
 * containers may share a host's name and each have a process 1.
 */
const place = ((): string => {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}-${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
})()

/** When a process began, in ticks since the boot, so that a number that was given away again is not taken for it. */
function beganAt(pid: number): string | undefined {
  try {
    // After the name in brackets, which may hold anything: the 22nd field of all.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19]
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

export const thisProcess: LeaseOwner = {
  id: `${place}/${process.pid}/${beganAt(process.pid) ?? ''}`,
  isGone(id) {
    const [where, number = '', began = ''] = id.split('/')
    const pid = Number(number)
    if (where !== place || !Number.isInteger(pid) || pid <= 0) return false
    return !isAlive(pid) || (began !== '' && (beganAt(pid) ?? began) !== began)
  },
}
