import { isIP } from 'node:net'
import { z } from 'zod'

/** The validated environment. The variables' names are a contract: see docs/architecture.md. */
export interface Config {
  slack: { botToken: string; apiUrl?: string } & (
    | { appToken: string }
    | { signingSecret: string; port: number; host?: string }
  )
  admins: ReadonlySet<string>
  databaseUrl: string
  evidenceDir: string
  timeZone: string
  logLevel: 'debug' | 'info' | 'warn' | 'error'
}

/** `choose`: one of several variables is required, and none is set. */
export type ConfigFault = { name: string; fault: 'missing' | 'invalid' | 'choose' }

/** Holds the faults of all variables. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly ConfigFault[]) {
    super(faults.map((f) => `${f.name}: ${f.fault}`).join(', '))
  }
}

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** An IP address, or a host name (RFC 1123), whose last label is no number. */
const isHost = (host: string): boolean =>
  isIP(host) !== 0 ||
  (/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(host) &&
    !/(^|\.)\d+$/.test(host))

/** The variables with a value, trimmed; an empty one counts as not set. */
const filled = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([k, v]) => (v?.trim() ? [[k, v.trim()]] : [])))

const shared = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^file:.+/)
    .default('file:data/thidua.db'),
  EVIDENCE_DIR: z.string().default('data/evidence'),
  TIMEZONE: z.string().refine(isTimeZone).default('Asia/Ho_Chi_Minh'),
  LOG_LEVEL: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['debug', 'info', 'warn', 'error']))
    .default('info'),
  THIDUA_ADMINS: z
    .string()
    .regex(/^[\w\s,]+$/)
    .default(''),
})

const slack = z.object({
  // Rejects other kinds of tokens, which are easily pasted by mistake.
  SLACK_BOT_TOKEN: z.string().regex(/^(?!xapp-|xoxp-|xoxe)/),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^(?!xox)/)
    .optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^(?!xox|xapp-)/)
    .optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().refine(isHost).optional(),
  SLACK_API_URL: z.url().optional(),
})

type Shared = Pick<Config, 'admins' | 'databaseUrl' | 'evidenceDir' | 'timeZone'> & { logLevel: Config['logLevel'] }

/** The variables that do not concern Slack, for the command line. Throws ConfigError with every fault. */
export function readSharedConfig(environment: NodeJS.ProcessEnv): Shared {
  const parsed = shared.safeParse(filled(environment))
  if (!parsed.success) throw new ConfigError(faultsOf(parsed.error, filled(environment)))
  return sharedOf(parsed.data)
}

const sharedOf = (env: z.infer<typeof shared>): Shared => ({
  admins: new Set(env.THIDUA_ADMINS.split(/[\s,]+/).filter((id) => id !== '')),
  databaseUrl: env.DATABASE_URL,
  evidenceDir: env.EVIDENCE_DIR,
  timeZone: env.TIMEZONE,
  logLevel: env.LOG_LEVEL,
})

/** All variables. Throws ConfigError with every fault. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const env = filled(environment)
  const [a, b] = [shared.safeParse(env), slack.safeParse(env)]
  const faults = [...(a.error ? faultsOf(a.error, env) : []), ...(b.error ? faultsOf(b.error, env) : [])]
  if (!env.SLACK_APP_TOKEN && !env.SLACK_SIGNING_SECRET)
    faults.push({ name: 'SLACK_APP_TOKEN', fault: 'choose' }, { name: 'SLACK_SIGNING_SECRET', fault: 'choose' })
  if (faults.length > 0 || !a.success || !b.success) throw new ConfigError(faults)
  const { SLACK_BOT_TOKEN: botToken, SLACK_API_URL, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, PORT, HOST } = b.data
  // Slack's client appends the method to the URL without a slash.
  const apiUrl = SLACK_API_URL?.replace(/\/*$/, '/')
  return {
    ...sharedOf(a.data),
    slack: {
      botToken,
      apiUrl,
      ...(SLACK_APP_TOKEN
        ? { appToken: SLACK_APP_TOKEN }
        : { signingSecret: SLACK_SIGNING_SECRET as string, port: PORT, host: HOST }),
    },
  }
}

const faultsOf = (error: z.ZodError, env: Record<string, string>): ConfigFault[] =>
  [...new Set(error.issues.map((i) => String(i.path[0])))].map((name) => ({
    name,
    fault: env[name] === undefined ? 'missing' : 'invalid',
  }))
