import { ConfigError } from '../config.js'
import { EvidenceDirError } from '../files/vault.js'
import { slackError } from '../slack/outbound/errors.js'
import { DatabaseFileError, DatabaseUrlError } from '../store/open.js'
import { cli as t } from '../text/vi/cli/cli.js'

/** An error of the start or of a command as a sentence for the person who ran it; the stack of an unexpected one. */
export function explain(error: unknown): string {
  if (error instanceof ConfigError) return [t.configTitle, ...error.faults.map(t.configLine), t.configDemo].join('\n')
  if (error instanceof DatabaseUrlError) return t.databaseUrl(error.message)
  if (error instanceof DatabaseFileError) return t.databaseFile(error.file, error.code)
  if (error instanceof EvidenceDirError) return t.evidenceDir(error.dir, error.message)
  const refused = slackError(error)
  if (refused) return t.slackRefused(refused)
  const { code, message, stack } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return t.portTaken
  // `listen` is the system's own call; a host name is looked up before it.
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') return t.hostUnusable(code)
  if (code === 'EACCES' && message.startsWith('listen ')) return t.portForbidden(code)
  if (String(code).startsWith('slack_webapi')) return t.slackSilent(message)
  return stack ?? message
}
