const END = 0x06054b50
const ENTRY = 0x02014b50
/** A size that stands in the entry's ZIP64 field. */
const ELSEWHERE = 0xffff_ffff
const ENCRYPTED = 1
const HAS_DESCRIPTOR = 8

/** What the directory of a ZIP archive says about its files. */
export interface ZipContents {
  names: string[]
  /** Bytes of its .xml and .rels files when unpacked. Infinity where an entry hides its size. */
  xmlBytes: number
  /** Bytes of all files when unpacked. */
  allBytes: number
  /** The archive, its directory with plain names: `/` between folders, and the capitals of the standard's parts. */
  bytes: Uint8Array
  /** Whether any file needs a password. */
  isEncrypted: boolean
}

/**
 * Reads the central directory of a ZIP archive; undefined when there is none. Readers stop unpacking an entry at the size that is
 * declared here, so that the sum bounds what an archive can become.
 */
export function zipContents(archive: Uint8Array): ZipContents | undefined {
  const bytes = Uint8Array.from(archive)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  const last = Math.max(0, end - 65_535)
  while (end >= last && view.getUint32(end, true) !== END) end--
  if (end < last) return undefined
  const found: ZipContents = { names: [], xmlBytes: 0, allBytes: 0, bytes, isEncrypted: false }
  // The directory ends where its end record begins, except in ZIP64, which has two more records between them.
  let at = view.getUint32(end + 16, true)
  while (at + 46 <= end && view.getUint32(at, true) === ENTRY) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((o) => view.getUint16(at + o, true)) as [
      number,
      number,
      number,
    ]
    const next = at + 46 + nameLength + extraLength + commentLength
    if (next > end) return undefined
    const name = plainName(bytes.subarray(at + 46, at + 46 + nameLength))
    const size = sizeOf(view, at, at + 46 + nameLength, extraLength)
    found.names.push(name)
    found.allBytes += size
    if ((view.getUint16(at + 8, true) & ENCRYPTED) !== 0) found.isEncrypted = true
    if (/\.(xml|rels)$/i.test(name)) found.xmlBytes += size
    at = next
  }
  return found.names.length > 0 ? found : undefined
}

/** Parts that are looked for by name, whose capitals some programs change. Excel minds neither those nor backslashes. */
const PARTS = ['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/sharedStrings.xml', 'xl/styles.xml']

/** Makes a name plain, in place: no spelling is longer than another. */
function plainName(name: Uint8Array): string {
  name.forEach((byte, i) => {
    if (byte === 0x5c) name[i] = 0x2f
  })
  const text = Buffer.from(name).toString('utf8')
  const part = PARTS.find((known) => known !== text && known.toLowerCase() === text.toLowerCase())
  if (part) name.set(Buffer.from(part))
  return part ?? text
}

/** The declared size of an entry; Infinity when the directory leaves it to the data, where nobody can trust it. */
function sizeOf(view: DataView, entry: number, extra: number, extraLength: number): number {
  const flags = view.getUint16(entry + 8, true)
  const packed = view.getUint32(entry + 20, true)
  const size = view.getUint32(entry + 24, true)
  if (size === ELSEWHERE) return zip64Size(view, extra, extraLength)
  if (packed === 0 && (flags & HAS_DESCRIPTOR) !== 0 && size !== 0) return Number.POSITIVE_INFINITY
  return size === 0 && packed > 2 ? Number.POSITIVE_INFINITY : size
}

function zip64Size(view: DataView, extra: number, length: number): number {
  for (let at = extra; at + 12 <= extra + length; at += 4 + view.getUint16(at + 2, true))
    if (view.getUint16(at, true) === 1) return Number(view.getBigUint64(at + 4, true))
  return Number.POSITIVE_INFINITY
}
