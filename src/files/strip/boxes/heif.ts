import { refused } from '../../../core/attachment/attachment.js'
import { type Bytes, buffered, overwrite, type Patch, type Piece, rangeOf, readExactly } from '../bytes.js'
import { jpegRanges } from '../jpeg/jpeg.js'
import { orientationOf, tiffOf } from '../orientation.js'
import { checkPixels } from '../pixels.js'
import { type Box, boxesIn, childOf, keepOnly, type Rule, topLevelBoxes, wipe, zeros } from './boxes.js'
import { filmPatches } from './film.js'
import { type Item, itemsOf } from './items.js'
import { configurationPatches } from './nal.js'
import { Ranges } from './ranges.js'
import { cleanColour } from './sample-entry.js'
import { withoutPaths } from './track.js'

/** Items that are pictures, coded or put together from others (ISO/IEC 23008-12; MIAF; AVIF). */
const pictures = new Set('hvc1 hev1 lhv1 av01 avc1 vvc1 evc1 j2k1 jpeg unci grid iovl iden tmap mski'.split(' '))

/** Properties that tell how a picture is decoded and shown. Others can hold a place, a date or a text. */
const properties: Record<string, Rule> = Object.fromEntries(
  (
    'hvcC lhvC avcC av1C vvcC evcC j2kH jpgC uncC cmpd cpal splz ispe pixi pasp clap irot imir rloc lsel a1op a1lx clli mdcv ' +
    'cclv amve oinf tols auxC ccst ndwt mskC iscl rrtp reve'
  )
    .split(' ')
    .map((type) => [type, 'keep'] as const),
)
const MAX_EXIF = 64 * 1024

/**
 * The pieces of a HEIC, HEIF or AVIF photo of which only what makes its pictures is left: listed boxes, properties and items,
 * and of the data what these items are. All else is overwritten in place, so that all offsets stay valid. The orientation is
 * kept in the EXIF data too, although readers use the picture's `irot` property. Throws FileFault (`unclean`,
 * `private_data`, `too_many_pixels`).
 */
export async function cleanHeif(unbuffered: Bytes): Promise<Piece[]> {
  const file = buffered(unbuffered)
  const { boxes, end } = await topLevelBoxes(file, ['ftyp'])
  const kept = new Ranges()
  const patches: Patch[] = []
  if (!boxes.some((b) => b.type === 'meta' || b.type === 'moov')) throw refused('unclean')
  for (const box of boxes) if (box.type === 'meta') patches.push(...(await cleanItems(file, box, kept)))
  if (boxes.some((b) => b.type === 'moov')) patches.push(...(await filmPatches(file, boxes, kept)))
  return overwrite(end, [...patches, ...wipe(boxes, kept)])
}

async function cleanItems(file: Bytes, meta: Box, kept: Ranges): Promise<Patch[]> {
  const items = await itemsOf(file, meta)
  const patches: Patch[] = []
  for (const item of items) {
    patches.push(...zeros(item.names, item.entry.to))
    patches.push(...(await (pictures.has(item.type) ? keepPicture(file, item, kept) : dropItem(file, item, kept))))
  }
  const inner: Record<string, Rule> = {
    hdlr: (box) => zeros(Math.min(box.from + 12, box.to), box.to),
    ...{ pitm: 'keep', iloc: 'keep', iinf: 'keep', iref: 'keep' },
    dinf: { dref: (box) => withoutPaths(file, box) },
    iprp: { ipco: (box) => cleanProperties(file, box), ipma: 'keep' },
    grpl: { altr: 'keep', ster: 'keep' },
    idat: (box) => kept.gaps(box.from, box.to).flatMap(([from, to]) => zeros(from, to)),
  }
  return [...patches, ...(await keepOnly(file, meta.from + 4, meta.to, inner)), ...(await optional(file, meta))]
}

async function keepPicture(file: Bytes, item: Item, kept: Ranges): Promise<Patch[]> {
  if (item.place === 'elsewhere') throw refused('private_data')
  if (item.place === 'item') return []
  const patches: Patch[] = []
  for (const { from, to } of item.extents) {
    // Without a length an item reaches to the end of the file.
    const end = to === from ? file.size : Math.min(to, file.size)
    kept.add(from, end)
    if (item.type !== 'jpeg' || item.extents.length > 1) continue
    const inside = new Ranges()
    for (const r of await jpegRanges(rangeOf(file, from, end))) inside.add(from + r.from, from + r.to)
    patches.push(
      ...inside.gaps(from, end).map(([at, until]) => ({ from: at, to: until, bytes: Buffer.alloc(0), fill: 0xff })),
    )
  }
  return patches
}

/** The data of other items are wiped; EXIF data are replaced by their orientation alone. */
async function dropItem(file: Bytes, { type, extents, place }: Item, kept: Ranges): Promise<Patch[]> {
  // What lies within a picture's item cannot be told from it.
  if (place === 'item' && extents.length > 0) throw refused('private_data')
  const [first] = extents
  if (place !== 'file' || !first) return []
  if (extents.some((e) => e.to > file.size)) throw refused('unclean')
  const exif =
    type === 'Exif' ? await readExactly(file, first.from, Math.min(first.to - first.from, MAX_EXIF)) : Buffer.alloc(0)
  const orientation = exif.length > 4 ? await orientationOf(exif.subarray(4 + exif.readUInt32BE())) : undefined
  // The item begins with the offset of the TIFF header (ISO/IEC 23008-12, A.2.1): zero.
  const small = Buffer.concat([Buffer.alloc(4), tiffOf(orientation)])
  if (small.length > exif.length) return []
  kept.add(first.from, first.to)
  return [{ ...first, bytes: small, fill: 0 }]
}

async function cleanProperties(file: Bytes, ipco: Box): Promise<Patch[]> {
  return keepOnly(file, ipco.from, ipco.to, {
    ...properties,
    ispe: async (box) => {
      const size = await readExactly(file, box.from + 4, 8)
      checkPixels(size.readUInt32BE(), size.readUInt32BE(4))
      return []
    },
    hvcC: (box) => configurationPatches(file, box),
    colr: (box) => cleanColour(file, box),
  })
}

/**
 * Patches for the associations of properties (`ipma`) that were blanked: a reader must refuse a picture that needs a property
 * which it does not know, so none of these is needed any more.
 */
async function optional(file: Bytes, meta: Box): Promise<Patch[]> {
  const [iprp, ipco] = [await childOf(file, rest(meta), 'iprp'), await childOf(file, rest(meta), 'iprp', 'ipco')]
  if (!iprp || !ipco) return []
  const blanked = new Set<number>()
  let index = 0
  for await (const box of boxesIn(file, ipco.from, ipco.to))
    if (++index && !Object.hasOwn(properties, box.type) && box.type !== 'colr') blanked.add(index)
  const patches: Patch[] = []
  for await (const box of boxesIn(file, iprp.from, iprp.to))
    if (box.type === 'ipma' && blanked.size > 0) patches.push(...(await associations(file, box, blanked)))
  return patches
}

/** The `meta` box as one whose children begin where its content does: it has a version before them. */
const rest = (meta: Box): Box => ({ ...meta, from: meta.from + 4 })

async function associations(file: Bytes, ipma: Box, blanked: ReadonlySet<number>): Promise<Patch[]> {
  const patches: Patch[] = []
  const head = await readExactly(file, ipma.from, 8)
  const [isLong, isWide] = [head[0] === 1, ((head[3] as number) & 1) === 1]
  let at = ipma.from + 8
  for (let n = head.readUInt32BE(4); n > 0 && at < ipma.to; n--) {
    at += isLong ? 4 : 2
    const count = (await readExactly(file, at++, 1))[0] as number
    for (let i = 0; i < count; i++, at += isWide ? 2 : 1) {
      const first = (await readExactly(file, at, 1))[0] as number
      const index = isWide ? (await readExactly(file, at, 2)).readUInt16BE() & 0x7fff : first & 0x7f
      if (blanked.has(index) && first & 0x80)
        patches.push({ from: at, to: at + 1, bytes: Buffer.from([first & 0x7f]), fill: 0 })
    }
  }
  return patches
}
