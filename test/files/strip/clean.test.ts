import { readFile } from 'node:fs/promises'
import { inflateSync } from 'node:zlib'
import exifr from 'exifr'
import { describe, expect, it } from 'vitest'
import type { FileFault } from '../../../src/core/attachment/attachment.js'
import { segment } from '../../../src/files/strip/jpeg/jpeg.js'
import * as s from '../samples.js'
import { stage } from '../stage.js'

const gps = (bytes: Buffer) => exifr.gps(bytes).catch(() => undefined)
/** The pieces of metadata from the samples that are found in a file. */
const leaks = (bytes: Buffer) => ['bi mat', 'GPS', '105.43'].filter((word) => bytes.includes(word))
const text = (t: string) => Buffer.from(t, 'latin1')

describe('the samples', () => {
  it('have a position and names that these tests can find', async () => {
    expect(await gps(s.jpeg())).toMatchObject({ latitude: 10 + 22 / 60, longitude: 105 + 25 / 60 })
    expect(await gps(s.png())).toMatchObject({ latitude: 10 + 22 / 60 })
    expect(await gps(s.heic().file)).toMatchObject({ latitude: 10 + 22 / 60 })
    expect(leaks(s.webp())).toEqual(['bi mat', 'GPS'])
    expect(leaks(s.video())).toEqual(['bi mat', '105.43'])
  })
})

describe('a JPEG', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('loses its position and keeps orientation %i', async (orientation) => {
    const { cleaned } = await stage()
    const kept = await cleaned(s.jpeg({ before: [s.exifSegment(orientation)] }))
    expect(await gps(kept)).toBeUndefined()
    expect(leaks(kept)).toEqual([])
    expect((await exifr.orientation(kept).catch(() => undefined)) ?? 1).toBe(orientation)
  })

  it('keeps its picture byte for byte, and its colour profile', async () => {
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
    'in EXIF data after another application segment': {
      before: [segment(0xe1, text(`http://ns.adobe.com/xmp/extension/\0${s.SECRET}`)), s.exifSegment()],
    },
    'in EXIF data after a colour profile that contains the bytes of a marker': {
      before: [segment(0xe2, s.icc), s.exifSegment()],
    },
    'in XMP': { before: [segment(0xe1, Buffer.concat([text('http://ns.adobe.com/xap/1.0/\0'), s.xmp]))] },
    'in IPTC data, a comment and private segments': {
      before: [0xed, 0xfe, 0xe2, 0xe4, 0xef].map((m) => segment(m, text(`Photoshop 3.0\0${s.SECRET}`))),
    },
    'in EXIF data between two scans': { picture: Buffer.concat([s.scan, s.exifSegment(), s.scanHead, s.scan]) },
    'in a second picture after the first': { after: s.jpeg() },
    'in a video after the picture': { after: s.video() },
    'in EXIF data after fill bytes': { before: [Buffer.from([0xff, 0xff]), s.exifSegment()] },
  }
  it.each(Object.entries(hidden))('loses metadata %s', async (_, parts) => {
    const { cleaned } = await stage()
    const kept = await cleaned(s.jpeg(parts))
    expect(leaks(kept)).toEqual([])
    expect(await gps(kept)).toBeUndefined()
    expect(kept.includes(s.scan)).toBe(true)
  })

  it('keeps its whole picture when the end marker is missing', async () => {
    const { cleaned } = await stage()
    const kept = await cleaned(s.jpeg().subarray(0, -2))
    expect(kept.includes(s.scan)).toBe(true)
    expect(leaks(kept)).toEqual([])
  })
})

describe('a PNG', () => {
  it('loses position and text, and keeps orientation, picture and colour profile', async () => {
    const { cleaned } = await stage()
    const kept = await cleaned(s.png())
    expect(await gps(kept)).toBeUndefined()
    expect(leaks(kept)).toEqual([])
    expect(await exifr.orientation(kept)).toBe(8)
    expect(kept.includes(s.pngPicture)).toBe(true)
    const profile = kept.subarray(kept.indexOf('iCCP') + 9)
    expect(inflateSync(profile.subarray(0, 400)).equals(s.iccProfile)).toBe(true)
    expect(kept.toString('latin1', kept.length - 8, kept.length - 4)).toBe('IEND')
  })
})

describe('a WebP', () => {
  it('loses EXIF data and XMP, and has its size and flags corrected', async () => {
    const { cleaned } = await stage()
    const kept = await cleaned(s.webp())
    expect(leaks(kept)).toEqual([])
    expect(kept.readUInt32LE(4)).toBe(kept.length - 8)
    // The flags name the colour profile (0x20) and EXIF (0x08), no longer XMP (0x04).
    expect(kept[20]).toBe(0x28)
    expect(kept.includes(Buffer.concat([s.riffChunk('ICCP', s.iccProfile), s.webpPicture]))).toBe(true)
    const exif = kept.subarray(kept.indexOf('EXIF') + 8)
    expect([exif.length, await exifr.orientation(exif), await gps(exif)]).toEqual([26, 3, undefined])
  })
})

describe('a HEIC photo', () => {
  it.each(['mdat', 'idat'] as const)('has its position in %s overwritten in place', async (exifIn) => {
    const { cleaned } = await stage()
    const { file, start, picture } = s.heic({ exifIn })
    const kept = await cleaned(file)
    expect(kept.length).toBe(file.length)
    expect(leaks(kept)).toEqual([])
    expect(await gps(kept)).toBeUndefined()
    // exifr does not read `idat`.
    if (exifIn === 'mdat') expect(await exifr.orientation(kept)).toBe(6)
    expect(kept.includes(Buffer.from('4d4d002a000000080001011200030000000100060000', 'hex'))).toBe(true)
    expect(kept.subarray(start, start + picture.length).equals(picture)).toBe(true)
    for (const table of ['iloc', 'mdat']) expect(kept.indexOf(table)).toBe(file.indexOf(table))
  })

  it('loses the video and trailer that phones append', async () => {
    const { cleaned } = await stage()
    const kept = await cleaned(
      s.heic({ after: Buffer.concat([s.box('mpvd', s.video()), text(`SEFH${s.SECRET}`)]) }).file,
    )
    expect(leaks(kept)).toEqual([])
  })
})

describe('a video', () => {
  it.each([
    ['isom', false],
    ['isom', true],
    ['qt  ', false],
  ] as const)(
    'of brand %s has its position and names overwritten in place (index first: %s)',
    async (brand, indexFirst) => {
      const { cleaned } = await stage()
      const video = s.video(brand, indexFirst)
      const kept = await cleaned(video)
      expect(kept.length).toBe(video.length)
      expect(leaks(kept)).toEqual([])
      const pictures = Buffer.alloc(9000, 0x33)
      expect(kept.indexOf(pictures)).toBe(video.indexOf(pictures))
      for (const needed of ['mvhd', 'tkhd']) expect(kept.indexOf(needed)).toBe(video.indexOf(needed))
    },
  )
})

describe('a photo or video that cannot be parsed', () => {
  const broken: [string, Buffer][] = [
    ['a JPEG cut in its EXIF data', s.jpeg().subarray(0, 60)],
    ['a JPEG without a picture', Buffer.concat([s.jpeg().subarray(0, 2), s.exifSegment(), Buffer.alloc(20)])],
    ['a PNG without a picture', s.png().subarray(0, 300)],
    ['a WebP whose chunk is longer than the file', s.webp().subarray(0, -40)],
    [
      'a HEIC without item tables',
      Buffer.concat([s.box('ftyp', text('heic\0\0\0\0')), s.box('meta', Buffer.alloc(4)), s.box('mdat', s.xmp)]),
    ],
    ['a HEIC whose EXIF data reaches beyond the file', s.heic().file.subarray(0, -200)],
    ['a video without its index', s.video().subarray(0, 9000)],
  ]
  it.each(broken)('is refused: %s', async (_, bytes) => {
    const { take, files } = await stage()
    await expect(take(bytes)).rejects.toMatchObject({ why: 'refused', reason: 'unclean' })
    expect(files()).toEqual([])
  })

  it.each([
    ['a JPEG', s.jpeg({ picture: Buffer.alloc(200, 1) }), 7],
    ['a PNG', s.png(), 11],
    ['a WebP', s.webp(), 5],
    ['a HEIC', s.heic().file, 97],
  ])('is refused, or stored clean, wherever it is cut: %s', async (_, bytes, step) => {
    const { take, vault } = await stage()
    const outcomes = new Set<string>()
    for (let length = 40; length < bytes.length; length += step) {
      const kept = await take(bytes.subarray(0, length)).catch((error: FileFault) => error)
      if ('sha256' in kept) expect(leaks(await readFile(vault.pathOf(kept.sha256)))).toEqual([])
      else expect(kept.why, String(kept.stack)).toBe('refused')
      outcomes.add('sha256' in kept ? 'stored' : 'refused')
    }
    expect(outcomes).toContain('refused')
  })
})
