import { Worker } from 'node:worker_threads'
import { batched } from './batch.js'
import type { HttpServer, RequestHandler, ServerOptions } from './server.js'
import type { FromWorker, ToWorker } from './worker-messages.js'

/**
 * The HTTP server in a worker thread, whose built code is in `file`. Decoding a form (nine kilobytes of escapes) and
 * verifying its signature took half of the main thread's work for a submission. Measured: without the thread forms at
 * 50 at once are 38 % slower (at 10 at once equally fast), and the process is 8 to 15 MB smaller. An error in the
 * thread ends the process.
 */
export function createHttpWorker(file: string, options: ServerOptions, handler: RequestHandler): HttpServer {
  let worker: Worker | undefined
  let closed: (() => void) | undefined
  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        // The server needs little memory; by default a thread would collect tens of megabytes of garbage.
        const resourceLimits = { maxYoungGenerationSizeMb: 8 }
        const thread = new Worker(file, { workerData: options, resourceLimits })
        worker = thread
        // Ticks run after promises: all requests of one commit are answered in one message.
        const post = batched<ToWorker>((all) => thread.postMessage(all), process.nextTick)
        const receive = (message: FromWorker) => {
          if ('request' in message)
            void handler.handle(message.request).then((answer) => post({ to: message.id, answer }))
          else if ('check' in message) void handler.check(message.check).then((ok) => post({ to: message.id, ok }))
          else if ('warn' in message) handler.warn(message.warn)
          else if ('listening' in message) resolve(message.listening)
          else if ('failed' in message) {
            reject(Object.assign(new Error(message.failed.message), { code: message.failed.code }))
            void thread.terminate()
          } else closed?.()
        }
        thread.on('message', (all: FromWorker[]) => all.forEach(receive))
        thread.on('error', (error) => {
          throw error
        })
        post({ listen: port })
      }),
    async close() {
      const thread = worker
      worker = undefined
      if (!thread) return
      await new Promise<void>((resolve) => {
        closed = resolve
        thread.postMessage([{ close: true }] satisfies ToWorker[])
      })
      await thread.terminate()
    },
  }
}
