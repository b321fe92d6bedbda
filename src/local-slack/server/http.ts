/** Helpers for node:http. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isJsonObject, type JsonObject, parseJson } from '../json.js'

/** Answers the requests whose path starts with the prefix that it is registered for. */
export type Handler = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void> | void

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

export function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  const isText = typeof body === 'string'
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'
  response.writeHead(status, { 'content-type': type, ...headers })
  response.end(isText ? body : JSON.stringify(body))
}

const JSON_ARGUMENTS = ['blocks', 'view', 'metadata', 'attachments', 'files', 'unfurls']

/** The arguments of a Web API call, whose body is JSON, or a form with JSON in some of its fields. */
export function parseArgs(contentType: string, body: string): { args: JsonObject; error?: string } {
  const isJson = contentType.includes('application/json')
  const parsed = isJson ? parseJson(body || '{}') : Object.fromEntries(new URLSearchParams(body))
  if (!isJsonObject(parsed)) return { args: {}, error: 'invalid_json' }
  const args: JsonObject = { ...parsed }
  for (const key of JSON_ARGUMENTS) {
    const value = args[key]
    if (typeof value !== 'string') continue
    const inner = parseJson(value)
    if (inner === undefined) return { args, error: key === 'blocks' ? 'invalid_blocks_format' : 'invalid_arguments' }
    args[key] = inner
  }
  return { args }
}
