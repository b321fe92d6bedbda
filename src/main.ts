import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { startBot } from './bot.js'
import { explain } from './cli/explain.js'
import { readConfig } from './config.js'
import { jsonLog } from './log.js'
import { openStore } from './store/open.js'
import { cli } from './text/vi/cli/cli.js'

/** The process must exit within 10 s of SIGTERM (docs/architecture.md); work in progress has this long to finish. */
const STOP_MS = 9000

/**
 * Collect garbage when the heap has grown by half; by default it may double or treble first, and the memory of one peak would
 * stay allocated for as long as the process runs. Measured after 6,000 forms: 172 MB, without it 178 MB, without it and
 * without the ASCII bundle (scripts/bundle.mjs) 186 MB.
 */
const HEAP_FLAG = '--heap-growing-percent=50'

/** Reads the configuration, opens the store, starts the bot, and stops both on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const words = process.argv.slice(2)
  // `npm run thidua -- start` runs this file too.
  if (words.length > 0 && words.join() !== 'start') {
    console.error(cli.noArguments(words.map(quoted).join(' ')))
    process.exit(2)
  }
  loadEnvFile()
  const config = readConfig(process.env)
  const log = jsonLog(config.logLevel)
  const store = await openStore(config.databaseUrl)
  const bot = await startBot({ config, store, clock: () => new Date(), log, httpWorkerFile: workerFile() })
  // Set after the start: with changed flags, Node does not load its own modules from its code cache.
  setFlagsFromString(HEAP_FLAG)
  log.info('started', { mode: 'appToken' in config.slack ? 'socket' : 'http', port: bot.port })

  let stopping = false
  async function stop(signal: string): Promise<void> {
    if (stopping) return
    stopping = true
    log.info('stopping', { signal })
    await bot.stop(STOP_MS)
    await store.close()
    log.info('stopped')
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop('SIGTERM'))
  process.on('SIGINT', () => void stop('SIGINT'))
  // The process is in an unknown state. Everything acknowledged is stored, so the supervisor can restart it.
  function crash(error: unknown): void {
    log.error('unhandled', { error: error instanceof Error ? error : new Error(String(error)) })
    process.exit(1)
  }
  process.on('unhandledRejection', crash)
  process.on('uncaughtException', crash)
}

/** A word as it must be typed in a shell again. */
const quoted = (word: string): string => (/^[\w./:=@,+-]+$/.test(word) ? word : JSON.stringify(word))

/** The HTTP worker's file beside the built bot; undefined when started through the command line, which runs from another folder. */
function workerFile(): string | undefined {
  const file = fileURLToPath(new URL('./http-worker.mjs', import.meta.url))
  return existsSync(file) ? file : undefined
}

function loadEnvFile(): void {
  try {
    process.loadEnvFile()
  } catch {
    // There is no .env file: the environment alone is used.
  }
}

main().catch((error: unknown) => {
  console.error(explain(error))
  process.exit(1)
})
