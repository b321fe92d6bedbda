import { cli as t } from './text/vi/cli/cli.js'

/** Each command's module is loaded on demand, so that a start does not load spreadsheet code. */
const commands: Record<string, (args: string[]) => Promise<number>> = {
  start: async (args) => {
    if (args.length > 0) return refuse('start', ...args)
    await import('./main.js')
    return KEEP_RUNNING
  },
  demo: async (args) => {
    if (args.length > 0) return refuse('demo', ...args)
    await (await import('./demo/demo.js')).demo()
    return KEEP_RUNNING
  },
  plan: async (args) => (await import('./cli/plan.js')).plan(args),
  roster: async (args) => (await import('./cli/roster.js')).roster(args),
  holidays: async (args) => (await import('./cli/holidays.js')).holidays(args),
  audit: async (args) => (await import('./cli/audit.js')).audit(args),
  account: async (args) => (await import('./cli/account.js')).account(args),
  tick: async (args) => (await import('./cli/tick.js')).tickOnce(args),
  outbox: async (args) => (await import('./cli/outbox.js')).outbox(args),
  evidence: async (args) => (await import('./cli/evidence.js')).evidence(args),
  doctor: async (args) => (args.length > 0 ? refuse('doctor', ...args) : (await import('./cli/doctor.js')).doctor()),
}

const refuse = async (...words: string[]) => (await import('./cli/unknown-command.js')).unknownCommand(...words)

const KEEP_RUNNING = -1

async function main(): Promise<void> {
  try {
    process.loadEnvFile()
  } catch {
    // There is no .env file: the environment alone is used.
  }
  const [name = '', ...args] = process.argv.slice(2)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    if (name !== '' && name !== 'help' && name !== '--help') console.error(t.unknownCommand(name))
    console.log(t.usage)
    process.exitCode = name === '' || name.endsWith('help') ? 0 : 2
    return
  }
  const code = await command(args)
  if (code !== KEEP_RUNNING) process.exitCode = code
}

main().catch(async (error: unknown) => {
  const { explain } = await import('./cli/explain.js')
  console.error(explain(error))
  process.exit(1)
})
