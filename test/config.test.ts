import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig, readSharedConfig } from '../src/config.js'
import { cli } from '../src/text/vi/cli/cli.js'

const http = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'secret' }
const faultsOf = (env: NodeJS.ProcessEnv, read: (env: NodeJS.ProcessEnv) => unknown = readConfig) => {
  try {
    read(env)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.faults.map((f) => `${f.name} ${f.fault}`)
  }
}

describe('the environment', () => {
  it('without any variable is refused with everything that is missing, at once', () => {
    expect(faultsOf({})).toEqual(['SLACK_BOT_TOKEN missing', 'SLACK_APP_TOKEN choose', 'SLACK_SIGNING_SECRET choose'])
  })

  it('for HTTP needs a token and a signing secret; the rest has defaults', () => {
    expect(readConfig(http)).toEqual({
      slack: { botToken: 'xoxb-1', signingSecret: 'secret', port: 3000, apiUrl: undefined },
      admins: new Set(),
      databaseUrl: 'file:data/thidua.db',
      evidenceDir: 'data/evidence',
      timeZone: 'Asia/Ho_Chi_Minh',
      logLevel: 'info',
    })
  })

  it('with an app token selects Socket Mode, also with a signing secret', () => {
    expect(readConfig({ ...http, SLACK_APP_TOKEN: 'xapp-1', PORT: '80' }).slack).toEqual({
      botToken: 'xoxb-1',
      appToken: 'xapp-1',
      apiUrl: undefined,
    })
  })

  it.each<[string, NodeJS.ProcessEnv, string[]]>([
    ['empty lines, as in a .env file', { ...http, SLACK_APP_TOKEN: '', PORT: ' ', LOG_LEVEL: '' }, []],
    ['spaces around a value', { ...http, SLACK_BOT_TOKEN: ' xoxb-1 ', TIMEZONE: ' UTC ' }, []],
    ['a level in capitals', { ...http, LOG_LEVEL: 'DEBUG' }, []],
    ['any free port', { ...http, PORT: '0' }, []],
    ['an app token in place of the bot’s', { ...http, SLACK_BOT_TOKEN: 'xapp-1' }, ['SLACK_BOT_TOKEN invalid']],
    ['a person’s token in place of the bot’s', { ...http, SLACK_BOT_TOKEN: 'xoxp-1' }, ['SLACK_BOT_TOKEN invalid']],
    [
      'a bot token in place of the app’s',
      { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xoxb-1' },
      ['SLACK_APP_TOKEN invalid'],
    ],
    ['a token as the secret', { ...http, SLACK_SIGNING_SECRET: 'xoxb-1' }, ['SLACK_SIGNING_SECRET invalid']],
    ['a port that is none', { ...http, PORT: 'http' }, ['PORT invalid']],
    ['a port too high', { ...http, PORT: '65536' }, ['PORT invalid']],
    ['an IPv4 address', { ...http, HOST: '0.0.0.0' }, []],
    ['an IPv6 address', { ...http, HOST: '::' }, []],
    ['a host name', { ...http, HOST: 'bot-1.truong.edu.vn' }, []],
    ['a host that is a URL', { ...http, HOST: 'http://127.0.0.1' }, ['HOST invalid']],
    ['a host with a port', { ...http, HOST: '127.0.0.1:3000' }, ['HOST invalid']],
    ['a host that is an impossible address', { ...http, HOST: '127.0.0.256' }, ['HOST invalid']],
    ['a host that is a star', { ...http, HOST: '*' }, ['HOST invalid']],
    ['a database that is not known', { ...http, DATABASE_URL: 'postgres://x' }, ['DATABASE_URL invalid']],
    ['a time zone that is none', { ...http, TIMEZONE: 'Hanoi' }, ['TIMEZONE invalid']],
    ['a level that is none', { ...http, LOG_LEVEL: 'loud' }, ['LOG_LEVEL invalid']],
    ['e-mails for admins', { ...http, THIDUA_ADMINS: 'a@b.vn' }, ['THIDUA_ADMINS invalid']],
    ['an address of Slack that is none', { ...http, SLACK_API_URL: 'slack' }, ['SLACK_API_URL invalid']],
    [
      'several faults',
      { PORT: 'x', TIMEZONE: 'x', SLACK_SIGNING_SECRET: 's' },
      ['TIMEZONE invalid', 'SLACK_BOT_TOKEN missing', 'PORT invalid'],
    ],
  ])('with %s', (_, env, expected) => {
    expect(faultsOf(env)).toEqual(expected)
  })

  it('separates admins by commas or spaces', () => {
    expect(readConfig({ ...http, THIDUA_ADMINS: 'U1, U2 U3,,' }).admins).toEqual(new Set(['U1', 'U2', 'U3']))
  })

  it('listens where HOST says', () => {
    expect(readConfig({ ...http, HOST: ' 0.0.0.0 ' }).slack).toMatchObject({ host: '0.0.0.0' })
  })

  it.each([
    ['http://127.0.0.1:9/api', 'http://127.0.0.1:9/api/'],
    ['http://127.0.0.1:9/api/', 'http://127.0.0.1:9/api/'],
    ['http://127.0.0.1:9/api//', 'http://127.0.0.1:9/api/'],
  ])('may name another Slack: %s', (url, expected) => {
    expect(readConfig({ ...http, SLACK_API_URL: url }).slack.apiUrl).toBe(expected)
  })

  it('of the command line needs no Slack variables', () => {
    expect(readSharedConfig({}).databaseUrl).toBe('file:data/thidua.db')
    expect(faultsOf({ TIMEZONE: 'x' }, readSharedConfig)).toEqual(['TIMEZONE invalid'])
  })

  it('is explained in words, each variable with the place where it is found', () => {
    for (const name of Object.keys({
      ...http,
      SLACK_APP_TOKEN: 0,
      PORT: 0,
      HOST: 0,
      DATABASE_URL: 0,
      TIMEZONE: 0,
      LOG_LEVEL: 0,
      THIDUA_ADMINS: 0,
      SLACK_API_URL: 0,
    }))
      expect(cli.configLine({ name, fault: 'missing' })).toMatch(new RegExp(`^  ${name} – còn thiếu: .{10,}`))
  })
})
