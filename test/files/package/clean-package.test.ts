import { deflateRawSync } from 'node:zlib'
import exifr from 'exifr'
import { describe, expect, it } from 'vitest'
import { readZip, unpack } from '../../../src/files/package/zip.js'
import { inMemory } from '../../../src/files/strip/bytes.js'
import { crc32 } from '../../../src/files/strip/png.js'
import * as s from '../samples.js'
import { stage } from '../stage.js'

const le = (n: number, bytes: number) => {
  const b = Buffer.alloc(bytes)
  b.writeUIntLE(n, 0, bytes)
  return b
}
const types = (main = 'openxmlformats-officedocument.wordprocessingml.document') =>
  Buffer.from(`<Types><Override PartName="/word/document.xml" ContentType="application/vnd.${main}.main+xml"/></Types>`)

/** A zip of deflated parts with data descriptors, as Word does not write and other programs do. */
function zip(parts: Record<string, Buffer>, claimed?: number): Buffer {
  const [local, central]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const [name, content] of Object.entries(parts)) {
    const packed = deflateRawSync(content)
    const sums = [le(crc32(content), 4), le(packed.length, 4), le(claimed ?? content.length, 4)]
    const head = [le(20, 2), le(8, 2), le(8, 2), le(0x5a3c1b2d, 4)]
    const entry = [
      Buffer.from('PK\x03\x04'),
      ...head,
      Buffer.alloc(12),
      le(name.length, 2),
      le(0, 2),
      Buffer.from(name),
      packed,
      Buffer.from('PK\x07\x08'),
      ...sums,
    ]
    central.push(
      Buffer.from('PK\x01\x02'),
      le(20, 2),
      ...head,
      ...sums,
      le(name.length, 2),
      Buffer.alloc(12),
      le(at, 4),
      Buffer.from(name),
    )
    local.push(...entry)
    at += Buffer.concat(entry).length
  }
  const directory = Buffer.concat(central)
  const n = le(Object.keys(parts).length, 2)
  return Buffer.concat([
    ...local,
    directory,
    Buffer.from('PK\x05\x06'),
    le(0, 4),
    n,
    n,
    le(directory.length, 4),
    le(at, 4),
    le(0, 2),
  ])
}

async function contents(bytes: Buffer): Promise<Record<string, Buffer>> {
  const found: Record<string, Buffer> = {}
  const file = inMemory(bytes)
  for (const entry of (await readZip(file))?.entries ?? []) {
    const parts: Buffer[] = []
    for await (const chunk of unpack(file, entry)) parts.push(Buffer.from(chunk))
    found[entry.name] = Buffer.concat(parts)
    expect([found[entry.name]?.length, crc32(found[entry.name] as Buffer)]).toEqual([
      entry.size,
      (await readZip(file))?.directory.readUInt32LE(entry.record + 16),
    ])
  }
  return found
}

describe('an Office file', () => {
  const document = Buffer.from(`<w:document>${'nội dung '.repeat(500)}</w:document>`)

  it('keeps everything but the positions in its photos and films, at any depth', async () => {
    const { take, cleaned } = await stage()
    const inner = zip({
      '[Content_Types].xml': types('openxmlformats-officedocument.spreadsheetml.sheet'),
      'xl/media/a.jpeg': s.jpeg({ id: 2 }),
    })
    const parts = {
      '[Content_Types].xml': types(),
      'word/document.xml': document,
      'word/media/image1.jpg': s.jpeg(),
      'word/media/b.bin': s.png(),
      'word/media/c.mp4': s.video(),
      'word/embeddings/d.xlsx': inner,
      'docProps/app.xml': Buffer.from('<a/>'),
    }
    expect(await take(zip(parts))).toMatchObject({ kind: 'word' })
    const kept = await cleaned(zip(parts))
    const found = await contents(kept)
    expect(Object.keys(found)).toEqual(Object.keys(parts))
    for (const name of ['[Content_Types].xml', 'word/document.xml', 'docProps/app.xml'] as const)
      expect(found[name]?.equals(parts[name])).toBe(true)
    const photo = found['word/media/image1.jpg'] as Buffer
    expect([
      photo.includes(s.scan),
      await exifr.orientation(photo),
      await exifr.gps(photo).catch(() => undefined),
    ]).toEqual([true, 6, undefined])
    for (const bytes of [kept, ...Object.values(found)])
      expect(['bi mat', '105.43'].filter((w) => bytes.includes(w))).toEqual([])
    expect((await contents(found['word/embeddings/d.xlsx'] as Buffer))['xl/media/a.jpeg']?.includes(s.scan)).toBe(true)
    expect((await cleaned(kept)).equals(kept)).toBe(true)
  })

  it('is stored byte for byte when nothing inside has a position', async () => {
    const { cleaned } = await stage()
    const clean = await cleaned(s.jpeg())
    const bytes = zip({ '[Content_Types].xml': types(), 'word/document.xml': document, 'word/media/a.jpg': clean })
    expect((await cleaned(bytes)).equals(bytes)).toBe(true)
  })

  const signature = { '_xmlsignatures/sig1.xml': Buffer.from('<Signature/>') }
  const refusedParts: [string, string, Buffer][] = [
    ['with a project of macros', 'macro', zip({ '[Content_Types].xml': types(), 'word/vbaProject.bin': document })],
    [
      'that unpacks to more than 100 times its size',
      'bomb',
      zip({ '[Content_Types].xml': types(), 'word/document.xml': Buffer.alloc(9_000_000) }),
    ],
    [
      'that hides how much it unpacks to',
      'bomb',
      zip({ '[Content_Types].xml': types(), 'word/document.xml': Buffer.alloc(9_000_000) }, 10),
    ],
    [
      'with a signature and a photo that has a position',
      'private_inside',
      zip({
        '[Content_Types].xml': types(),
        'word/media/a.jpg': s.jpeg({ before: [s.exifSegment(), s.xmpSegment] }),
        ...signature,
      }),
    ],
    [
      'with a photo that has a position and cannot be read',
      'private_inside',
      zip({
        '[Content_Types].xml': types(),
        'word/media/a.jpg': s.jpeg({ before: [s.exifSegment()] }).subarray(0, 200),
      }),
    ],
  ]
  it.each(refusedParts)('is refused %s: %s', async (_, reason, bytes) => {
    const { take, files } = await stage()
    await expect(take(bytes)).rejects.toMatchObject({ why: 'refused', reason })
    expect(files()).toEqual([])
  })

  it('with a signature is left as it is when its pictures have no position', async () => {
    const { cleaned } = await stage()
    const thumbnail = s.jpeg({ before: [Buffer.from('fffe0004aaaa', 'hex')] })
    const bytes = zip({ '[Content_Types].xml': types(), 'docProps/thumbnail.jpeg': thumbnail, ...signature })
    expect((await cleaned(bytes)).equals(bytes)).toBe(true)
  })
})
