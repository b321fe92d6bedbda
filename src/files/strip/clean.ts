import type { FileKind } from '../../core/attachment/attachment.js'
import type { Bytes, Piece } from './bytes.js'
import { cleanHeif } from './heif.js'
import { cleanJpeg } from './jpeg.js'
import { cleanPng } from './png.js'
import { cleanVideo } from './video.js'
import { cleanWebp } from './webp.js'

/**
 * Strips a photo or video of its GPS position and all other metadata; keeps the coded picture byte for byte, the orientation
 * and the colour profile. Undefined for documents, which are stored unchanged. Throws FileFault (`unclean`) for a file that
 * cannot be parsed to its end.
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
  heic: cleanHeif,
  mp4: cleanVideo,
}
