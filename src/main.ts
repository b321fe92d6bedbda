import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { startBot } from './bot.js'
import { explain } from './cli/explain.js'
import { readConfig } from './config.js'
import { jsonLog } from './log.js'
import { openStore } from './store/open.js'

/** Slack's deadline for stopping: what is in hand is finished by then. */
const STOP_MS = 9000

const engine = [
  // The heap grows by half before it is cleared. Left to itself it doubles and trebles first: what a rush leaves behind
  // would lie there for as long as the bot runs.
  '--heap-growing-percent=50',
  // A bot runs for months and is seldom busy: what it does often is compiled a third as late, so that a rush finds it so.
  '--interrupt-budget=40000',
]

/** config → store → chat → jobs; a clean start, a clean stop. */
async function main(): Promise<void> {
  loadEnvFile()
  const config = readConfig(process.env)
  const log = jsonLog(config.logLevel)
  const store = await openStore(config.databaseUrl)
  const bot = await startBot({ config, store, clock: () => new Date(), log, httpThread: threadFile() })
  // Not sooner: with other flags Node reads none of its own parts from its cache of compiled ones.
  for (const flag of engine) setFlagsFromString(flag)
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
  // The process is in an unknown state: what was acknowledged is stored, so the supervisor may start it anew.
  function fall(error: unknown): void {
    log.error('unhandled', { error: error instanceof Error ? error : new Error(String(error)) })
    process.exit(1)
  }
  process.on('unhandledRejection', fall)
  process.on('uncaughtException', fall)
}

/** Stands beside the built bot; the command line's `start` runs from another folder and does without. */
function threadFile(): string | undefined {
  const file = fileURLToPath(new URL('./http-thread.mjs', import.meta.url))
  return existsSync(file) ? file : undefined
}

function loadEnvFile(): void {
  try {
    process.loadEnvFile()
  } catch {
    // No .env file: the environment alone speaks.
  }
}

main().catch((error: unknown) => {
  console.error(explain(error))
  process.exit(1)
})
