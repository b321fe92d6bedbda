import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { drawPaper, drawPhoto } from '../../src/demo/drawing.js'
import { kindOf } from '../../src/files/detect/kinds.js'
import { bytesOf } from '../../src/files/strip/bytes.js'
import { clean } from '../../src/files/strip/clean.js'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'thidua-drawing-'))
})
afterAll(() => rm(dir, { recursive: true }))

async function kindOfDrawn(bytes: Buffer) {
  const file = path.join(dir, 'drawn')
  await writeFile(file, bytes)
  const handle = await open(file)
  try {
    const read = await bytesOf(handle)
    const { kind } = await kindOf(file, read)
    await clean(kind, read)
    return kind
  } finally {
    await handle.close()
  }
}

it('draws photos and documents that are recognised and can be stripped of metadata', async () => {
  expect(await kindOfDrawn(drawPhoto(0))).toBe('png')
  expect(await kindOfDrawn(drawPaper(0))).toBe('pdf')
})

it('draws photos and documents that differ, and small photos', () => {
  const numbers = Array.from({ length: 60 }, (_, n) => n)
  const photos = numbers.map(drawPhoto)
  for (const drawn of [photos, numbers.map(drawPaper)])
    expect(new Set(drawn.map((one) => one.toString('base64'))).size).toBe(60)
  for (const photo of photos) expect(photo.length).toBeLessThan(50_000)
})
