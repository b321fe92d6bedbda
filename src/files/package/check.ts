import { type FileKind, refused } from '../../core/attachment/attachment.js'
import type { Bytes } from '../strip/bytes.js'
import { type Entry, unpack, type Zip } from './zip.js'

const MAX_TYPES = 4 * 1024 * 1024
/** How many times its size an Office file may unpack to; texts pack to a tenth. */
const MAX_RATIO = 100

const ooxml = 'application/vnd.openxmlformats-officedocument'
/** The main part of each kind: its content type, which is also the file's MIME type, and its usual place. */
const mains: [kind: FileKind, type: RegExp, place: RegExp, mime: string][] = [
  ['word', /wordprocessingml\.(document|template)\.main\+xml/i, /^word\/document\.xml$/i, 'wordprocessingml.document'],
  ['excel', /spreadsheetml\.(sheet|template)\.main\+xml/i, /^xl\/workbook\.xml$/i, 'spreadsheetml.sheet'],
  [
    'powerpoint',
    /presentationml\.(presentation|slideshow|template)\.main\+xml/i,
    /^ppt\/presentation\.xml$/i,
    'presentationml.presentation',
  ],
]

/**
 * The kind of an Office file by its list of content types; undefined for another zip. Throws FileFault: `macro`, also for a
 * project of macros in a file that claims to have none; `locked`.
 */
export async function packageKind(file: Bytes, zip: Zip): Promise<{ kind: FileKind; mime: string } | undefined> {
  const types = zip.entries.find((e) => e.name.toLowerCase() === '[content_types].xml')
  if (!types) return undefined
  if (types.isEncrypted) throw refused('locked')
  const text = await textOf(file, types)
  if (/macroEnabled(\.|[^"']*\.)main|<[^>]*Override[^>]*ms-office\.vbaProject/i.test(text)) throw refused('macro')
  for (const [kind, type, place, name] of mains) {
    const found = type.exec(text)
    if (!found && !zip.entries.some((e) => place.test(e.name))) continue
    const variant = found?.[1]?.toLowerCase()
    return { kind, mime: `${ooxml}.${variant ? name.replace(/[^.]+$/, variant) : name}` }
  }
  return undefined
}

/** Throws FileFault: `macro` (not for one inside another), `locked`, and `bomb` by what the directory claims. */
export function checkPackage(file: Bytes, { entries }: Zip, isInside: boolean): void {
  if (!isInside && entries.some((e) => /(^|\/)(vbaProject\.bin|vbaData\.xml)$|^xl\/macrosheets\//i.test(e.name)))
    throw refused('macro')
  if (entries.some((e) => e.isEncrypted)) throw refused('locked')
  if (entries.reduce((sum, e) => sum + e.size, 0) > MAX_RATIO * file.size) throw refused('bomb')
}

async function textOf(file: Bytes, entry: Entry): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const chunk of unpack(file, entry)) {
    parts.push(chunk)
    size += chunk.length
    if (size > MAX_TYPES) throw refused('bomb')
  }
  const bytes = Buffer.concat(parts)
  return bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8')
}
