/**
 * File downloads with the bot's token; a request without it is redirected to a login page, as in Slack.
 * `slack.failDownload({…})` injects faults.
 */
import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { JsonObject } from '../json.js'
import { canReadFiles, fileAt } from '../state/files.js'
import { type Download, trackActivity, type Workspace } from '../state/workspace.js'
import type { FaultInjection } from './fault-injection.js'
import type { Handler } from './http.js'
import { send } from './http.js'

export interface DownloadFault {
  /** How many downloads fail this way; default 1. */
  times?: number
  /** Limits the fault to files with this id or name, or whose file object fulfils this. */
  file?: string | ((info: JsonObject) => boolean)
  /** HTTP status to answer with, e.g. 500. */
  status?: number
  /** Answers 429 with this Retry-After, in seconds. */
  retryAfter?: number
  /** Delay before the answer. */
  delayMs?: number
  /** Answers only after this resolves; the bot counts as idle until then. */
  after?: Promise<unknown>
  /** Never answers. */
  hang?: boolean
  /** Stalls for good after this many bytes. */
  stallAfter?: number
  /** Breaks the connection after this many bytes. */
  breakAfter?: number
  /** Redirects (302) to this URL. */
  redirectTo?: string
  /** Answers 200 with an HTML login page, as Slack does for a token without `files:read`. */
  loginPage?: boolean
  /** Declares this Content-Length regardless of the number of bytes sent; `none` declares none. */
  contentLength?: number | 'none'
  /** Appends filler, generated while sending, up to this many bytes in all. */
  endless?: number
}

const LOGIN = '<!DOCTYPE html><html lang="en"><head><title>Sign in | Slack</title></head><body></body></html>'
const html = { 'content-type': 'text/html; charset=utf-8' }

export const loginPage: Handler = (_, response) => send(response, 200, LOGIN, html)

const FILLER = Buffer.alloc(64 * 1024, 'x')

/** The file's bytes, then filler, up to `total` bytes. */
function* chunksOf(bytes: Buffer, total: number): Generator<Buffer> {
  for (let at = 0; at < Math.min(bytes.length, total); at += FILLER.length)
    yield bytes.subarray(at, Math.min(at + FILLER.length, bytes.length, total))
  for (let at = bytes.length; at < total; at += FILLER.length)
    yield FILLER.subarray(0, Math.min(FILLER.length, total - at))
}

const writeChunk = (response: ServerResponse, piece: Buffer) =>
  new Promise<boolean>((resolve) => {
    const gone = () => resolve(false)
    response.once('close', gone)
    response.write(piece, (cause) => {
      response.off('close', gone)
      resolve(!cause)
    })
  })

async function sendFile(
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
    // A false Content-Length needs the connection closed to end the response.
    ...(contentLength === endless ? {} : { connection: 'close' }),
  })
  const total = Math.min(Math.max(endless, bytes.length), stallAfter ?? Infinity, breakAfter ?? Infinity)
  if (total === 0) response.flushHeaders()
  for (const piece of chunksOf(bytes, total)) {
    if (!(await writeChunk(response, piece))) return
    download.sent += piece.length
  }
  if (breakAfter !== undefined) response.destroy()
  else if (stallAfter === undefined) response.end(() => contentLength !== endless && response.destroy())
}

/** True when the fault has answered in place of the file. */
function answerWithFault(
  response: ServerResponse,
  { status, retryAfter, redirectTo, loginPage: login }: DownloadFault,
) {
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
    const isBot = authorization === `Bearer ${workspace.botToken}` && canReadFiles(workspace)
    if (!isBot) return send(response, 302, '', { location: `http://${host}/signin?redir=${encodeURIComponent(path)}` })
    if (!file) return send(response, 404, 'not found')
    const fault = faults.take('download', file.info) ?? {}
    if (fault.hang) return
    await fault.after
    await trackActivity(workspace, async () => {
      if (fault.delayMs) await wait(fault.delayMs)
      if (!answerWithFault(response, fault)) await sendFile(response, file.info, file.bytes, fault, download)
    })
  }

export const matchesDownload = ({ file }: DownloadFault, info: JsonObject): boolean =>
  typeof file === 'function' ? file(info) : file === undefined || info.id === file || info.name === file
