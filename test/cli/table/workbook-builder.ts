import { crc32, deflateRawSync } from 'node:zlib'

/** A cell: text, a number, nothing, or the XML of a `c` element with `REF` for its reference. */
export type CellIn = string | number | null | undefined | { xml: string }

export interface SheetIn {
  name: string
  rows: CellIn[][]
  state?: 'hidden' | 'veryHidden'
  /** XML before `sheetData`. */
  head?: string
  /** XML after `sheetData`: merged cells, validations. */
  tail?: string
  /** Of all elements of the sheet, for example `x:`. */
  prefix?: string
  /** Whether rows and cells have their numbers. */
  isNumbered?: boolean
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const xmlText = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')
const letters = (index: number): string =>
  (index >= 26 ? letters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))

/** Styles of cells: 1 a date, 2 the number format 00, 3 scientific, 4 the font .VnTime, 5 .VnTimeH, 6 VNI-Times. */
const styles = `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="170" formatCode="00"/></numFmts><fonts count="4"><font><name val="Calibri"/></font><font><name val=".VnTime"/></font><font><name val=".VnTimeH"/></font><font><name val="VNI-Times"/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellXfs count="7"><xf/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="11"/><xf fontId="1"/><xf fontId="2"/><xf fontId="3"/></cellXfs></styleSheet>`

function cellXml(cell: CellIn, ref: string): string {
  if (cell === null || cell === undefined) return ''
  const r = ref === '' ? '' : ` r="${ref}"`
  if (typeof cell === 'object') return cell.xml.replace(' r="REF"', r)
  if (typeof cell === 'number') return `<c${r}><v>${cell}</v></c>`
  return `<c${r} t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`
}

function sheetXml({ rows, head = '', tail = '', prefix = '', isNumbered = true }: SheetIn): string {
  const data = rows.map((row, y) => {
    const cells = row.map((cell, x) =>
      cellXml(isNumbered ? cell : (cell ?? ''), isNumbered ? `${letters(x)}${y + 1}` : ''),
    )
    return `<row${isNumbered ? ` r="${y + 1}"` : ''}>${cells.join('')}</row>`
  })
  const xml = `<worksheet xmlns="${MAIN}" xmlns:r="${REL}">${head}<sheetData>${data.join('')}</sheetData>${tail}</worksheet>`
  if (prefix === '') return xml
  return xml.replace(/<(\/?)(?=[a-z])/gi, `<$1${prefix}`).replace('xmlns=', `xmlns:${prefix.replace(':', '')}=`)
}

/** An .xlsx with the given sheets, and other parts in place of or beside its own. */
export function workbook(sheets: SheetIn[], parts: Record<string, string> = {}): Uint8Array {
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  return zipOf({
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${REL}"><sheets>${sheets.map((s, i) => `<sheet name="${xmlText(s.name)}" sheetId="${i + 1}"${s.state ? ` state="${s.state}"` : ''} r:id="s${i}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="st" Type="${REL}/styles" Target="styles.xml"/>${sheets.map((_, i) => `<Relationship Id="s${i}" Type="${REL}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`,
    'xl/styles.xml': styles,
    ...Object.fromEntries(sheets.map((s, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetXml(s)])),
    ...parts,
  })
}

/** A ZIP archive with compressed files. `declared` replaces the sizes that its directory states. */
export function zipOf(files: Record<string, string | Uint8Array>, declared: Record<string, number> = {}): Uint8Array {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const data = Buffer.from(content as string)
    const packed = deflateRawSync(data)
    const header = Buffer.alloc(26)
    header.writeUInt16LE(20, 0)
    header.writeUInt16LE(0x800, 2)
    header.writeUInt16LE(8, 4)
    header.writeUInt32LE(crc32(data), 10)
    header.writeUInt32LE(packed.length, 14)
    header.writeUInt32LE(declared[name] ?? data.length, 18)
    header.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), header, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), header, tail, Buffer.from(name)]))
    bodies.push(local)
    offset += local.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...bodies, ...directory, end]))
}
