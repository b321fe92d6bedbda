import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const HEAD_END = '\r\n\r\n'
/** The end of a chunked answer (RFC 9112, 7.1). */
const LAST_CHUNK = '0\r\n\r\n'

/**
 * One keep-alive connection that sends prepared requests one after the other. Node's own client costs more than the bare
 * app's whole answer, and on a machine with two processors that time is taken from what is measured.
 */
export interface Connection {
  /** Resolves with status line, headers and body. Rejects when the connection closes before. */
  send(request: Buffer): Promise<string>
  close(): void
}

export async function openConnection(port: number): Promise<Connection> {
  const socket: Socket = connect({ host: '127.0.0.1', port, noDelay: true })
  await once(socket, 'connect')
  let got: Buffer | undefined
  let waiting: { resolve(answer: string): void; reject(error: Error): void } | undefined
  const fail = (error: Error) => waiting?.reject(error)
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the connection was closed before the answer')))
  socket.on('data', (part) => {
    got = got ? Buffer.concat([got, part]) : part
    if (!isWhole(got)) return
    const answer = got.toString()
    got = undefined
    waiting?.resolve(answer)
  })
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(request)
      }),
    close() {
      waiting = undefined
      socket.destroy()
    },
  }
}

function isWhole(got: Buffer): boolean {
  const end = got.indexOf(HEAD_END)
  if (end < 0) return false
  const head = got.toString('latin1', 0, end)
  const length = /^content-length: *(\d+)/im.exec(head)
  const body = end + HEAD_END.length
  if (length) return got.length >= body + Number(length[1])
  return got.length > body && got.toString('latin1', got.length - LAST_CHUNK.length) === LAST_CHUNK
}
