import { Readable } from 'node:stream'
import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api'
import { broken, FileFault, MAX_FILE_BYTES, refused } from '../../core/attachment/attachment.js'

/** A file as Slack tells of it (docs.slack.dev, file object). */
export interface SlackFile {
  id: string
  /** `url_private_download`; asked for when left out, since it is missing where other workspaces share files. */
  url?: string
  /** In bytes, as Slack says. */
  size?: number
}

export interface SlackFiles {
  /**
   * The file's bytes. Throws FileFault, and so does the stream while it is read. Whoever takes a stream reads it to the end or
   * destroys it; both close the connection, and so does `signal`.
   */
  open(file: SlackFile, signal?: AbortSignal): Promise<Readable>
}

interface Options {
  token: string
  /** The base of another Slack, for tests: files may lie there too. */
  apiUrl?: string
  client: Pick<WebClient, 'files'>
  /** How long the connection may be silent. */
  stallMs?: number
  maxBytes?: number
}

interface Answer {
  body: AsyncIterable<Uint8Array> | null
  quiet: AbortController
}

const MAX_HOPS = 3
const RATE_LIMIT_PAUSE_S = 30

/** Slack's hosts over TLS, or exactly where the test's Slack (`apiUrl`) is. */
export function isSlackHost(address: string, apiUrl?: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  const isSlack = url.protocol === 'https:' && url.port === '' && /(^|\.)slack\.com$/.test(url.hostname)
  return isSlack || (apiUrl !== undefined && url.origin === new URL(apiUrl).origin)
}

/** Downloads with the bot's own token, which is shown to Slack's own hosts alone (scope files:read). */
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
    // An address grows old, and where the bot is not let in Slack answers with a page: a fresh one may do.
    const fresh = await ask(client, file.id)
    if ((fresh.size ?? 0) > maxBytes) throw refused('too_large')
    const second = await download(fresh.url, signal)
    if (second instanceof FileFault) throw second
    return stream(second, fresh.size ?? file.size)
  }

  /** The answer that carries the file, or the fault that a fresh address might mend. */
  async function download(address: string, signal?: AbortSignal): Promise<Answer | FileFault> {
    let url = allowed(address)
    for (let hop = 0; hop <= MAX_HOPS; hop++) {
      const quiet = new AbortController()
      const stop = () => quiet.abort()
      if (signal?.aborted) stop()
      signal?.addEventListener('abort', stop, { once: true })
      const response = await patiently(quiet, stallMs, () =>
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

  /** Letting go of the stream lets go of the connection at once, even while the next bytes are waited for. */
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

  /** Ends whole or throws. The clock runs only while Slack is waited for, not while the disk is. */
  async function* checked({ body, quiet }: Answer, size: number): AsyncGenerator<Uint8Array> {
    let received = 0
    const chunks = body?.[Symbol.asyncIterator]()
    while (chunks) {
      const { done, value } = await patiently(quiet, stallMs, () => chunks.next())
      if (done) break
      received += value.length
      if (received > maxBytes) throw refused('too_large')
      yield value
    }
    if (received < size) throw broken('cut_short')
  }

  return { open }
}

/** Throws FileFault for whatever a connection may do. Its own errors may hold addresses and are not handed on. */
async function patiently<T>(quiet: AbortController, ms: number, wait: () => Promise<T>): Promise<T> {
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

/** Faults of the installation: what waits is kept until they are mended. */
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
