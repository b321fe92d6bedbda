import { type FileKind, refused } from '../../core/attachment/attachment.js'
import type { Bytes } from '../strip/bytes.js'

/** The directory is read up to this many sectors; Office's stream names are in the first few. */
const MAX_DIRECTORY_SECTORS = 64

/** MAXREGSECT ([MS-CFB] 2.1): a sector number from here on ends a chain. */
const CHAIN_END = 0xfffffffa

/**
 * The kind of an OLE2 file (.doc, .xls, .ppt): a small file system whose directory names the application's streams
 * ([MS-CFB] 2.6). Undefined for other OLE2 files, such as installers and mails. Throws FileFault `macro` ([MS-OVBA] 1.3.3) and
 * `locked` (password).
 */
export async function officeKind(file: Bytes): Promise<FileKind | undefined> {
  const names = await streamNames(file)
  if (names.has('EncryptedPackage')) throw refused('locked')
  if (names.has('Macros') || names.has('_VBA_PROJECT_CUR') || names.has('_VBA_PROJECT')) throw refused('macro')
  if (names.has('WordDocument')) return 'word'
  if (names.has('Workbook') || names.has('Book')) return 'excel'
  if (names.has('PowerPoint Document')) return 'powerpoint'
  return undefined
}

async function streamNames(file: Bytes): Promise<Set<string>> {
  const names = new Set<string>()
  const header = await file.read(0, 512)
  if (header.length < 512) return names
  const size = 1 << header.readUInt16LE(30)
  if (size !== 512 && size !== 4096) return names
  const at = (sector: number) => (sector + 1) * size
  let sector = header.readUInt32LE(48)
  for (let n = 0; sector < CHAIN_END && n < MAX_DIRECTORY_SECTORS; n++) {
    const directory = await file.read(at(sector), size)
    for (let entry = 0; entry + 128 <= directory.length; entry += 128) {
      const length = directory.readUInt16LE(entry + 64)
      if (length >= 2 && length <= 64) names.add(directory.toString('utf16le', entry, entry + length - 2))
    }
    // The FAT holds the next sector of the chain; the header lists the FAT's first 109 sectors.
    const [part, index] = [Math.floor(sector / (size / 4)), sector % (size / 4)]
    if (part >= 109) break
    const next = await file.read(at(header.readUInt32LE(76 + part * 4)) + index * 4, 4)
    sector = next.length === 4 ? next.readUInt32LE() : CHAIN_END
  }
  return names
}
