import { type FileKind, refused } from '../../core/attachment/attachment.js'
import type { Bytes } from '../strip/bytes.js'

/** Sectors of the directory that are read at most; Office's own names stand in the first few. */
const MAX_SECTORS = 64
const END = 0xfffffffa

/**
 * What an OLE2 file is (.doc, .xls, .ppt): a small file system whose directory names the streams of its program ([MS-CFB] 2.6).
 * Undefined for others, such as installers and mails. Throws FileFault for macros ([MS-OVBA] 1.3.3) and for files with a password.
 */
export async function officeKind(file: Bytes): Promise<FileKind | undefined> {
  const names = await namesIn(file)
  if (names.has('EncryptedPackage')) throw refused('locked')
  if (names.has('Macros') || names.has('_VBA_PROJECT_CUR') || names.has('_VBA_PROJECT')) throw refused('macro')
  if (names.has('WordDocument')) return 'word'
  if (names.has('Workbook') || names.has('Book')) return 'excel'
  if (names.has('PowerPoint Document')) return 'powerpoint'
  return undefined
}

async function namesIn(file: Bytes): Promise<Set<string>> {
  const names = new Set<string>()
  const header = await file.read(0, 512)
  if (header.length < 512) return names
  const size = 1 << header.readUInt16LE(30)
  if (size !== 512 && size !== 4096) return names
  const at = (sector: number) => (sector + 1) * size
  let sector = header.readUInt32LE(48)
  for (let n = 0; sector < END && n < MAX_SECTORS; n++) {
    const directory = await file.read(at(sector), size)
    for (let entry = 0; entry + 128 <= directory.length; entry += 128) {
      const length = directory.readUInt16LE(entry + 64)
      if (length >= 2 && length <= 64) names.add(directory.toString('utf16le', entry, entry + length - 2))
    }
    // The table of sectors says which comes next; the header names the first 109 sectors of that table.
    const [part, index] = [Math.floor(sector / (size / 4)), sector % (size / 4)]
    if (part >= 109) break
    const next = await file.read(at(header.readUInt32LE(76 + part * 4)) + index * 4, 4)
    sector = next.length === 4 ? next.readUInt32LE() : END
  }
  return names
}
