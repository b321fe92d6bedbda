import { Readable } from 'node:stream'
import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api'
import { broken, FileFault, MAX_FILE_BYTES, refused } from '../../core/attachment/attachment.js'

/** A file of Slack (docs.slack.dev, file object). */
export interface SlackFile {
  id: string
  /** `url_private_download`. Missing for files shared by another workspace; then `files.info` is called. */
  url?: string
  /** In bytes, as reported by Slack. */
  size?: number
}

export interface SlackFiles {
  /**
   * The file's bytes. Throws FileFault; the stream fails with FileFault too. The caller must read the stream to the end or
   * destroy it: both close the connection, and so does `signal`.
   */
  open(file: SlackFile, signal?: AbortSignal): Promise<Readable>
}

interface Options {
  token: string
  /** Another base of Slack's Web API, for tests; files may be downloaded from its host too. */
  apiUrl?: string
  client: Pick<WebClient, 'files'>
  /** How long the connection may be silent, in ms. */
  stallMs?: number
  maxBytes?: number
}

interface Answer {
  body: AsyncIterable<Uint8Array> | null
  quiet: AbortController
}

const MAX_HOPS = 3
const RATE_LIMIT_PAUSE_S = 30

/** Whether an address is on a host of Slack over TLS, or on the host of `apiUrl`. */
export function isSlackHost(address: string, apiUrl?: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  const isSlack = url.protocol === 'https:' && url.port === '' && /(^|\.)slack\.com$/.test(url.hostname)
  return isSlack || (apiUrl !== undefined && url.origin === new URL(apiUrl).origin)
}

/** Downloads with the bot's token (scope files:read), which is sent only to Slack's hosts. */
export function slackFiles({
  token,
  apiUrl,
  client,
  stallMs = 15_000,
  maxBytes = MAX_FILE_BYTES,
}: Options): SlackFiles {
  async function open(file: SlackFile, signal?: AbortSignal): Promise<Readable> {
    if ((file.size ?? 0) > maxBytes) throw refused('too_large')
    const first = file.url ? await download(file.url, signal) : undefined
    if (first && !(first instanceof FileFault)) return stream(first, file.size)
    // Addresses expire, and without access Slack answers with a page. A new address may work.
    const fresh = await ask(client, file.id)
    if ((fresh.size ?? 0) > maxBytes) throw refused('too_large')
    const second = await download(fresh.url, signal)
    if (second instanceof FileFault) throw second
    return stream(second, fresh.size ?? file.size)
  }

  /** The response with the file, or a fault that a new address may avoid. */
  async function download(address: string, signal?: AbortSignal): Promise<Answer | FileFault> {
    let url = allowed(address)
    for (let hop = 0; hop <= MAX_HOPS; hop++) {
      const quiet = new AbortController()
      const stop = () => quiet.abort()
      if (signal?.aborted) stop()
      signal?.addEventListener('abort', stop, { once: true })
      const response = await withTimeout(quiet, stallMs, () =>
        fetch(url, {
          headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'identity' },
          redirect: 'manual',
          signal: quiet.signal,
        }),
      )
      const { status, headers } = response
      const location = headers.get('location')
      const isPage = headers.get('content-type')?.startsWith('text/html')
      const isTooLarge = Number(headers.get('content-length')) > maxBytes
      if (status === 200 && !isPage && !isTooLarge) return { body: response.body, quiet }
      quiet.abort()
      if (status >= 300 && status < 400 && location) {
        url = allowed(location, url)
        continue
      }
      if (status === 200) {
        if (isTooLarge) throw refused('too_large')
        return refused('html')
      }
      if (status === 429) throw later(Number(headers.get('retry-after')) || RATE_LIMIT_PAUSE_S)
      if (status >= 500 || status === 408) throw broken('server')
      return refused(status === 404 || status === 410 ? 'gone' : 'no_access')
    }
    throw refused('elsewhere')
  }

  function allowed(address: string, base?: URL): URL {
    if (!URL.canParse(address, base?.href)) throw refused('elsewhere')
    const url = new URL(address, base)
    if (!isSlackHost(url.href, apiUrl)) throw refused('elsewhere')
    return url
  }

  /** Destroying the stream closes the connection at once, even while it waits for bytes. */
  function stream(answer: Answer, size = 0): Readable {
    const chunks = checked(answer, size)
    return new Readable({
      read() {
        chunks.next().then(
          ({ done, value }) => this.push(done ? null : value),
          (error) => this.destroy(error),
        )
      },
      destroy(error, done) {
        answer.quiet.abort()
        done(error)
      },
    })
  }

  /** Yields the whole file or throws. The timeout counts only the time that Slack takes, not the disk. */
  async function* checked({ body, quiet }: Answer, size: number): AsyncGenerator<Uint8Array> {
    let received = 0
    const chunks = body?.[Symbol.asyncIterator]()
    while (chunks) {
      const { done, value } = await withTimeout(quiet, stallMs, () => chunks.next())
      if (done) break
      received += value.length
      if (received > maxBytes) throw refused('too_large')
      yield value
    }
    if (received < size) throw broken('cut_short')
  }

  return { open }
}

/** Throws FileFault for any failure of the connection. The original error may contain the address, which is secret. */
async function withTimeout<T>(quiet: AbortController, ms: number, wait: () => Promise<T>): Promise<T> {
  let hasStalled = false
  const timer = setTimeout(() => {
    hasStalled = true
    quiet.abort()
  }, ms)
  try {
    return await wait()
  } catch {
    throw broken(hasStalled ? 'stalled' : 'connection')
  } finally {
    clearTimeout(timer)
  }
}

const later = (seconds: number) => new FileFault('later', 'rate_limited', Math.max(1, seconds) * 1000)

/** Faults of the installation, which an administrator can repair: files wait. */
const installation = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'team_added_to_org',
])

const passing = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'])

/** `files.info`: where the file is now. Throws FileFault. */
async function ask(client: Pick<WebClient, 'files'>, id: string): Promise<{ url: string; size: number | undefined }> {
  const { file } = await client.files.info({ file: id }).catch((error: unknown) => {
    if (error instanceof WebAPIRateLimitedError) throw later(error.retryAfter)
    if (!(error instanceof WebAPIPlatformError)) throw broken('connection')
    const code = error.data.error
    if (code === 'ratelimited') throw later(RATE_LIMIT_PAUSE_S)
    if (installation.has(code)) throw new FileFault('later', 'installation', 60_000)
    if (passing.has(code)) throw broken('server')
    throw refused(code === 'file_not_found' || code === 'file_deleted' ? 'gone' : 'no_access')
  })
  if (file?.mode === 'tombstone' || !file) throw refused('gone')
  const url = file.url_private_download ?? file.url_private
  if (!url) throw refused(file.mode === 'hidden_by_limit' ? 'gone' : 'no_access')
  return { url, size: file.size }
}
