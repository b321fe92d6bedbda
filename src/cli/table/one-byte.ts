export const ASCII_ONLY = /^[\0-\x7f]*$/

/** The byte of a character in a one-byte table; Latin-1 where the table has none, as decoders do. */
const reverse = (label: string): Map<string, number> => {
  const table = new Map<string, number>()
  for (let byte = 0x80; byte < 0x100; byte++) table.set(String.fromCharCode(byte), byte)
  for (let byte = 0x80; byte < 0x100; byte++) table.set(new TextDecoder(label).decode(Uint8Array.of(byte)), byte)
  return table
}
export const windows1252 = reverse('windows-1252')
export const windows1258 = reverse('windows-1258')
/** Excel for Mac. */
export const macRoman = reverse('macintosh')

/** The bytes that a text was read from; undefined when it has a character that the table lacks. */
export function bytesOf(text: string, table: Map<string, number>): Uint8Array | undefined {
  const bytes: number[] = []
  for (const char of text) {
    const byte = char < '\x80' ? char.charCodeAt(0) : table.get(char)
    if (byte === undefined) return undefined
    bytes.push(byte)
  }
  return Uint8Array.from(bytes)
}
