/** Writes Vietnamese as programs before Unicode did, independently of the decoders in src. */

/** The TCVN3 table as the people who convert such files have it, letter by letter. */
const LETTERS = 'àảãáạ ăằẳẵắặ âầẩẫấậ đ èẻẽéẹ êềểễếệ ìỉĩíị òỏõóọ ôồổỗốộ ơờởỡớợ ùủũúụ ưừửữứự ỳỷỹýỵ ĂÂÊÔƠƯĐ'
  .normalize('NFC')
  .replaceAll(' ', '')
const ABC = 'µ¶·¸¹ ¨»¼½¾Æ ©ÇÈÉÊË ® ÌÎÏÐÑ ªÒÓÔÕÖ ×ØÜÝÞ ßáâãä «åæçèé ¬êëìíî ïñòóô \u00adõö÷øù úûüýþ ¡¢£¤¥¦§'.replaceAll(
  ' ',
  '',
)
const VNI =
  'aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä ñ eø eû eõ eù eï eâ eà eå eã eá eä ì æ ó í ò oø oû oõ où oï oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï uø uû uõ uù uï ö öø öû öõ öù öï yø yû yõ yù î AÊ AÂ EÂ OÂ Ô Ö Ñ'.split(
    ' ',
  )
const VIQR =
  "a` a? a~ a' a. a( a(` a(? a(~ a(' a(. a^ a^` a^? a^~ a^' a^. dd e` e? e~ e' e. e^ e^` e^? e^~ e^' e^. i` i? i~ i' i. o` o? o~ o' o. o^ o^` o^? o^~ o^' o^. o+ o+` o+? o+~ o+' o+. u` u? u~ u' u. u+ u+` u+? u+~ u+' u+. y` y? y~ y' y. A( A^ E^ O^ O+ U+ DD".split(
    ' ',
  )
const write = (table: readonly string[]) => (text: string) =>
  [...text.normalize('NFC')].map((letter) => table[LETTERS.indexOf(letter)] ?? letter).join('')

export const asTcvn3 = write([...ABC])
export const asVni = write(VNI)
export const asViqr = write(VIQR)

const windows1252 = new TextDecoder('windows-1252')
/** The bytes of a text in UTF-8, read as Windows-1252. */
export const asUtf8Twice = (text: string): string => windows1252.decode(Buffer.from(text.normalize('NFC')))

/** Bytes of Windows-1258: base letters with their own mark, then the tone. */
export function windows1258(text: string): Uint8Array {
  const byteOf = new Map<string, number>()
  for (let byte = 255; byte >= 0; byte--) byteOf.set(new TextDecoder('windows-1258').decode(Uint8Array.of(byte)), byte)
  const bytes = [...text.normalize('NFD').replace(/([aeoAEO])(\u0323?)(\u0302|\u0306)/g, '$1$3$2')].join('')
  const parts = bytes.match(/[\s\S]/gu) ?? []
  const merged: string[] = []
  for (const part of parts) {
    const joined = `${merged.at(-1) ?? ''}${part}`.normalize('NFC')
    if (/[\u0302\u0306\u031b]/.test(part) && byteOf.has(joined)) merged[merged.length - 1] = joined
    else merged.push(part)
  }
  return Uint8Array.from(merged.map((letter) => byteOf.get(letter) ?? 0x3f))
}

/** Windows-1258, read as Windows-1252. */
export const asCp1258 = (text: string): string => windows1252.decode(windows1258(text))
