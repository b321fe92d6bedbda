import { refused } from '../../core/attachment/attachment.js'
import { type Bytes, type Piece, readExactly } from './bytes.js'
import { orientationOf, tiffOf } from './orientation.js'

/** ITU-T T.81, table B.1. */
const [SOI, EOI, SOS, APP0, APP1, APP2, APP14, APP15, COM] = [0xd8, 0xd9, 0xda, 0xe0, 0xe1, 0xe2, 0xee, 0xef, 0xfe]
const WINDOW = 64 * 1024
const EXIF = 'Exif\0\0'

/**
 * The pieces of a JPEG without metadata. Of the application segments only JFIF, the colour profile and Adobe's colour
 * transform stay; a new EXIF segment holds the orientation. Everything after the end of the picture is left out: phones
 * append a second picture or a video there, each with its own position. Throws FileFault (`unclean`).
 */
export async function cleanJpeg(file: Bytes): Promise<Piece[]> {
  const pieces: Piece[] = []
  if ((await readExactly(file, 0, 2)).readUInt16BE() !== 0xff00 + SOI) throw refused('unclean')
  let orientation: number | undefined
  let afterJfif = 0
  let at = 2
  for (let inPicture = false; ; ) {
    const { marker, start, next } = await markerAt(file, at, inPicture)
    if (inPicture && start > at) pieces.push({ from: at, to: start })
    if (marker === EOI || (marker === undefined && inPicture)) break
    if (marker === undefined || marker === SOI) throw refused('unclean')
    const end = next + (await readExactly(file, next, 2)).readUInt16BE()
    if (end < next + 2 || end > file.size) throw refused('unclean')
    const head = (await readExactly(file, next + 2, Math.min(12, end - next - 2))).toString('latin1')
    if (marker === APP1 && head.startsWith(EXIF))
      orientation ??= await orientationOf(await readExactly(file, next + 8, end - next - 8))
    if (isKept(marker, head)) pieces.push({ from: next - 2, to: end })
    if (marker === APP0 && pieces.length === 1) afterJfif = 1
    if (marker === SOS) inPicture = true
    at = end
  }
  const exif = orientation ? [segment(APP1, Buffer.concat([Buffer.from(EXIF), tiffOf(orientation)]))] : []
  pieces.splice(afterJfif, 0, ...exif)
  return [Buffer.from([0xff, SOI]), ...pieces, Buffer.from([0xff, EOI])]
}

function isKept(marker: number, head: string): boolean {
  if (marker === APP0) return head.startsWith('JFIF\0')
  if (marker === APP2) return head === 'ICC_PROFILE\0'
  if (marker === APP14) return head.startsWith('Adobe')
  return (marker < APP0 || marker > APP15) && marker !== COM
}

/**
 * Outside the coded picture: the marker at `at`. Within it: the next marker from `at` on; 0xFF00 and restart markers belong
 * to the picture. A marker is one or more 0xFF and a code. `start` is the offset of its first byte, `next` of the byte after
 * it; an undefined `marker` means the end of the file.
 */
async function markerAt(file: Bytes, at: number, inPicture: boolean) {
  let start = at
  for (;;) {
    const window = await file.read(start, WINDOW)
    if (window.length < 2) return { marker: undefined, start: file.size, next: file.size }
    for (let i = window.indexOf(0xff); i !== -1; i = window.indexOf(0xff, i + 1)) {
      if (i > 0 && !inPicture) throw refused('unclean')
      let code = i + 1
      while (window[code] === 0xff) code++
      const marker = window[code]
      if (marker === undefined) break
      const isData = marker === 0 || (marker >= 0xd0 && marker <= 0xd7)
      if (!isData) return { marker, start: start + i, next: start + code + 1 }
      if (!inPicture) throw refused('unclean')
      i = code
    }
    if (!inPicture) throw refused('unclean')
    // Read the last byte again: it may be the first half of a marker.
    start += window.length - 1
  }
}

/** A segment of a JPEG: marker, length and body (at most 65 533 bytes). */
export function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
