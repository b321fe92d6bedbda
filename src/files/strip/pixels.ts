import { refused } from '../../core/attachment/attachment.js'

/** In pixels; the largest photos of phones have 200 million. More is a mistake, or meant to exhaust whatever opens it. */
const MAX_PIXELS = 2 ** 30

/** Throws FileFault (`too_many_pixels`) for a picture that no program should unpack. */
export function checkPixels(width: number, height: number): void {
  if (width * height > MAX_PIXELS) throw refused('too_many_pixels')
}
