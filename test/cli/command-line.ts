import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, vi } from 'vitest'

export interface CommandLine {
  /** A path within the test's temporary folder. */
  path(...parts: string[]): string
  /** Writes a file into the temporary folder; returns its path. */
  write(name: string, text: string): string
  /** Runs a command; returns its exit code and what it printed. */
  run(command: () => Promise<number>): Promise<{ code: number; out: string }>
}

/**
 * Gives each test of a file a temporary folder, an environment whose database and evidence are in it and that has no Slack
 * settings, and captures the console. Call it once, at the top of the file.
 */
export function commandLine(): CommandLine {
  let dir = ''
  let printed: string[] = []
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'thidua-cli-'))
    vi.stubEnv('DATABASE_URL', `file:${path.join(dir, 'thidua.db')}`)
    vi.stubEnv('EVIDENCE_DIR', path.join(dir, 'evidence'))
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'TIMEZONE']) vi.stubEnv(name, '')
    for (const method of ['log', 'error'] as const)
      vi.spyOn(console, method).mockImplementation((line: string) => void printed.push(line))
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
    rmSync(dir, { recursive: true, force: true })
  })
  return {
    path: (...parts) => path.join(dir, ...parts),
    write(name, text) {
      writeFileSync(path.join(dir, name), text)
      return path.join(dir, name)
    },
    async run(command) {
      printed = []
      const code = await command()
      return { code, out: printed.join('\n') }
    },
  }
}
