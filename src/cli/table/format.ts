import { tableText } from '../../text/vi/cli/table.js'
import type { FileFault } from './table.js'

const startsWith = (bytes: Uint8Array, ...magic: number[]): boolean => magic.every((byte, i) => bytes[i] === byte)
/** The name of a stream in the directory of a compound file, where names are UTF-16. */
const hasStream = (bytes: Uint8Array, name: string): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(name, 'utf16le'))

/** What a file is by its first bytes: a ZIP archive, text, or a format that we do not read. Its name may lie. */
export function formatOf(bytes: Uint8Array): 'zip' | 'text' | FileFault {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return 'zip'
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return compoundFile(bytes)
  const start = Buffer.from(bytes.subarray(0, 1024))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
  const other = (format: string): FileFault => ({ key: 'file.other_format', names: [format] })
  if (start.startsWith('%PDF-')) return { key: 'file.no_table', names: ['PDF'] }
  if (start.startsWith('{\\rtf')) return { key: 'file.no_table', names: ['RTF'] }
  // Software for the web often saves a table as a page and calls it .xls.
  if (/^(<!doctype html|<html|<head|<meta|<table|<body)/i.test(start)) return other(tableText.formats.html)
  return /^<\?xml/i.test(start) ? other(tableText.formats.xml) : 'text'
}

/** An .xls, or a modern workbook that is encrypted as a whole. An .xls with a password names the record that says so. */
function compoundFile(bytes: Uint8Array): FileFault {
  const isEncrypted = hasStream(bytes, 'EncryptedPackage') || hasStream(bytes, 'EncryptionInfo')
  return { key: isEncrypted || hasFilePass(bytes) ? 'file.password' : 'file.old_excel' }
}

/** Looks for FILEPASS (0x2f) among the first records after the BOF (0x0809) of a workbook stream. Source: [MS-XLS] 2.4.117. */
function hasFilePass(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // Streams begin at sectors of 512 bytes.
  for (let sector = 512; sector + 8 <= bytes.length; sector += 512) {
    if (view.getUint16(sector, true) !== 0x0809 || view.getUint16(sector + 4, true) !== 0x0600) continue
    let at = sector
    for (let records = 0; records < 6 && at + 4 <= bytes.length; records++) {
      if (view.getUint16(at, true) === 0x002f) return true
      at += 4 + view.getUint16(at + 2, true)
    }
  }
  return false
}
