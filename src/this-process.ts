import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** The owner of leases: identifies this process uniquely and detects whether another owner has exited. */
export interface LeaseOwner {
  id: string
  /** Whether the process with this id has certainly exited; false when that cannot be known here, as on another machine. */
  isGone(id: string): boolean
}

/**
 * The scope within which a process number is unique. On Linux the boot id and the PID namespace, since two containers may
 * share a host name and each have a process 1; elsewhere the host name.
 */
const place = ((): string => {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}-${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
})()

/** When a process started, in clock ticks since boot: detects a reused process number. Undefined without /proc. */
function startedAt(pid: number): string | undefined {
  try {
    // `starttime`, the 22nd field (proc(5)), counted from the end of the name in brackets, which may contain spaces.
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
  id: `${place}/${process.pid}/${startedAt(process.pid) ?? ''}`,
  isGone(id) {
    const [where, number = '', started = ''] = id.split('/')
    const pid = Number(number)
    if (where !== place || !Number.isInteger(pid) || pid <= 0) return false
    return !isAlive(pid) || (started !== '' && (startedAt(pid) ?? started) !== started)
  },
}
