import { fileTypeFromFile } from 'file-type'
import { type FileKind, refused } from '../../core/attachment/attachment.js'
import { packageKind } from '../package/check.js'
import { readZip } from '../package/zip.js'
import type { Bytes } from '../strip/bytes.js'
import { pagesOf } from '../strip/tiff/directory.js'
import { isAvif, isHeif } from './heif-brand.js'
import { officeKind } from './office.js'
import { checkPdf, isPdf } from './pdf.js'

const kinds: Record<string, FileKind> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/apng': 'png',
  'image/heic': 'heic',
  'image/heif': 'heic',
  'image/heic-sequence': 'heic',
  'image/heif-sequence': 'heic',
  'image/avif': 'avif',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/bmp': 'bmp',
  'image/tiff': 'tiff',
  'application/pdf': 'pdf',
  'video/mp4': 'mp4',
  'video/x-m4v': 'mp4',
  'video/3gpp': 'mp4',
  'video/3gpp2': 'mp4',
  // Videos of iPhones.
  'video/quicktime': 'mp4',
}

const OLE2 = 'application/x-cfb'
const ole2: Partial<Record<FileKind, string>> = {
  word: 'application/msword',
  excel: 'application/vnd.ms-excel',
  powerpoint: 'application/vnd.ms-powerpoint',
}

const executables = new Set([
  'application/x-msdownload',
  'application/x-elf',
  'application/x-mach-binary',
  'application/java-vm',
  'application/java-archive',
  'application/vnd.android.package-archive',
  'application/wasm',
  'application/x.ms.shortcut',
  'application/x-ms-regedit',
])

const script = /^(#!|@echo\b|<\?php|<script\b|<job\b)/i
const html = /^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<(!doctype\s+html|html|head|body|title|meta)\b/i
const ZIP = 'PK\x03\x04'
/** How a BigTIFF begins, which `file-type` does not know in every byte order. */
const bigTiff = ['II+\0\x08\0', 'MM\0+\0\x08']
const tiff = { kind: 'tiff', mime: 'image/tiff' } as const
/** `file-type` takes a TIFF for a raw photo when it has one tag that such cameras write. */
const rawPhotos = new Set(['image/x-sony-arw', 'image/x-nikon-nef', 'image/x-adobe-dng'])
/** SubIFDs, where these have their raw data. */
const SUBIFDS = 330
/** OS/2's array of bitmaps. */
const bitmaps = /^BA[\s\S]{12}BM/

/**
 * Detects a file's kind and MIME type from its bytes; its name plays no part. `path` and `file` are the same file. Throws
 * FileFault (`empty`, `html`, `executable`, `macro`, `locked`, `script`, `unknown`) for a file that is not accepted.
 */
export async function kindOf(path: string, file: Bytes): Promise<{ kind: FileKind; mime: string }> {
  if (file.size === 0) throw refused('empty')
  const raw = (await file.read(0, 1024)).toString('latin1')
  const head = raw.replace(/^(\xef\xbb\xbf|\s)+/, '')
  if (html.test(head)) throw refused('html')
  if (script.test(head)) throw refused('executable')
  const office = raw.startsWith(ZIP) ? await zippedOffice(file) : undefined
  if (office) return office
  const mime = await mimeOf(path)
  if (executables.has(mime)) throw refused('executable')
  if (/macroenabled/i.test(mime)) throw refused('macro')
  if (mime === OLE2) {
    const kind = await officeKind(file)
    if (!kind) throw refused('unknown')
    return { kind, mime: ole2[kind] as string }
  }
  const found = rawPhotos.has(mime) && (await isPlainTiff(file)) ? tiff : accepted(mime, raw)
  if (!found) throw refused('unknown')
  if (found.kind === 'pdf') await checkPdf(file)
  return found
}

const isPlainTiff = async (file: Bytes): Promise<boolean> =>
  !(await pagesOf(file)).pages.some((page) => page.has(SUBIFDS))

async function zippedOffice(file: Bytes): Promise<{ kind: FileKind; mime: string } | undefined> {
  const zip = await readZip(file)
  return zip && packageKind(file, zip)
}

function accepted(mime: string, head: string): { kind: FileKind; mime: string } | undefined {
  if (isAvif(head)) return { kind: 'avif', mime: 'image/avif' }
  if (isHeif(head)) return { kind: 'heic', mime: kinds[mime] === 'heic' ? mime : 'image/heif' }
  const kind = kinds[mime]
  if (kind) return { kind, mime }
  if (bigTiff.some((begin) => head.startsWith(begin))) return { kind: 'tiff', mime: 'image/tiff' }
  if (bitmaps.test(head)) return { kind: 'bmp', mime: 'image/bmp' }
  return isPdf(head) ? { kind: 'pdf', mime: 'application/pdf' } : undefined
}

/** Empty when the type is not known or `file-type` fails on the content. Disk errors say nothing about the file and are thrown. */
async function mimeOf(path: string): Promise<string> {
  try {
    return (await fileTypeFromFile(path))?.mime ?? ''
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall) throw error
    return ''
  }
}
