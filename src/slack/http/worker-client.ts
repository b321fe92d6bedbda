import { Worker } from 'node:worker_threads'
import { gathered } from './batch.js'
import type { Behind, Door, DoorOptions } from './server.js'
import type { FromThread, ToThread } from './worker.js'

/**
 * The same door in a thread of its own, which `file` holds: reading a form (nine kilobytes of escapes) and its signature
 * was half of what the main thread did for a submission. A thread that dies takes the process with it.
 */
export function openThreadDoor(file: string, options: DoorOptions, behind: Behind): Door {
  let worker: Worker | undefined
  let closed: (() => void) | undefined
  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        // The door needs little; left to itself a thread would let garbage lie in tens of megabytes.
        const resourceLimits = { maxYoungGenerationSizeMb: 8 }
        const thread = new Worker(file, { workerData: options, resourceLimits })
        worker = thread
        // Ticks come after promises: all who wait for one commit are answered at once.
        const say = gathered<ToThread>((all) => thread.postMessage(all), process.nextTick)
        const hear = (message: FromThread) => {
          if ('take' in message) void behind.take(message.take).then((answer) => say({ to: message.id, answer }))
          else if ('check' in message) void behind.check(message.check).then((ok) => say({ to: message.id, ok }))
          else if ('warn' in message) behind.warn(message.warn)
          else if ('listening' in message) resolve(message.listening)
          else if ('failed' in message) {
            reject(Object.assign(new Error(message.failed.message), { code: message.failed.code }))
            void thread.terminate()
          } else closed?.()
        }
        thread.on('message', (all: FromThread[]) => all.forEach(hear))
        thread.on('error', (error) => {
          throw error
        })
        say({ listen: port })
      }),
    async close() {
      const thread = worker
      worker = undefined
      if (!thread) return
      await new Promise<void>((resolve) => {
        closed = resolve
        thread.postMessage([{ close: true }] satisfies ToThread[])
      })
      await thread.terminate()
    },
  }
}
