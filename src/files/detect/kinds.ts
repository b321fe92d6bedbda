import { fileTypeFromFile } from 'file-type'
import { type FileKind, refused } from '../../core/attachment/attachment.js'
import type { Bytes } from '../strip/bytes.js'
import { officeKind } from './office.js'

const ooxml = 'application/vnd.openxmlformats-officedocument'
const kinds: Record<string, FileKind> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/apng': 'png',
  'image/heic': 'heic',
  'image/heif': 'heic',
  'image/heic-sequence': 'heic',
  'image/heif-sequence': 'heic',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  [`${ooxml}.wordprocessingml.document`]: 'word',
  [`${ooxml}.spreadsheetml.sheet`]: 'excel',
  [`${ooxml}.presentationml.presentation`]: 'powerpoint',
  [`${ooxml}.presentationml.slideshow`]: 'powerpoint',
  'video/mp4': 'mp4',
  'video/x-m4v': 'mp4',
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

/**
 * Detects a file's kind and MIME type from its bytes; its name plays no part. `path` and `file` are the same file. Throws
 * FileFault (`empty`, `html`, `executable`, `macro`, `locked`, `unknown`) for a file that is not accepted.
 */
export async function kindOf(path: string, file: Bytes): Promise<{ kind: FileKind; mime: string }> {
  if (file.size === 0) throw refused('empty')
  const head = (await file.read(0, 1024)).toString('latin1').replace(/^(\xef\xbb\xbf|\s)+/, '')
  if (html.test(head)) throw refused('html')
  if (script.test(head)) throw refused('executable')
  const mime = await mimeOf(path)
  if (executables.has(mime)) throw refused('executable')
  if (/macroenabled/i.test(mime)) throw refused('macro')
  const kind = mime === OLE2 ? await officeKind(file) : kinds[mime]
  if (!kind) throw refused('unknown')
  return { kind, mime: mime === OLE2 ? (ole2[kind] as string) : mime }
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
