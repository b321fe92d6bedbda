import { cli as t } from '../text/vi/cli/cli.js'

/** Prints that there is no such command, then the usage; returns the exit code, 2. */
export function unknownCommand(...words: readonly string[]): number {
  console.error(t.unknownCommand(words.join(' ').trim()))
  console.log(t.usage)
  return 2
}
