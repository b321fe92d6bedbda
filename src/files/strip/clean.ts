import type { FileKind } from '../../core/attachment/attachment.js'
import type { Bytes, Piece } from './bytes.js'
import { cleanFilm } from './film.js'
import { cleanHeif } from './heif.js'
import { cleanJpeg } from './jpeg.js'
import { cleanPng } from './png.js'
import { cleanWebp } from './webp.js'

/**
 * What goes into the store of a photo or film: all but its position and what else was written beside the picture; the picture itself
 * byte for byte, how it lies, and its colour profile. Undefined for documents, which stay as they are.
 *
 * Own code, because `exif-be-gone` lets a position through: in a JPEG it looks no further in a chunk than to the first 0xFFE1, be it
 * another segment or two bytes of a colour profile; in a WebP it finds nothing at all, since it counts four bytes too many a chunk; and
 * it knows neither HEIC nor how a photo lies. Throws FileFault (`unclean`) for what it cannot read to the end.
 */
export async function clean(kind: FileKind, file: Bytes): Promise<Piece[] | undefined> {
  return cleaners[kind]?.(file)
}

const cleaners: Partial<Record<FileKind, (file: Bytes) => Promise<Piece[]>>> = {
  jpeg: cleanJpeg,
  png: cleanPng,
  webp: cleanWebp,
  heic: cleanHeif,
  mp4: cleanFilm,
}
