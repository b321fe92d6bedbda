import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../architecture/sources.js'

/** The bytes of a small file in `test/fixtures/files`. Positions in them are 10.3865, 105.4352. */
export const fixture = (name: string): Buffer => readFileSync(path.join(root, 'test/fixtures/files', name))
