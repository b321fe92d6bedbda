import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** The open connections of a server, of which there are never more than a number. */
export interface Connections {
  /** A request of this connection is being answered. `isTrusted`: its signature is valid. */
  busy(socket: Socket, isTrusted: boolean): void
  answered(socket: Socket): void
  /** Closes the connections of which no request is being answered. */
  closeIdle(): void
}

/**
 * Caps the connections of a server. A new one is always let in, and the oldest that never carried a signed request makes way
 * (after those, the oldest that did and is idle): a client that holds connections open cannot keep Slack out.
 */
export function capConnections(server: Server, max: number): Connections {
  // In the order in which they came.
  const strangers = new Set<Socket>()
  const trusted = new Set<Socket>()
  const busy = new Set<Socket>()

  function forget(socket: Socket): void {
    strangers.delete(socket)
    trusted.delete(socket)
    busy.delete(socket)
  }

  server.on('connection', (socket: Socket) => {
    if (strangers.size + trusted.size >= max) {
      const oldest = firstIdle(strangers) ?? firstIdle(trusted) ?? socket
      forget(oldest)
      oldest.destroy()
      if (oldest === socket) return
    }
    strangers.add(socket)
    socket.once('close', () => forget(socket))
  })

  function firstIdle(sockets: Set<Socket>): Socket | undefined {
    for (const socket of sockets) if (!busy.has(socket)) return socket
    return undefined
  }

  return {
    busy(socket, isTrusted) {
      busy.add(socket)
      if (isTrusted && strangers.delete(socket)) trusted.add(socket)
    },
    answered: (socket) => void busy.delete(socket),
    closeIdle() {
      for (const socket of [...strangers, ...trusted]) if (!busy.has(socket)) socket.destroy()
    },
  }
}
