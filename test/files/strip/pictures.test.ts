import { describe, expect, it } from 'vitest'
import { FileFault } from '../../../src/core/attachment/attachment.js'
import { fixture } from '../fixtures.js'
import * as s from '../samples.js'
import { random } from '../samples-jpeg.js'
import { stage } from '../stage.js'

const text = (t: string) => Buffer.from(t, 'latin1')
const le = (n: number, bytes: number) => {
  const b = Buffer.alloc(bytes)
  b.writeUIntLE(n, 0, bytes)
  return b
}

/** A little-endian TIFF: pages of 8 × 8 grey pixels; `more` are further entries of each page. */
function tiff(pages: Buffer[], more: [tag: number, type: number, value: Buffer][] = []): Buffer {
  const parts: Buffer[] = [Buffer.from('II*\0\0\0\0\0', 'latin1')]
  let [at, link] = [8, { in: parts[0] as Buffer, at: 4 }]
  for (const pixels of pages) {
    const short = (n: number) => le(n, 2)
    const known: [number, number, Buffer][] = [
      [256, 3, short(8)],
      [257, 3, short(8)],
      [258, 3, short(8)],
      [259, 3, short(1)],
      [262, 3, short(1)],
      [273, 4, le(at, 4)],
      [278, 3, short(8)],
      [279, 4, le(pixels.length, 4)],
    ]
    const entries = [...known, ...more].sort((a, b) => a[0] - b[0])
    parts.push(pixels)
    at += pixels.length
    link.in.writeUInt32LE(at, link.at)
    const table = Buffer.concat([le(entries.length, 2), Buffer.alloc(entries.length * 12 + 4)])
    let free = at + table.length
    entries.forEach(([tag, type, value], i) => {
      const unit = { 2: 1, 3: 2, 4: 4, 7: 1 }[type] as number
      Buffer.concat([
        le(tag, 2),
        le(type, 2),
        le(value.length / unit, 4),
        value.length <= 4 ? value : le(free, 4),
      ]).copy(table, 2 + i * 12)
      if (value.length > 4) free += value.length
    })
    link = { in: table, at: table.length - 4 }
    parts.push(table, ...entries.filter(([, , value]) => value.length > 4).map(([, , value]) => value))
    at = free
  }
  return Buffer.concat(parts)
}

describe('scans', () => {
  it.each([
    ['scan.gif', 'gif'],
    ['scan.tiff', 'tiff'],
  ])('are kept as pictures: %s', async (name, kind) => {
    const { take, cleaned } = await stage()
    expect(await take(fixture(name))).toMatchObject({ kind, mime: `image/${kind}` })
    const kept = await cleaned(fixture(name))
    const pixels = kind === 'tiff' ? fixture(name).subarray(140, 140 + 9216) : fixture(name).subarray(0, -1)
    expect(kept.includes(pixels)).toBe(true)
  })
})

describe('a TIFF', () => {
  const pages = [1, 2, 3].map((n) => Buffer.alloc(64, n))
  it('keeps its pages and loses all tags that the picture does not need', async () => {
    const { cleaned } = await stage()
    const secret = text(`${s.SECRET}\0`)
    const more: [number, number, Buffer][] = [
      [270, 2, secret],
      [315, 2, secret],
      [700, 7, secret],
      [33723, 7, secret],
      [34853, 4, le(8, 4)],
      [65000, 7, secret],
      [274, 3, le(6, 2)],
    ]
    const kept = await cleaned(tiff(pages, more))
    expect(kept.includes(s.SECRET)).toBe(false)
    for (const page of pages) expect(kept.includes(page)).toBe(true)
    // The orientation (0x0112) stays.
    expect(kept.includes(Buffer.from('12010300010000000600', 'hex'))).toBe(true)
    expect((await cleaned(kept)).equals(kept)).toBe(true)
  })

  it('loses the metadata of a JPEG within', async () => {
    const { cleaned } = await stage()
    const strip = s.jpeg()
    const bytes = tiff([strip])
    // Compression (259): JPEG.
    bytes.writeUInt16LE(7, bytes.indexOf(Buffer.from('0301030001000000', 'hex')) + 8)
    const kept = await cleaned(bytes)
    expect([kept.includes(s.scan), kept.includes(s.SECRET)]).toEqual([true, false])
  })

  /** Compression (259): JPEG as TIFF 6.0 had it. */
  const oldJpeg = (bytes: Buffer) => {
    bytes.writeUInt16LE(6, bytes.indexOf(Buffer.from('0301030001000000', 'hex')) + 8)
    return bytes
  }
  /** The coding that is written, and whether picture and secret are there. */
  const foundIn = (kept: Buffer) => [
    kept.includes(Buffer.from('03010300010000000700', 'hex')),
    kept.includes(s.scan),
    kept.includes(s.SECRET),
  ]

  it('in the JPEG coding of TIFF 6.0 is written in the one that replaced it', async () => {
    const { cleaned } = await stage()
    const strip = s.jpeg({ before: [s.exifSegment()], after: text(s.SECRET) })
    const stream: [number, number, Buffer][] = [
      [513, 4, le(8, 4)],
      [514, 4, le(strip.length, 4)],
    ]
    const kept = await cleaned(oldJpeg(tiff([strip], stream)))
    expect(foundIn(kept)).toEqual([true, true, false])
    expect((await cleaned(kept)).equals(kept)).toBe(true)
  })

  it('whose JPEG tables are in tags of their own gets a head made of them', async () => {
    const { cleaned } = await stage()
    const [quantization, frame, dc, ac] = s.jpegHead as [Buffer, Buffer, Buffer, Buffer]
    const tables = [quantization, dc, ac].map((t) => t.subarray(5))
    const strip = Buffer.concat([s.scan, ...tables, text(s.SECRET)])
    const kept = await cleaned(
      oldJpeg(
        tiff(
          [strip],
          [
            [322, 3, le(128, 2)],
            [323, 3, le(frame.readUInt16BE(5), 2)],
            [515, 3, le(16, 2)],
            ...tables.map((t, i): [number, number, Buffer] => [519 + i, 4, le(8 + strip.indexOf(t), 4)]),
          ],
        ),
      ),
    )
    expect(foundIn(kept)).toEqual([true, true, false])
    for (const part of [quantization, frame.subarray(0, 9), dc, ac]) expect(kept.includes(part)).toBe(true)
  })

  it('loses a page that no program shows, and keeps the others', async () => {
    const { cleaned } = await stage()
    const bytes = tiff(pages)
    bytes.writeUInt16LE(9999, bytes.lastIndexOf(Buffer.from('0301030001000000', 'hex')) + 8)
    const kept = await cleaned(bytes)
    expect(pages.map((page) => kept.includes(page))).toEqual([true, true, false])
  })

  it('by a camera that writes raw photos too is taken unless it is one', async () => {
    const { take } = await stage()
    const camera: [number, number, Buffer] = [50341, 7, text('PrintIM\0')]
    expect(await take(tiff(pages, [camera]))).toMatchObject({ kind: 'tiff' })
    const raw: [number, number, Buffer][] = [camera, [330, 4, le(8, 4)]]
    await expect(take(tiff(pages, raw))).rejects.toMatchObject({ reason: 'unknown' })
  })

  it('that is damaged anywhere is refused or cleaned', async () => {
    const { take } = await stage()
    for (let seed = 1; seed <= 200; seed++) {
      const next = random(seed)
      const bytes = tiff(pages, [[270, 2, text(s.SECRET)]])
      for (let n = 1 + (next() % 4); n > 0; n--) bytes[4 + (next() % (bytes.length - 4))] = next()
      const fault = await take(bytes).catch((error: unknown) => error)
      if (!(fault as { sha256?: string }).sha256) expect(fault, `seed ${seed}`).toBeInstanceOf(FileFault)
    }
  })
})

describe('a GIF', () => {
  it('loses comments, texts, XMP and what follows its end; keeps frames, times and repetitions', async () => {
    const { cleaned } = await stage()
    const bytes = fixture('scan.gif')
    const frames = bytes.subarray(13 + 768, -1)
    const block = (t: string) => Buffer.concat([Buffer.from([t.length]), text(t)])
    const extension = (label: number, ...blocks: string[]) =>
      Buffer.concat([Buffer.from([0x21, label]), ...blocks.map(block), Buffer.from([0])])
    const repeat = extension(0xff, 'NETSCAPE2.0', '\x01\0\0')
    const time = extension(0xf9, '\0\x05\0\0')
    const kept = await cleaned(
      Buffer.concat([
        bytes.subarray(0, 13 + 768),
        repeat,
        extension(0xfe, s.SECRET),
        time,
        frames,
        extension(0xff, 'XMP DataXMP', s.SECRET),
        extension(0x01, '\0'.repeat(12), s.SECRET),
        frames,
        Buffer.from([0x3b]),
        text(s.SECRET),
      ]),
    )
    expect(
      kept.equals(Buffer.concat([bytes.subarray(0, 13 + 768), repeat, time, frames, frames, Buffer.from([0x3b])])),
    ).toBe(true)
  })
})

describe('a BMP', () => {
  it('keeps its rows and colours, and nothing around them', async () => {
    const { take, cleaned } = await stage()
    const header = Buffer.concat([le(40, 4), le(4, 4), le(4, 4), le(1, 2), le(8, 2), Buffer.alloc(24)])
    const [palette, rows] = [Buffer.alloc(1024, 3), Buffer.alloc(16, 4)]
    const at = 14 + 40 + 1024 + s.SECRET.length
    const bytes = Buffer.concat([
      text('BM'),
      le(at + 16, 4),
      text('abcd'),
      le(at, 4),
      header,
      palette,
      text(s.SECRET),
      rows,
      text(s.SECRET),
    ])
    expect(await take(bytes)).toMatchObject({ kind: 'bmp' })
    const kept = await cleaned(bytes)
    expect(
      kept.equals(
        Buffer.concat([text('BM'), le(14 + 40 + 1024 + 16, 4), le(0, 4), le(14 + 40 + 1024, 4), header, palette, rows]),
      ),
    ).toBe(true)
  })
})

describe('an animated WebP', () => {
  it('loses EXIF data and unknown chunks within its frames', async () => {
    const { cleaned } = await stage()
    const secret = s.riffChunk('EXIF', text(s.SECRET))
    const frame = s.riffChunk(
      'ANMF',
      Buffer.concat([Buffer.alloc(16), secret, s.webpPicture, s.riffChunk('abcd', text(s.SECRET))]),
    )
    const flags = s.riffChunk('VP8X', Buffer.from('020000000f00000f0000', 'hex'))
    const kept = await cleaned(
      s.riffChunk('RIFF', Buffer.concat([text('WEBP'), flags, s.riffChunk('ANIM', Buffer.alloc(6)), frame])),
    )
    expect(kept.includes(s.SECRET)).toBe(false)
    expect(kept.includes(s.riffChunk('ANMF', Buffer.concat([Buffer.alloc(16), s.webpPicture])))).toBe(true)
  })
})

describe('a HEIF or AVIF photo', () => {
  it('loses items, properties and boxes that are no picture', async () => {
    const { take, cleaned } = await stage()
    const { file, picture, start } = s.heic()
    const avif = Buffer.from(file)
    avif.write('avif', 8)
    expect(await take(avif)).toMatchObject({ kind: 'avif', mime: 'image/avif' })
    const unknown = Buffer.from(file)
    // XMP becomes an item of an unknown kind, and its data must go all the same.
    unknown.write('abcd', unknown.indexOf('mime'))
    const kept = await cleaned(Buffer.concat([unknown, s.box('abcd', text(s.SECRET))]))
    expect(kept.includes('bi mat')).toBe(false)
    expect(kept.subarray(start, start + picture.length).equals(picture)).toBe(true)
  })
})

describe('a picture of a size beyond reason', () => {
  it('is refused with the reason', async () => {
    const { take } = await stage()
    const png = s.png()
    png.writeUInt32BE(0x7fffffff, 16)
    const gif = Buffer.from(fixture('scan.gif'))
    gif.writeUInt32LE(0xffffffff, 6)
    for (const bytes of [png, gif]) await expect(take(bytes)).rejects.toMatchObject({ reason: 'too_many_pixels' })
  })
})
