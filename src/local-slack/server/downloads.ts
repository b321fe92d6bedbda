/**
 * The bytes of files, for whoever brings the bot's token; everybody else is sent to a login page, as Slack does it. What
 * can go wrong on the way is told by `slack.failDownload({…})`.
 */
import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { JsonObject } from '../json.js'
import { fileAt, mayRead } from '../state/files.js'
import { type Download, trackActivity, type Workspace } from '../state/workspace.js'
import type { FaultInjection } from './fault-injection.js'
import type { Handler } from './http.js'
import { send } from './http.js'

export interface DownloadFault {
  /** How many downloads are hit; default 1. */
  times?: number
  /** Only files like this: its id, its name, or by its description. */
  file?: string | ((info: JsonObject) => boolean)
  /** HTTP status instead of the file, e.g. 500. */
  status?: number
  /** Seconds: answers 429 with Retry-After. */
  retryAfter?: number
  /** Waits so long before anything is said. */
  delayMs?: number
  /** Says nothing until this resolves; the bot counts as quiet meanwhile. */
  after?: Promise<unknown>
  /** Never answers at all. */
  hang?: boolean
  /** Sends so many bytes, then nothing more for ever. */
  stallAfter?: number
  /** Sends so many bytes, then breaks the connection. */
  breakAfter?: number
  /** Answers 302 to this address. */
  redirectTo?: string
  /** An HTML login page with status 200, as for a token without `files:read`. */
  loginPage?: boolean
  /** Declares this Content-Length whatever is sent, or none at all. */
  contentLength?: number | 'none'
  /** After the file's own bytes goes on to so many in all, made up as they are sent. */
  endless?: number
}

const LOGIN = '<!DOCTYPE html><html lang="en"><head><title>Sign in | Slack</title></head><body></body></html>'
const html = { 'content-type': 'text/html; charset=utf-8' }

export const loginPage: Handler = (_, response) => send(response, 200, LOGIN, html)

const PIECE = Buffer.alloc(64 * 1024, 'x')

/** The file's bytes, then filler, so many in all. */
function* piecesOf(bytes: Buffer, total: number): Generator<Buffer> {
  for (let at = 0; at < Math.min(bytes.length, total); at += PIECE.length)
    yield bytes.subarray(at, Math.min(at + PIECE.length, bytes.length, total))
  for (let at = bytes.length; at < total; at += PIECE.length)
    yield PIECE.subarray(0, Math.min(PIECE.length, total - at))
}

const written = (response: ServerResponse, piece: Buffer) =>
  new Promise<boolean>((resolve) => {
    const gone = () => resolve(false)
    response.once('close', gone)
    response.write(piece, (cause) => {
      response.off('close', gone)
      resolve(!cause)
    })
  })

async function serve(
  response: ServerResponse,
  info: JsonObject,
  bytes: Buffer,
  fault: DownloadFault,
  download: Download,
) {
  const { stallAfter, breakAfter, endless = bytes.length, contentLength = endless } = fault
  response.writeHead(200, {
    'content-type': String(info.mimetype),
    ...(contentLength === 'none' ? {} : { 'content-length': contentLength }),
    // What is declared falsely can only end with the connection.
    ...(contentLength === endless ? {} : { connection: 'close' }),
  })
  const total = Math.min(Math.max(endless, bytes.length), stallAfter ?? Infinity, breakAfter ?? Infinity)
  if (total === 0) response.flushHeaders()
  for (const piece of piecesOf(bytes, total)) {
    if (!(await written(response, piece))) return
    download.sent += piece.length
  }
  if (breakAfter !== undefined) response.destroy()
  else if (stallAfter === undefined) response.end(() => contentLength !== endless && response.destroy())
}

/** True when the fault has answered in place of the file. */
function answered(response: ServerResponse, { status, retryAfter, redirectTo, loginPage: login }: DownloadFault) {
  if (retryAfter !== undefined) send(response, 429, 'ratelimited', { 'retry-after': String(retryAfter) })
  else if (status !== undefined) send(response, status, 'fault')
  else if (redirectTo !== undefined) send(response, 302, '', { location: redirectTo })
  else if (login) send(response, 200, LOGIN, html)
  else return false
  return true
}

export const createDownloads =
  (workspace: Workspace, faults: FaultInjection<DownloadFault>): Handler =>
  async (request, response, path) => {
    const { host = '', authorization } = request.headers
    const file = fileAt(workspace, path)
    const download = { file: String(file?.info.id ?? ''), host, authorization, at: workspace.now(), sent: 0 }
    workspace.downloads.push(download)
    const isBot = authorization === `Bearer ${workspace.botToken}` && mayRead(workspace)
    if (!isBot) return send(response, 302, '', { location: `http://${host}/signin?redir=${encodeURIComponent(path)}` })
    if (!file) return send(response, 404, 'not found')
    const fault = faults.take('download', file.info) ?? {}
    if (fault.hang) return
    await fault.after
    await trackActivity(workspace, async () => {
      if (fault.delayMs) await wait(fault.delayMs)
      if (!answered(response, fault)) await serve(response, file.info, file.bytes, fault, download)
    })
  }

export const matches = ({ file }: DownloadFault, info: JsonObject): boolean =>
  typeof file === 'function' ? file(info) : file === undefined || info.id === file || info.name === file
