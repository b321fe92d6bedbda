import { readFile } from 'node:fs/promises'
import { cli as t } from '../text/vi/cli/cli.js'

/** The bytes of a file named on the command line; says what is wrong and gives undefined when there are none. */
export async function bytesOf(command: string, file: string | undefined): Promise<Buffer | undefined> {
  if (!file) {
    console.error(t.needFile(command))
    return undefined
  }
  try {
    return await readFile(file)
  } catch {
    console.error(t.noFile(file))
    return undefined
  }
}
