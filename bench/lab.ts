import type { Child } from './child.js'

/** How much is measured: `full` takes about two minutes, `quick` about half a minute. */
export interface Size {
  rounds: number
  requests: number
  starts: number
  /** Requests before memory is measured. */
  loaded: number
}
export const full: Size = { rounds: 7, requests: 1500, starts: 7, loaded: 10_000 }
export const quick: Size = { rounds: 3, requests: 600, starts: 3, loaded: 3000 }

/** Gives measurements their databases and processes. */
export interface Lab {
  size: Size
  /** The URL of a database file in the directory of this run. */
  url(name: string): string
  bare(): Promise<Child>
  bot(databaseUrl: string): Promise<Child>
  /** Starts the built bot of another checkout: `program` is its `dist/main.mjs`. */
  program(program: string, databaseUrl: string): Promise<Child>
}
