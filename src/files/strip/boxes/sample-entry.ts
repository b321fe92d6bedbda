import type { Bytes, Patch } from '../bytes.js'
import { readExactly } from '../bytes.js'
import { cleanIcc } from '../icc.js'
import { type Box, blank, boxesIn, childOf, keepOnly, type Rule, zeros } from './boxes.js'
import { configurationPatches, type Nal } from './nal.js'

const words = (text: string) => new Set(text.split('|'))

/** Codings of pictures in films (MP4RA; FFmpeg's `isom_tags.c`). */
const pictures = words(
  'avc1|avc2|avc3|avc4|hvc1|hev1|dvav|dva1|dvh1|dvhe|vvc1|vvi1|evc1|lhv1|lhe1|av01|vp08|vp09|mp4v|s263|h263|H263|M263|mpg1|mpg2|mpeg|' +
    'm1v |m2v1|m1v1|VP30|VP31|VP6F|SVQ1|SVQ3|svq1|svqi|cvid|jpeg|mjpa|mjpb|mjpg|MJPG|AVDJ|dmb1|png |PNG |MPNG|gif |tiff|tga |8BPS|rle |rpza|' +
    'smc |WRLE|raw |2vuy|2Vuy|yuv2|yuvs|yuvu|v210|v216|v308|v408|v410|yv12|y420|Y422|R210|r210|R10k|R10g|r10k|b16g|b48r|b64a|qdrw|' +
    'icod|apcn|apch|apcs|apco|ap4h|ap4x|aprn|aprh|dvc |dvcp|dvpp|dvpn|dv5n|dv5p|dv25|dv50|dvh1|dvh2|dvh3|dvh4|dvh5|dvh6|dvhp|dvhq|' +
    'AVdv|AVd1|AVdn|AVdh|AVDH|AVup|hdv1|hdv2|hdv3|hdv4|hdv5|hdv6|hdv7|hdv8|hdv9|hdva|mx3n|mx3p|mx4n|mx4p|mx5n|mx5p|xd51|xd54|' +
    'xd55|xd59|xd5a|xd5b|xd5c|xd5d|xd5e|xd5f|xdv1|xdv2|xdv3|xdv4|xdv5|xdv6|xdv7|xdv8|xdv9|xdva|xdvb|xdvc|xdvd|xdve|xdvf|ai12|ai15|' +
    'ai1q|ai5q|ai55|xvid|XVID|DIVX|divx|DX50|3IVD|3IV1|3IV2|FMP4|MP43|WVC1|vc-1|drac|CFHD|cfhd|Hap1|Hap5|HapY|HapM|HapA|FFV1|theo|' +
    'BLZ0|MSVC|cram|WHAM|ZLIB|FLC |flic|kpcd|hcpa|DVOO|IV50|I420|RLE4',
)
const sounds = words(
  'mp4a|.mp3|mp3 |samr|sawb|sawp|sevc|ssmv|sqcp|Qclp|QDM2|QDMC|QDCA|ima4|MAC3|MAC6|alac|ac-3|ec-3|ac-4|AC-3|Opus|opus|fLaC|sowt|' +
    'twos|raw |in24|in32|fl32|fl64|lpcm|ipcm|fpcm|NONE|\0\0\0\0|ulaw|alaw|agsm|G719|spex|vdva|dvca|dtsc|dtsh|dtsl|dtse|dtsx|mlpa|mha1|mhm1|nmos|dvi ',
)

/** The boxes of a sample entry that a decoder needs. Apple's `wave` wraps some of them. */
const configuration: Record<string, Rule> = Object.fromEntries(
  (
    'avcC hvcC lhvC vvcC evcC av1C vpcC esds d263 damr dqcp dsmv devc btrt pasp clap fiel gama dOps dfLa dac3 dec3 dac4 alac ' +
    'chan chnl pcmC dvcC dvvC dvwC hvcE avcE mdcv clli SmDm CoLL cclv amve frma enda mp4a ccst auxi auxC udts ddts dmlp mhaC SMI  ' +
    'glbl dvc1 srat vexu hfov st3d samr sawb ima4'
  )
    .split(' ')
    .map((type) => [type, 'keep'] as const),
)

export type TrackKind = 'picture' | 'sound'

/** What a track's sample description says. */
export interface Description {
  kind: TrackKind
  /** The coding of its first entry. */
  coding: string
  /** Bytes of `n` samples which all have one size; QuickTime counts uncompressed sound in samples of its own. */
  unit(n: number, size: number): number
  /** For H.264 and H.265. */
  nal: Nal | undefined
}

/** Reads a `stsd` box; undefined when the track is neither picture nor sound of a known coding. */
export async function descriptionOf(file: Bytes, stsd: Box, handler: string): Promise<Description | undefined> {
  const kind = ['vide', 'pict', 'auxv'].includes(handler) ? 'picture' : handler === 'soun' ? 'sound' : undefined
  let unit: Description['unit'] = (n, size) => n * size
  let coding: string | undefined
  let nal: Nal | undefined
  for await (const entry of boxesIn(file, stsd.from + 8, stsd.to)) {
    const isKnown =
      kind === 'picture' ? pictures.has(entry.type) : sounds.has(entry.type) || entry.type.startsWith('ms\0')
    if (!kind || !isKnown) return undefined
    coding ??= entry.type
    if (kind === 'picture') nal ??= await nalOf(file, entry)
    if (kind === 'sound' && entry.to - entry.from >= 28)
      unit = unitOf(await readExactly(file, entry.from, Math.min(44, entry.to - entry.from)))
  }
  return kind && coding ? { kind, coding, unit, nal } : undefined
}

async function nalOf(file: Bytes, entry: Box): Promise<Nal | undefined> {
  const inside = { ...entry, from: Math.min(entry.from + 78, entry.to) }
  const [avc, hevc] = [await childOf(file, inside, 'avcC'), await childOf(file, inside, 'hvcC')]
  const box = avc ?? hevc
  const [byte] = box ? await file.read(box.from + (avc ? 4 : 21), 1) : []
  return byte === undefined ? undefined : { codec: avc ? 'avc' : 'hevc', lengthSize: (byte & 3) + 1 }
}

/** Uncompressed sound: the table may count in samples of one byte, whatever they take. */
function unitOf(entry: Buffer): Description['unit'] {
  const [version, channels, bits] = [entry.readUInt16BE(8), entry.readUInt16BE(16), entry.readUInt16BE(18)]
  const [perPacket, perFrame] =
    version === 1 && entry.length >= 44 ? [entry.readUInt32BE(28), entry.readUInt32BE(36)] : [0, 0]
  return (n, size) => {
    if (perPacket > 0 && perFrame > 0) return Math.max(Math.ceil(n / perPacket) * perFrame, size > 1 ? n * size : 0)
    return size > 1 ? n * size : n * Math.max(1, channels * Math.ceil(bits / 8))
  }
}

/** Patches for the entries of a kept track's `stsd`: the configuration is kept, names and everything else are removed. */
export async function cleanDescription(file: Bytes, stsd: Box, kind: TrackKind): Promise<Patch[]> {
  const patches: Patch[] = []
  let end = stsd.from + 8
  for await (const entry of boxesIn(file, stsd.from + 8, stsd.to)) {
    const fixed = kind === 'picture' ? 78 : await soundHeader(file, entry)
    const from = Math.min(entry.from + fixed, entry.to)
    if (kind === 'picture' && entry.to - entry.from >= 78) patches.push(...(await pictureNames(file, entry)))
    const colours = kind === 'picture' ? await colourTable(file, entry, from) : 0
    patches.push(...(await keepOnly(file, Math.min(from + colours, entry.to), entry.to, entryRules(file))))
    end = entry.to
  }
  return [...patches, ...zeros(end, stsd.to)]
}

const entryRules = (file: Bytes): Record<string, Rule> => ({
  ...configuration,
  hvcC: (box) => configurationPatches(file, box),
  colr: (box) => cleanColour(file, box),
  // The endianness and the real coding of sound; a list of boxes that may end in zeros.
  wave: { ...configuration, wave: configuration },
  sv3d: { proj: { prhd: 'keep', equi: 'keep', cbmp: 'keep', mshp: 'keep' } },
})

/** The vendor, and the name of the encoder, except where a player tells the coding by it. */
async function pictureNames(file: Bytes, entry: Box): Promise<Patch[]> {
  const name = (await readExactly(file, entry.from + 42, 32)).toString('latin1')
  const isTelling = name.includes("Planar Y'CbCr") || name.includes('Sorenson H263')
  return [...zeros(entry.from + 12, entry.from + 16), ...(isTelling ? [] : zeros(entry.from + 42, entry.from + 74))]
}

/** Bytes of QuickTime's table of colours after the fixed fields, which pictures of up to 256 colours may have. */
async function colourTable(file: Bytes, entry: Box, at: number): Promise<number> {
  const fields = await file.read(entry.from + 74, 4)
  const table = await file.read(at, 8)
  if (fields.length < 4 || table.length < 8 || fields.readUInt16BE(2) !== 0) return 0
  return [1, 2, 4, 8].includes(fields.readUInt16BE() & 31) ? 8 + (table.readUInt16BE(6) + 1) * 8 : 0
}

async function soundHeader(file: Bytes, entry: Box): Promise<number> {
  const version = (await file.read(entry.from + 8, 2)).readUInt16BE()
  return { 1: 44, 2: 64 }[version] ?? 28
}

/** Colours: numbers, or a profile that is cleaned in place. */
export async function cleanColour(file: Bytes, box: Box): Promise<Patch[]> {
  const type = (await file.read(box.from, 4)).toString('latin1')
  if (['nclx', 'nclc'].includes(type)) return zeros(box.from + (type === 'nclc' ? 10 : 11), box.to)
  const isProfile = (type === 'prof' || type === 'rICC') && box.to - box.from < 8 * 1024 * 1024
  const profile = isProfile ? cleanIcc(await readExactly(file, box.from + 4, box.to - box.from - 4)) : undefined
  return profile ? [{ from: box.from + 4, to: box.to, bytes: profile, fill: 0 }] : [blank(box)]
}
