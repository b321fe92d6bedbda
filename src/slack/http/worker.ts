import { parentPort, workerData } from 'node:worker_threads'
import { gathered } from './batch.js'
import { type Answer, type DoorOptions, type Incoming, openDoor } from './server.js'

/** The thread that stands at the door. It reads and checks what comes in; the main thread decides what goes back. */

/** What the main thread says, several things at once: listen, close, or the answer to a numbered question. */
export type ToThread =
  | { listen: number }
  | { close: true }
  | { to: number; answer: Answer }
  | { to: number; ok: boolean }
/** What the thread says, several things at once. */
export type FromThread =
  | { listening: number }
  | { failed: { message: string; code?: string } }
  | { closed: true }
  | { warn: string }
  | { id: number; take: Incoming }
  | { id: number; check: string }

/** Requests that are handed over together: some milliseconds of work for the main thread, of which it must not run out. */
const AT_ONCE = 5

const port = parentPort
if (port) {
  const say = gathered<FromThread>((all) => port.postMessage(all), setImmediate, AT_ONCE)
  const waiting = new Map<number, (answer: never) => void>()
  let last = 0
  const ask = <T>(question: { take: Incoming } | { check: string }) =>
    new Promise<T>((resolve) => {
      const id = ++last
      waiting.set(id, resolve)
      say({ id, ...question })
    })
  const door = openDoor(workerData as DoorOptions, {
    take: (incoming) => ask<Answer>({ take: incoming }),
    check: (path) => ask<boolean>({ check: path }),
    warn: (what) => say({ warn: what }),
  })
  const hear = (message: ToThread) => {
    if ('to' in message) {
      const resolve = waiting.get(message.to)
      waiting.delete(message.to)
      resolve?.(('answer' in message ? message.answer : message.ok) as never)
    } else if ('listen' in message)
      door.listen(message.listen).then(
        (at) => say({ listening: at }),
        (error: NodeJS.ErrnoException) => say({ failed: { message: error.message, code: error.code } }),
      )
    else void door.close().finally(() => say({ closed: true }))
  }
  port.on('message', (all: ToThread[]) => all.forEach(hear))
}
