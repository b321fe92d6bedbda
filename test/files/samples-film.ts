const ascii = (text: string) => Buffer.from(text, 'latin1')
const u16 = (...n: number[]) => Buffer.concat(n.map((x) => Buffer.from([x >> 8, x & 255])))
const u32 = (...n: number[]) =>
  Buffer.concat(n.map((x) => Buffer.from([x >>> 24, (x >> 16) & 255, (x >> 8) & 255, x & 255])))

export const box = (type: string, ...body: Buffer[]): Buffer => {
  const content = Buffer.concat(body)
  return Buffer.concat([u32(content.length + 8), ascii(type), content])
}

/** A track: its handler, the coding of its samples, and these. `inside`: more boxes of the track. */
export interface TrackParts {
  handler: string
  coding: string
  samples: Buffer[]
  inside?: Buffer[]
  /** More boxes of the sample entry. */
  configuration?: Buffer[]
}

export interface FilmParts {
  brand?: string
  tracks: TrackParts[]
  indexFirst?: boolean
  /** Boxes of `moov` after the tracks, and at the top level after all. */
  inIndex?: Buffer[]
  after?: Buffer[]
  /** Bytes of `mdat` that belong to no sample. */
  unused?: Buffer
}

/** A film whose tracks lie in `mdat` one after another, a chunk each, with `unused` between them. */
export function film({
  brand = 'isom',
  tracks,
  indexFirst = false,
  inIndex = [],
  after = [],
  unused = Buffer.alloc(0),
}: FilmParts): Buffer {
  const ftyp = box('ftyp', ascii(`${brand}\0\0\0\0${brand}`))
  const index = (start: number) => {
    let at = start
    const traks = tracks.map((t, i) => {
      at += unused.length
      const trak = trakOf(t, i + 1, at)
      at += t.samples.reduce((sum, s) => sum + s.length, 0)
      return trak
    })
    return box('moov', box('mvhd', Buffer.alloc(100, 1)), ...traks, ...inIndex)
  }
  const mdat = box('mdat', ...tracks.flatMap((t) => [unused, ...t.samples]), unused)
  const before = ftyp.length + 8
  return indexFirst
    ? Buffer.concat([ftyp, index(before + index(0).length), mdat, ...after])
    : Buffer.concat([ftyp, mdat, index(before), ...after])
}

function trakOf(
  { handler, coding, samples, inside = [], configuration = [] }: TrackParts,
  id: number,
  at: number,
): Buffer {
  const head = Buffer.concat([Buffer.alloc(6), u16(1)])
  const fixed = { vide: 70, soun: 20 }[handler] ?? 0
  const entry = box(coding, head, Buffer.alloc(fixed, fixed === 70 ? 0x41 : 0), ...configuration)
  const stbl = box(
    'stbl',
    box('stsd', u32(0, 1), entry),
    box('stts', u32(0, 1, samples.length, 1)),
    box('stsc', u32(0, 1, 1, samples.length, 1)),
    box('stsz', u32(0, 0, samples.length, ...samples.map((s) => s.length))),
    box('stco', u32(0, 1, at)),
  )
  const minf = box('minf', box('dinf', box('dref', u32(0, 1), box('url ', u32(1)))), stbl)
  const hdlr = box('hdlr', u32(0, 0), ascii(handler), Buffer.alloc(12), ascii('Nguoi chup: bi mat\0'))
  const mdia = box('mdia', box('mdhd', Buffer.alloc(24, 3)), hdlr, minf)
  const tkhd = box('tkhd', u32(7), Buffer.alloc(8, 9), u32(id), Buffer.alloc(68))
  return box('trak', tkhd, mdia, ...inside)
}
