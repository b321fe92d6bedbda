import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { cli as t } from '../text/vi/cli/cli.js'

export interface InputFile {
  /** Without its folder. */
  name: string
  bytes: Buffer
}

/** Reads the file named on the command line; prints what is wrong and returns undefined when there is none or it cannot be read. */
export async function readInputFile(command: string, file: string | undefined): Promise<InputFile | undefined> {
  if (!file) {
    console.error(t.needFile(command))
    return undefined
  }
  try {
    return { name: path.basename(file), bytes: await readFile(file) }
  } catch {
    console.error(t.noFile(file))
    return undefined
  }
}

/** Prints every fault of an input file and their number; returns the exit code, 1. */
export function printFaults(name: string, sentences: readonly string[]): number {
  for (const sentence of sentences) console.error(sentence)
  console.error(t.faults(name, sentences.length))
  return 1
}
