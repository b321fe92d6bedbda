/** Small generated files of each kind, with metadata that must be removed and content that must stay. */

import { deflateSync } from 'node:zlib'
import { segment } from '../../src/files/strip/jpeg/jpeg.js'
import { chunk } from '../../src/files/strip/png.js'
import { box, film } from './samples-film.js'
import { greyJpeg } from './samples-jpeg.js'

export { box }

export const SECRET = 'Nguoi chup: bi mat'
const ascii = (text: string) => Buffer.from(text, 'latin1')
const u16 = (...n: number[]) => Buffer.concat(n.map((x) => Buffer.from([x >> 8, x & 255])))
const u32 = (n: number) => Buffer.from([n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255])

/** A TIFF block with the maker, the orientation and a position: 10°22'N 105°25'E, in An Giang. */
function tiffWithGps(orientation = 6): Buffer {
  const entry = (tag: number, type: number, count: number, value: Buffer) =>
    Buffer.concat([u16(tag, type), u32(count), value])
  const degrees = (d: number, m: number) => Buffer.concat([d, 1, m, 1, 0, 1].map(u32))
  const maker = ascii(`${SECRET}\0`)
  // 8 + ifd0 (2 + 3 × 12 + 4) = 50; gps (2 + 4 × 12 + 4) ends at 104.
  const [lat, lon, make] = [104, 128, 152]
  return Buffer.concat([
    ascii('MM\0*'),
    u32(8),
    u16(3),
    entry(0x010f, 2, maker.length, u32(make)),
    entry(0x0112, 3, 1, u16(orientation, 0)),
    entry(0x8825, 4, 1, u32(50)),
    u32(0),
    u16(4),
    entry(1, 2, 2, ascii('N\0\0\0')),
    entry(2, 5, 3, u32(lat)),
    entry(3, 2, 2, ascii('E\0\0\0')),
    entry(4, 5, 3, u32(lon)),
    u32(0),
    degrees(10, 22),
    degrees(105, 25),
    maker,
  ])
}

export const xmp = ascii(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><a exif:GPSLatitude="10,22N">${SECRET}</a></x:xmpmeta>`)
export const exifSegment = (orientation?: number) =>
  segment(0xe1, Buffer.concat([ascii('Exif\0\0'), tiffWithGps(orientation)]))
export const xmpSegment = segment(0xe1, Buffer.concat([ascii('http://ns.adobe.com/xap/1.0/\0'), xmp]))
/** A colour profile with one tag, whose value contains the bytes of a marker. */
export const iccProfile = (() => {
  const profile = Buffer.alloc(200)
  profile.writeUInt32BE(200)
  profile.write('acsp', 36)
  profile.writeUInt32BE(1, 128)
  profile.write('wtpt', 132)
  profile.writeUInt32BE(144, 136)
  profile.writeUInt32BE(56, 140)
  return Buffer.concat([profile.subarray(0, 144), Buffer.from([1, 1, 0xff, 0xe1]), Buffer.alloc(52, 7)])
})()
export const icc = Buffer.concat([ascii('ICC_PROFILE\0'), Buffer.from([1, 1]), iccProfile])
const grey = greyJpeg({ rows: 1900 })
/** A coded picture of 82 KB with stuffed bytes and restart markers. */
export const scan = grey.scan
export const jpegHead = grey.head
export const scanHead = grey.scanHead

export interface JpegParts {
  before?: Buffer[]
  after?: Buffer
  picture?: Buffer
  /** Photos with another number have other bytes. */
  id?: number
}
/** A picture of about so many bytes: its scan, again and again. */
export const pictureOf = (bytes: number): Buffer =>
  Buffer.concat(
    Array.from({ length: Math.max(1, Math.round(bytes / scan.length)) }, (_, i) =>
      i ? [scanHead, scan] : [scan],
    ).flat(),
  )
/** A table that the picture does not use. */
const marked = (id: number) => segment(0xdb, Buffer.concat([Buffer.from([1]), u32(id), Buffer.alloc(60, 1)]))
export const jpeg = ({
  before = [exifSegment()],
  after = Buffer.alloc(0),
  picture = scan,
  id,
}: JpegParts = {}): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...before,
    ...(id === undefined ? [] : [marked(id)]),
    ...jpegHead,
    scanHead,
    picture,
    Buffer.from([0xff, 0xd9]),
    after,
  ])

export const pngPicture = Buffer.concat([chunk('IDAT', Buffer.alloc(500, 3)), chunk('IDAT', ascii('eXIf'))])
const pngProfile = chunk('iCCP', Buffer.concat([ascii('Nguoi chup\0\0'), deflateSync(iccProfile)]))
export function png(...extra: Buffer[]): Buffer {
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const header = chunk('IHDR', Buffer.from('00000010000000100806000000', 'hex'))
  const metadata = [chunk('eXIf', tiffWithGps(8)), chunk('tEXt', ascii(`Comment\0${SECRET}`))]
  const xmpChunk = chunk('iTXt', Buffer.concat([ascii('XML:com.adobe.xmp\0\0\0\0\0'), xmp]))
  const end = chunk('IEND', Buffer.alloc(0))
  return Buffer.concat([signature, header, pngProfile, ...metadata, xmpChunk, ...extra, pngPicture, end, ascii(SECRET)])
}

export const webpPicture = riffChunk('VP8L', Buffer.concat([Buffer.from([0x2f]), Buffer.alloc(100, 9)]))
export function riffChunk(type: string, body: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(body.length)
  return Buffer.concat([ascii(type), size, body, Buffer.alloc(body.length % 2)])
}
export function webp(): Buffer {
  const flags = riffChunk('VP8X', Buffer.from('2c0000000f00000f0000', 'hex'))
  const body = [
    flags,
    riffChunk('ICCP', iccProfile),
    webpPicture,
    riffChunk('EXIF', tiffWithGps(3)),
    riffChunk('XMP ', xmp),
  ]
  return riffChunk('RIFF', Buffer.concat([ascii('WEBP'), ...body]))
}

/** A HEIC photo: its picture, EXIF data and XMP as items within `mdat`; `after` follows. */
export function heic({ exifIn = 'mdat', after = Buffer.alloc(0) }: { exifIn?: 'mdat' | 'idat'; after?: Buffer } = {}) {
  const picture = Buffer.alloc(5000, 0x77)
  const exif = Buffer.concat([u32(6), ascii('Exif\0\0'), tiffWithGps(6)])
  const infe = (id: number, type: string, more = '') =>
    box('infe', u32(0x02000000), u16(id, 0), ascii(`${type}\0${more}`))
  const ftyp = box('ftyp', ascii('heic\0\0\0\0mif1heic'))
  const meta = (start: number) => {
    const item = (id: number, method: number, at: number, length: number) =>
      Buffer.concat([u16(id, method, 0, 1), u32(at), u32(length)])
    const inIdat = exifIn === 'idat'
    return box(
      'meta',
      u32(0),
      box('hdlr', u32(0), u32(0), ascii('pict'), Buffer.alloc(13)),
      box('iinf', u32(0), u16(3), infe(1, 'hvc1'), infe(2, 'Exif'), infe(3, 'mime', 'application/rdf+xml\0')),
      box(
        'iloc',
        u32(0x01000000),
        Buffer.from([0x44, 0]),
        u16(3),
        item(1, 0, start, picture.length),
        item(2, inIdat ? 1 : 0, inIdat ? 0 : start + picture.length, exif.length),
        item(3, 0, start + picture.length + exif.length, xmp.length),
      ),
      ...(inIdat ? [box('idat', exif)] : []),
    )
  }
  const start = ftyp.length + meta(0).length + 8
  return {
    file: Buffer.concat([
      ftyp,
      meta(start),
      box('mdat', picture, exifIn === 'mdat' ? exif : Buffer.alloc(exif.length), xmp),
      after,
    ]),
    start,
    picture,
  }
}

/** A video as phones make them, with its position in two places, and the index before or after the pictures. */
export function video(brand: 'isom' | 'qt  ' = 'isom', indexFirst = false): Buffer {
  const place = box('\xa9xyz', u16(18, 0x15c7), ascii('+10.3700+105.4300/'))
  const keys = box('keys', u32(0), u32(1), box('mdta', ascii('com.apple.quicktime.location.ISO6709')))
  const values = box('ilst', box('\0\0\0\x01', box('data', u32(1), u32(0), ascii('+10.3700+105.4300/'))))
  const apple = box('meta', box('hdlr', u32(0), u32(0), ascii('mdta'), Buffer.alloc(13)), keys, values)
  const names = box('udta', box('name', ascii(SECRET)), u32(0))
  const samples = Array.from({ length: 9 }, () => Buffer.alloc(1000, 0x33))
  return film({
    brand,
    indexFirst,
    tracks: [{ handler: 'vide', coding: 'avc1', samples, inside: [names] }],
    inIndex: [box('udta', place), apple],
    after: [box('free', ascii(SECRET))],
  })
}

/** A zip of uncompressed parts; `[Content_Types].xml` is what identifies an Office file. */
export function zip(parts: Record<string, string>): Buffer {
  const le = (n: number, bytes: number) => {
    const b = Buffer.alloc(bytes)
    b.writeUIntLE(n, 0, bytes)
    return b
  }
  const local: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(parts)) {
    const sizes = [le(0, 4), le(content.length, 4), le(content.length, 4), le(name.length, 2), le(0, 2)]
    const entry = Buffer.concat([
      ascii('PK\x03\x04'),
      le(20, 2),
      Buffer.alloc(8),
      ...sizes,
      ascii(name),
      ascii(content),
    ])
    central.push(
      Buffer.concat([ascii('PK\x01\x02'), le(20, 2), le(20, 2), Buffer.alloc(8), ...sizes]),
      Buffer.concat([Buffer.alloc(10), le(at, 4), ascii(name)]),
    )
    local.push(entry)
    at += entry.length
  }
  const directory = Buffer.concat(central)
  const count = le(Object.keys(parts).length, 2)
  const end = Buffer.concat([ascii('PK\x05\x06'), le(0, 4), count, count, le(directory.length, 4), le(at, 4), le(0, 2)])
  return Buffer.concat([...local, directory, end])
}
export const office = (type: string) =>
  zip({
    '[Content_Types].xml': `<Types><Override PartName="/x.xml" ContentType="application/vnd.${type}.main+xml"/></Types>`,
    'x.xml': '<x/>',
  })

/** An OLE2 file whose directory names these streams; its two sectors are not adjacent. */
export function ole2(...names: string[]): Buffer {
  const header = Buffer.alloc(512)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header)
  header.writeUInt16LE(3, 26)
  header.writeUInt16LE(0xfffe, 28)
  header.writeUInt16LE(9, 30)
  header.writeUInt32LE(1, 48)
  header.fill(0xff, 76)
  header.writeUInt32LE(0, 76)
  const table = Buffer.alloc(512, 0xff)
  table.writeUInt32LE(3, 4)
  table.writeUInt32LE(0xfffffffe, 12)
  const directory = Buffer.alloc(1024)
  ;['Root Entry', ...names].forEach((name, i) => {
    const entry = directory.subarray(i * 128)
    entry.write(name, 'utf16le')
    entry.writeUInt16LE(name.length * 2 + 2, 64)
    // The root's first child, and each one's next sibling.
    entry.fill(0xff, 68, 80)
    if (i === 0) entry.writeUInt32LE(1, 76)
    else if (i < names.length) entry.writeUInt32LE(i + 1, 72)
  })
  return Buffer.concat([header, table, directory.subarray(0, 512), Buffer.alloc(512), directory.subarray(512)])
}
