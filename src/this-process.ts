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

/** `unknown`: it cannot be seen from here, as on another machine, in another container, or before the machine restarted. */
export type ProcessState = 'running' | 'gone' | 'unknown'

/**
 * The state letter of a process, and when it started in clock ticks since boot, which detects a reused process number.
 * Undefined without /proc.
 */
function statOf(pid: number): { letter: string; start: string } | undefined {
  try {
    // `state` and `starttime`, the 3rd and 22nd field (proc(5)), counted from the end of the name in brackets, which may
    // contain spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return { letter: fields[0] ?? '', start: fields[19] ?? '' }
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  // A process that has ended is a zombie until its parent asks for its exit code, which in a container may be never.
  return !['Z', 'X'].includes(statOf(pid)?.letter ?? '')
}

function stateOf(id: string): ProcessState {
  const [where, number = '', started = ''] = id.split('/')
  const pid = Number(number)
  if (where !== place || !Number.isInteger(pid) || pid <= 0) return 'unknown'
  const isReused = started !== '' && (statOf(pid)?.start ?? started) !== started
  return isAlive(pid) && !isReused ? 'running' : 'gone'
}

export const thisProcess = {
  id: `${place}/${process.pid}/${statOf(process.pid)?.start ?? ''}`,
  isGone: (id: string) => stateOf(id) === 'gone',
  /** Whether the process with this id runs. */
  stateOf,
} satisfies LeaseOwner & Record<string, unknown>
