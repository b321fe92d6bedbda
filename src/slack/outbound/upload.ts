import { Readable } from 'node:stream'
import type { WebClient } from '@slack/web-api'
import { type FileSender, SendError } from '../../commands/chat.js'
import { escapeText } from '../render/mrkdwn.js'
import { call, failure } from './errors.js'
import { isSlackHost } from './files.js'

interface Options {
  client: WebClient
  /** Another base of Slack's Web API, for tests. */
  apiUrl?: string
  /** The bytes of a stored file. */
  open: (sha256: string) => Readable
}

/**
 * Sends files as a direct message (scope files:write): gets an address for each, uploads its bytes, then completes all of
 * them as one message. Bytes are streamed, and sent only to Slack's hosts.
 */
export const slackFileSender = ({ client, apiUrl, open }: Options): FileSender => ({
  async send({ accountId, comment, files, earlier, posting }, signal) {
    // A message with files needs the conversation's own id (docs.slack.dev, files.completeUploadExternal).
    const opened = await call(client, () => client.conversations.open({ users: accountId }))
    const channel = opened.channel?.id as string
    if (earlier.length > 0 && (await hasArrived(client, channel, earlier))) return
    const done: { id: string; title: string }[] = []
    for (const file of files) {
      signal.throwIfAborted()
      const { name } = file
      const size = 'bytes' in file ? file.bytes.length : file.size
      const to = await call(client, () => client.files.getUploadURLExternal({ filename: name, length: size }))
      await upload(
        to.upload_url ?? '',
        'bytes' in file ? Readable.from([file.bytes]) : open(file.sha256),
        size,
        signal,
        apiUrl,
      )
      done.push({ id: to.file_id as string, title: name })
    }
    const [first, ...rest] = done
    if (!first) return
    await posting(done.map(({ id }) => id))
    await call(client, () =>
      client.files.completeUploadExternal({
        files: [first, ...rest],
        channel_id: channel,
        initial_comment: escapeText(comment),
      }),
    )
  },
})

/** How far back a message with files is searched for: it was posted a few minutes ago. */
const PAGES = 3
const PAGE = 200

/** Whether a message of the conversation has one of these files. Throws SendError. */
async function hasArrived(client: WebClient, channel: string, ids: readonly string[]): Promise<boolean> {
  let cursor: string | undefined
  for (let page = 0; page < PAGES; page++) {
    const asked = { channel, limit: PAGE, ...(cursor ? { cursor } : {}) }
    const history = await call(client, () => client.conversations.history(asked))
    if (history.messages?.some((m) => m.files?.some(({ id }) => id !== undefined && ids.includes(id)))) return true
    cursor = history.response_metadata?.next_cursor || undefined
    if (!cursor) return false
  }
  return false
}

/** Posts the bytes. Throws SendError; the original error may contain the address, which is secret. */
async function upload(
  address: string,
  bytes: Readable,
  size: number,
  signal: AbortSignal,
  apiUrl?: string,
): Promise<void> {
  try {
    if (!isSlackHost(address, apiUrl)) throw failure('refused', 'upload elsewhere')
    const request: RequestInit = {
      method: 'POST',
      // The length of a stream is unknown to fetch, and Slack compares the bytes with the announced size.
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(size) },
      body: bytes,
      duplex: 'half',
      redirect: 'error',
      signal,
    }
    const response = await fetch(address, request)
    await response.body?.cancel()
    if (!response.ok) throw failure('uncertain', `upload http ${response.status}`)
  } catch (error) {
    if (error instanceof SendError) throw error
    throw failure('uncertain', 'upload failed')
  } finally {
    bytes.destroy()
  }
}
