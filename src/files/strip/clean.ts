import type { FileKind } from '../../core/attachment/attachment.js'
import { cleanBmp } from './bmp.js'
import { cleanVideo } from './boxes/film.js'
import { cleanHeif } from './boxes/heif.js'
import type { Bytes, Piece } from './bytes.js'
import { cleanGif } from './gif.js'
import { cleanJpeg } from './jpeg/jpeg.js'
import { cleanPng } from './png.js'
import { cleanTiff } from './tiff/tiff.js'
import { cleanWebp } from './webp.js'

/**
 * Strips a photo or film of its GPS position and all other metadata; keeps the coded picture, the orientation and the colour
 * profile. Each cleaner keeps what its list names and nothing else. Undefined for documents. Throws FileFault: `unclean` for
 * a file that cannot be parsed, `private_data` when nothing but what must go would play, `too_many_pixels`.
 *
 * Not `exif-be-gone`, because it lets positions through: in a JPEG chunk it examines only the first 0xFFE1, which may be
 * another segment or two bytes of a colour profile; in a WebP it finds nothing, since it counts four bytes too many for each
 * chunk; and it handles neither HEIC nor orientation.
 */
export async function clean(kind: FileKind, file: Bytes): Promise<Piece[] | undefined> {
  return cleaners[kind]?.(file)
}

const cleaners: Partial<Record<FileKind, (file: Bytes) => Promise<Piece[]>>> = {
  jpeg: cleanJpeg,
  png: cleanPng,
  webp: cleanWebp,
  gif: cleanGif,
  bmp: cleanBmp,
  tiff: cleanTiff,
  heic: cleanHeif,
  avif: cleanHeif,
  mp4: cleanVideo,
}
