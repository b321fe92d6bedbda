import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * The part of Slack's Web API that the bot needs to run, always successful. It runs in the measuring process, so that it
 * costs the measured processes only their calls.
 */
export interface FakeSlack {
  apiUrl: string
  /** How often each method was called. */
  calls: Map<string, number>
  close(): void
}

/** `emails`: of each account id. */
export async function startFakeSlack(emails: ReadonlyMap<string, string>): Promise<FakeSlack> {
  const calls = new Map<string, number>()
  let messages = 0
  const answers: Record<string, (args: URLSearchParams) => object> = {
    'auth.test': () => ({ team_id: 'T0BENCH', user_id: 'U0BOT', bot_id: 'B0BOT', user: 'thidua', team: 'bench' }),
    'users.info': (args) => user(args.get('user') ?? '', emails.get(args.get('user') ?? '')),
    'users.lookupByEmail': (args) => {
      const found = [...emails].find(([, email]) => email === args.get('email'))
      return found ? user(...found) : { ok: false, error: 'users_not_found' }
    },
    'chat.postMessage': (args) => ({ channel: `D${args.get('channel')}`, ts: `1700000000.${++messages}` }),
    'chat.update': (args) => ({ channel: args.get('channel'), ts: args.get('ts') }),
  }
  const server = createServer(async (request, response) => {
    const method = (request.url ?? '').split('/').pop() ?? ''
    calls.set(method, (calls.get(method) ?? 0) + 1)
    const args = new URLSearchParams(await textOf(request))
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ ok: true, ...answers[method]?.(args) }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    calls,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const user = (id: string, email?: string) => ({
  user: { id, team_id: 'T0BENCH', real_name: id, profile: { real_name: id, email } },
})

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request.setEncoding('utf8')) text += part
  return text
}
