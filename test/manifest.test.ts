import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commands, shortcuts } from '../src/commands/registry.js'
import { menu } from '../src/text/vi/home/menu.js'

const root = new URL('../', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')
const manifest = JSON.parse(read('manifests/slack.json'))
const slack = readdirSync(new URL('src/slack', root), { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.ts'))
  .map((f) => read(`src/slack/${f}`))
  .join('\n')

/** Token scopes that a method needs (docs.slack.dev, the method's page); none for views and auth.test. */
const scopesOf: Record<string, string[]> = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['im:history'],
  'conversations.open': ['im:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  // People are matched by the e-mail address of their profile.
  'users.info': ['users:read', 'users:read.email'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
}
/** Token scopes that an event needs (docs.slack.dev, the event's page). */
const scopesOfEvent: Record<string, string[]> = { app_home_opened: [], 'message.im': ['im:history'] }

describe('the manifest for Slack', () => {
  const { display_information: shown, features, oauth_config: oauth, settings } = manifest

  it('offers one command, with a hint that names each subcommand', () => {
    expect(features.slash_commands).toHaveLength(1)
    const [command] = features.slash_commands
    expect(command).toMatchObject({ command: '/thidua', should_escape: false })
    expect(command.usage_hint.split(' | ').sort()).toEqual(commands.map((c) => c.name).sort())
  })

  it('offers each message shortcut, within Slack’s lengths', () => {
    const offered: Record<'name' | 'type' | 'callback_id' | 'description', string>[] = features.shortcuts
    expect(offered.map((s) => s.callback_id).sort()).toEqual([...shortcuts.keys()].sort())
    for (const { type, name, description } of offered) {
      expect(type).toBe('message')
      expect(name.length).toBeLessThanOrEqual(24)
      expect(description.length).toBeLessThanOrEqual(150)
    }
  })

  it('requests the scopes that the bot’s calls and events need, and no others', () => {
    const methods = [...new Set([...slack.matchAll(/\bclient\)?\.(\w+\.\w+)\(/g)].map((m) => m[1] as string))]
    expect(methods.filter((m) => !(m in scopesOf))).toEqual([])
    expect(methods).toContain('chat.postMessage')
    const events: string[] = settings.event_subscriptions.bot_events
    const needed = [...methods.map((m) => scopesOf[m]), ...events.map((e) => scopesOfEvent[e])].flat()
    expect([...oauth.scopes.bot].sort()).toEqual([...new Set(['commands', ...needed])].sort())
    expect(oauth.scopes.user).toBeUndefined()
  })

  it('subscribes to the events that the bot handles', () => {
    const app = read('src/slack/inbound/app.ts')
    const heard = [...app.matchAll(/(?<!\.)\btype === '(\w+)'/g)].map((m) => m[1] as string)
    const events: string[] = settings.event_subscriptions.bot_events
    expect(events.map((e) => e.replace(/\.im$/, '')).sort()).toEqual([...new Set(heard)].sort())
  })

  it('needs no public address: Socket Mode, interactivity, the home and the messages tab are on', () => {
    expect(settings).toMatchObject({
      socket_mode_enabled: true,
      interactivity: { is_enabled: true },
      org_deploy_enabled: false,
      token_rotation_enabled: false,
    })
    expect(features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    })
    expect(JSON.stringify(manifest)).not.toContain('http')
  })

  it('has Vietnamese texts within Slack’s lengths', () => {
    expect(shown.name.length).toBeLessThanOrEqual(35)
    expect(shown.description.length).toBeLessThanOrEqual(140)
    expect(shown.long_description.length).toBeGreaterThanOrEqual(175)
    expect(shown.long_description.length).toBeLessThanOrEqual(4000)
    expect(features.bot_user.display_name.length).toBeLessThanOrEqual(80)
    expect(features.slash_commands[0].usage_hint.length).toBeLessThanOrEqual(1000)
    expect(read('manifests/slack.json')).toBe(read('manifests/slack.json').normalize('NFC'))
  })
})

describe('the registry', () => {
  it('has a label and a line of help for exactly the subcommands', () => {
    const names = commands.map((c) => c.name).sort()
    expect(Object.keys(menu.labels).sort()).toEqual(names)
    expect(Object.keys(menu.help).sort()).toEqual(names)
  })

  it('uses every word for one subcommand only', () => {
    const words = commands.flatMap((c) => [c.name, ...c.aliases])
    expect(words.filter((w, i) => words.indexOf(w) !== i)).toEqual([])
  })

  it('accepts English words', () => {
    const byAlias = (alias: string) => commands.find((c) => c.aliases.includes(alias))?.name
    expect(['submit', 'status', 'summary', 'help'].map(byAlias)).toEqual(['nop', 'trangthai', 'tonghop', 'trogiup'])
  })
})
