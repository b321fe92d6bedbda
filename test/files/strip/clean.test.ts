import exifr from 'exifr'
import { describe, expect, it } from 'vitest'
import { segment } from '../../../src/files/strip/jpeg.js'
import * as s from '../samples.js'
import { stage } from '../stage.js'

const gps = (bytes: Buffer) => exifr.gps(bytes).catch(() => undefined)
const tells = (bytes: Buffer) => ['bi mat', 'GPS', '105.43'].filter((word) => bytes.includes(word))
const text = (t: string) => Buffer.from(t, 'latin1')

describe('a JPEG', () => {
  it('is taken with a position that a reader can see, or these tests would prove nothing', async () => {
    expect(await gps(s.jpeg())).toMatchObject({ latitude: 10 + 22 / 60, longitude: 105 + 25 / 60 })
    expect(await gps(s.png())).toMatchObject({ latitude: 10 + 22 / 60 })
    expect(await gps(s.heic().file)).toMatchObject({ latitude: 10 + 22 / 60 })
    expect(tells(s.film())).toEqual(['bi mat', '105.43'])
  })

  it('is kept without its position, lying as it lay', async () => {
    const { cleaned } = await stage()
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const kept = await cleaned(s.jpeg({ before: [s.exifSegment(orientation)] }))
      expect(await gps(kept)).toBeUndefined()
      expect(tells(kept)).toEqual([])
      expect((await exifr.orientation(kept).catch(() => undefined)) ?? 1).toBe(orientation)
    }
  })

  it('keeps its picture byte for byte, and its colours', async () => {
    const { cleaned } = await stage()
    const kept = await cleaned(
      s.jpeg({
        before: [segment(0xe0, text('JFIF\0\x01\x02\0\0\x01\0\x01\0\0')), s.exifSegment(), segment(0xe2, s.icc)],
      }),
    )
    expect(kept.includes(Buffer.concat([segment(0xe2, s.icc), ...s.jpegHead, s.scanHead, s.scan]))).toBe(true)
    expect(kept.indexOf('JFIF')).toBe(6)
    expect((await exifr.parse(kept, { icc: true, tiff: true }))?.Orientation).toContain('90')
  })

  const hidden: Record<string, s.JpegParts> = {
    'behind another segment for applications': {
      before: [segment(0xe1, text(`http://ns.adobe.com/xmp/extension/\0${s.SECRET}`)), s.exifSegment()],
    },
    'behind bytes in the colour profile that look like a marker': { before: [segment(0xe2, s.icc), s.exifSegment()] },
    'in XMP': { before: [segment(0xe1, Buffer.concat([text('http://ns.adobe.com/xap/1.0/\0'), s.xmp]))] },
    'in IPTC data, a comment and a maker’s segment': {
      before: [0xed, 0xfe, 0xe2, 0xe4, 0xef].map((m) => segment(m, text(`Photoshop 3.0\0${s.SECRET}`))),
    },
    'in EXIF data between two scans': { picture: Buffer.concat([s.scan, s.exifSegment(), s.scanHead, s.scan]) },
    'in a second picture behind the first': { after: s.jpeg() },
    'in a film behind the picture': { after: s.film() },
    'behind marks that are written twice': { before: [Buffer.from([0xff, 0xff]), s.exifSegment()] },
  }
  it.each(Object.entries(hidden))('loses what is told %s', async (_, parts) => {
    const { cleaned } = await stage()
    const kept = await cleaned(s.jpeg(parts))
    expect(tells(kept)).toEqual([])
    expect(await gps(kept)).toBeUndefined()
    expect(kept.includes(s.scan)).toBe(true)
  })

  it('whose picture has no end mark is kept whole', async () => {
    const { cleaned } = await stage()
    const kept = await cleaned(s.jpeg().subarray(0, -2))
    expect(kept.includes(s.scan)).toBe(true)
    expect(tells(kept)).toEqual([])
  })
})

describe('a PNG', () => {
  it('is kept without position and texts, lying as it lay, its picture and colours byte for byte', async () => {
    const { cleaned } = await stage()
    const kept = await cleaned(s.png())
    expect(await gps(kept)).toBeUndefined()
    expect(tells(kept)).toEqual([])
    expect(await exifr.orientation(kept)).toBe(8)
    expect(kept.includes(s.pngPicture) && kept.includes(s.pngProfile)).toBe(true)
    expect(kept.toString('latin1', kept.length - 8, kept.length - 4)).toBe('IEND')
  })
})

describe('a WebP', () => {
  it('is kept without EXIF data and XMP, with its size and flags put right', async () => {
    const { cleaned } = await stage()
    const kept = await cleaned(s.webp())
    expect(tells(kept)).toEqual([])
    expect(kept.readUInt32LE(4)).toBe(kept.length - 8)
    // A profile and EXIF data, no XMP, still transparency as before.
    expect(kept[20]).toBe(0x28)
    expect(kept.includes(Buffer.concat([s.riffChunk('ICCP', s.icc), s.webpPicture]))).toBe(true)
    const exif = kept.subarray(kept.indexOf('EXIF') + 8)
    expect([exif.length, await exifr.orientation(exif), await gps(exif)]).toEqual([26, 3, undefined])
  })
})

describe('a HEIC photo', () => {
  it.each(['mdat', 'idat'] as const)('loses its position in place when it lies in %s', async (exifIn) => {
    const { cleaned } = await stage()
    const { file, start, picture } = s.heic({ exifIn })
    const kept = await cleaned(file)
    expect(kept.length).toBe(file.length)
    expect(tells(kept)).toEqual([])
    expect(await gps(kept)).toBeUndefined()
    // The reader of these tests does not look into `idat`.
    if (exifIn === 'mdat') expect(await exifr.orientation(kept)).toBe(6)
    expect(kept.includes(Buffer.from('4d4d002a000000080001011200030000000100060000', 'hex'))).toBe(true)
    expect(kept.subarray(start, start + picture.length).equals(picture)).toBe(true)
    const index = file.indexOf(exifIn)
    expect(kept.subarray(0, index).equals(file.subarray(0, index))).toBe(true)
  })

  it('loses the film and the marks that phones put behind it', async () => {
    const { cleaned } = await stage()
    const kept = await cleaned(
      s.heic({ after: Buffer.concat([s.box('mpvd', s.film()), text(`SEFH${s.SECRET}`)]) }).file,
    )
    expect(tells(kept)).toEqual([])
  })
})

describe('a film', () => {
  it.each([
    ['isom', false],
    ['isom', true],
    ['qt  ', false],
  ] as const)('of brand %s loses its position and its names in place (index first: %s)', async (brand, indexFirst) => {
    const { cleaned } = await stage()
    const film = s.film(brand, indexFirst)
    const kept = await cleaned(film)
    expect(kept.length).toBe(film.length)
    expect(tells(kept)).toEqual([])
    const pictures = Buffer.alloc(9000, 0x33)
    expect(kept.indexOf(pictures)).toBe(film.indexOf(pictures))
    for (const needed of ['mvhd', 'tkhd']) expect(kept.indexOf(needed)).toBe(film.indexOf(needed))
  })
})

describe('a photo that cannot be read to its end', () => {
  const broken: [string, Buffer][] = [
    ['a JPEG that ends in its EXIF data', s.jpeg().subarray(0, 60)],
    ['a JPEG with bytes between its segments', s.jpeg({ before: [s.exifSegment(), text('xx')] })],
    ['a JPEG without a picture', Buffer.concat([s.jpeg().subarray(0, 2), s.exifSegment(), Buffer.alloc(20)])],
    ['a PNG without its end', s.png().subarray(0, 900)],
    ['a WebP whose chunk is longer than the file', Buffer.concat([s.webp().subarray(0, -40)])],
    [
      'a HEIC without a list of its parts',
      Buffer.concat([s.box('ftyp', text('heic\0\0\0\0')), s.box('meta', Buffer.alloc(4)), s.box('mdat', s.xmp)]),
    ],
    ['a HEIC whose EXIF data would lie outside', s.heic().file.subarray(0, -200)],
    ['a film without its index', s.film().subarray(0, 9000)],
  ]
  it.each(broken)('is refused: %s', async (_, bytes) => {
    const { take, files } = await stage()
    await expect(take(bytes)).rejects.toMatchObject({ why: 'refused', reason: 'unclean' })
    expect(files()).toEqual([])
  })

  it('is refused or clean wherever it is cut', async () => {
    const { take, vault } = await stage()
    for (const [bytes, step] of [
      [s.jpeg({ picture: Buffer.alloc(200, 1) }), 7],
      [s.png(), 11],
      [s.webp(), 5],
      [s.heic().file, 97],
    ] as const)
      for (let length = 40; length < bytes.length; length += step) {
        const kept = await take(bytes.subarray(0, length)).catch((error) => error)
        if ('sha256' in kept) {
          const found: Buffer[] = []
          for await (const part of vault.open(kept.sha256)) found.push(part)
          expect(tells(Buffer.concat(found))).toEqual([])
        } else expect(kept.why, String(kept.stack)).toBe('refused')
      }
  })
})
