import { extensionOf, type FileKind, fitsKind } from './attachment.js'

const MAX_CHARACTERS = 120

/** Most file systems allow 255 bytes per name; a Vietnamese letter takes up to three. */
const MAX_BYTES = 240
const FALLBACK = 'minh-chung'

/** Device names reserved by Windows, with any extension (learn.microsoft.com, "Naming Files, Paths"). */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i

/**
 * Sanitises a file name for display and storage on any system: last path segment, no control or bidirectional
 * characters, NFC, at most 120 characters, extension kept. With a kind, the name ends in an extension of that kind:
 * `anh.exe` with a photo's bytes becomes `anh.exe.jpg`. Never empty.
 */
export function safeFileName(raw: string, kind?: FileKind): string {
  const plain = (raw.split(/[/\\]/).at(-1) ?? '')
    .normalize('NFC')
    .replace(/[\p{Z}\t\n\v\f\r]+/gu, ' ')
    .replace(/\p{C}/gu, '')
    .replace(/[<>:"|?*]/g, '-')
    .replace(/^[. ]+|[. ]+$/g, '')
  const [, before, extension] = /^(.*)\.([\p{L}\p{N}]{1,10})$/u.exec(plain) ?? []
  const fits = extension !== undefined && (kind === undefined || fitsKind(extension, kind))
  const stem = (fits ? before : plain) || FALLBACK
  const end = fits ? `.${extension}` : kind ? `.${extensionOf(kind)}` : ''
  return clip(reserved.test(stem) ? `_${stem}` : stem, end) + end
}

function clip(stem: string, end: string): string {
  const size = (text: string) => new TextEncoder().encode(text).length
  let [characters, bytes] = [end.length, size(end)]
  let kept = ''
  for (const character of stem) {
    characters += character.length
    bytes += size(character)
    if (characters > MAX_CHARACTERS || bytes > MAX_BYTES) return kept.replace(/[. ]+$/, '')
    kept += character
  }
  return kept
}
