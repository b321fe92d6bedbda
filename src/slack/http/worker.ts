import { parentPort, workerData } from 'node:worker_threads'
import { batched } from './batch.js'
import { createHttpServer, type HttpAnswer, type ServerOptions, type VerifiedRequest } from './server.js'
import type { FromWorker, ToWorker } from './worker-messages.js'

/** The HTTP worker thread: it reads, verifies and decodes requests; the main thread answers them. */

/** Requests per batch: a few milliseconds of work, so that the main thread is busy until the next batch is ready. */
const MAX_BATCH = 5

const port = parentPort
if (port) {
  const post = batched<FromWorker>((all) => port.postMessage(all), setImmediate, MAX_BATCH)
  const waiting = new Map<number, (answer: never) => void>()
  let lastId = 0
  const ask = <T>(question: { request: VerifiedRequest } | { check: string }) =>
    new Promise<T>((resolve) => {
      const id = ++lastId
      waiting.set(id, resolve)
      post({ id, ...question })
    })
  const server = createHttpServer(workerData as ServerOptions, {
    handle: (request) => ask<HttpAnswer>({ request }),
    check: (path) => ask<boolean>({ check: path }),
    warn: (what) => post({ warn: what }),
  })
  const receive = (message: ToWorker) => {
    if ('to' in message) {
      const resolve = waiting.get(message.to)
      waiting.delete(message.to)
      resolve?.(('answer' in message ? message.answer : message.ok) as never)
    } else if ('listen' in message)
      server.listen(message.listen).then(
        (listening) => post({ listening }),
        (error: NodeJS.ErrnoException) => post({ failed: { message: error.message, code: error.code } }),
      )
    else void server.close().finally(() => post({ closed: true }))
  }
  port.on('message', (all: ToWorker[]) => all.forEach(receive))
}
