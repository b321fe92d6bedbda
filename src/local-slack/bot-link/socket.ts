/** Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { isJsonObject, type JsonObject, parseJson } from '../json.js'
import type { Workspace } from '../state/workspace.js'

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api'

export function createSockets(workspace: Workspace) {
  const server = new WebSocketServer({ noServer: true })
  const open = new Set<WebSocket>()
  const pendingAcks = new Map<string, (payload: JsonObject) => void>()

  server.on('connection', (socket: WebSocket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => open.delete(socket))
    socket.on('message', (data) => {
      const message = parseJson(String(data))
      if (!isJsonObject(message)) return
      pendingAcks.get(String(message.envelope_id))?.(isJsonObject(message.payload) ? message.payload : {})
      pendingAcks.delete(String(message.envelope_id))
    })
    const info = { connection_info: { app_id: workspace.appId }, num_connections: open.size }
    socket.send(
      JSON.stringify({ type: 'hello', ...info, debug_info: { host: 'local', approximate_connection_time: 18_060 } }),
    )
  })

  return {
    get connected() {
      return open.size > 0
    },
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      server.handleUpgrade(request, socket, head, (ws) => server.emit('connection', ws, request)),
    /** Resolves with the payload of the acknowledgement, or undefined when there is none in time. */
    send(type: EnvelopeType, payload: JsonObject, timeoutMs: number, retry?: { num: number; reason: string }) {
      const envelope_id = workspace.newId('env-')
      const more = retry ? { retry_attempt: retry.num, retry_reason: retry.reason } : {}
      const envelope = { envelope_id, type, payload, accepts_response_payload: type !== 'events_api', ...more }
      const [socket] = open
      return new Promise<JsonObject | undefined>((resolve) => {
        const timer = setTimeout(() => {
          pendingAcks.delete(envelope_id)
          resolve(undefined)
        }, timeoutMs)
        pendingAcks.set(envelope_id, (answer) => {
          clearTimeout(timer)
          resolve(answer)
        })
        socket?.send(JSON.stringify(envelope))
      })
    },
    /** Disconnects every socket, as Slack does when it refreshes a host. */
    drop(reason = 'refresh_requested') {
      for (const socket of open) {
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local' } }))
        socket.close()
      }
    },
    close() {
      for (const socket of open) socket.terminate()
      server.close()
    },
  }
}

export type Sockets = ReturnType<typeof createSockets>
