import exifr from 'exifr'

/**
 * The orientation in the TIFF block of a photo's EXIF data: 2 to 8 as in the EXIF standard (tag 0x0112). Undefined when it is
 * 1 (upright), missing or unreadable.
 */
export async function orientationOf(tiff: Buffer): Promise<number | undefined> {
  try {
    const found: unknown = await exifr.orientation(tiff)
    return typeof found === 'number' && found >= 2 && found <= 8 ? found : undefined
  } catch {
    return undefined
  }
}

/** A minimal TIFF block with only the orientation, 26 bytes; with no entry at all, 14 bytes, when it is undefined. */
export function tiffOf(orientation: number | undefined): Buffer {
  const entry = Buffer.from('011200030000000100000000', 'hex')
  entry.writeUInt16BE(orientation ?? 1, 8)
  const [header, next] = [Buffer.from('4d4d002a00000008', 'hex'), Buffer.alloc(4)]
  return orientation
    ? Buffer.concat([header, Buffer.from('0001', 'hex'), entry, next])
    : Buffer.concat([header, Buffer.alloc(2), next])
}
