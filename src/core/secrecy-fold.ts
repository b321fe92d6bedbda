/**
 * Letters of other scripts that look like Latin ones (unicode.org/Public/security, confusables.txt, reduced to the letters
 * of the stamps), as `Latin: look-alikes`. Forms that Unicode itself calls compatible (full-width, mathematical, circled)
 * are resolved by NFKD.
 */
const lookAlikes: readonly (readonly [letter: string, others: RegExp])[] = [
  ['A', /[АΑᎪᗅꓮᴀⲀ𐊠]/u],
  ['B', /[ВΒᏴᗷꓐʙⲂ]/u],
  ['C', /[СϹᏟꓚᴄⲤ]/u],
  ['E', /[ЕΕᎬꓰᴇⲈ]/u],
  ['H', /[НΗᎻᕼꓧʜⲎ]/u],
  ['I', /[ІΙӀꓲɪⲒ|]/u],
  ['M', /[МΜϺᎷᗰꓟᴍⲘ]/u],
  ['N', /[ΝꓠɴⲚ]/u],
  ['O', /[ОΟՕꓳᴏⲞ]/u],
  ['T', /[ТΤᎢꓔᴛⲦ⊤]/u],
  ['U', /[ՍᑌꓴᴜႮ]/u],
  ['Y', /[УҮΥᎩꓬʏⲨ]/u],
  ['a', /[аα]/u],
  ['e', /[е]/u],
  ['i', /[іι]/u],
  ['m', /[м]/u],
  ['o', /[оο]/u],
  ['t', /[тτ]/u],
  ['u', /[υս]/u],
  ['y', /[уү]/u],
]

const latin = new Map(
  lookAlikes.flatMap(([letter, { source }]) => [...source.slice(1, -1)].map((other) => [other, letter] as const)),
)
const foreign = new RegExp(`[${[...latin.keys()].join('')}]`, 'gu')

/** What is not seen: zero-width signs, soft hyphens, direction marks, fillers, controls; not line breaks and tabs. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}]|(?![\n\r\t])\p{Cc}/gu

/** Combining marks other than those of Vietnamese letters: underlines, strokes. */
const otherMarks = /(?![\u0300-\u0303\u0306\u0308\u0309\u031b\u0323])\p{M}/gu

/** Latin-1, Vietnamese letters, common punctuation: no text of these alone is changed by folding. */
const plain = /^[\t\n\r\x20-\x7b\x7d\x7e\xa1-\xa7\xa9\xab\xac\xae\xb0\xb1\xb6\xbb\xbf-\xffĂăĐđĨĩŨũƠơƯưẠ-ỹ–—‘’“”•₫]*$/u

/** A text as the eye reads it: NFC, without invisible signs, look-alikes as the Latin letters that they look like. */
export function foldSeen(text: string): string {
  if (plain.test(text)) return text
  return text
    .normalize('NFKD')
    .replace(unseen, '')
    .replace(otherMarks, '')
    .replace(foreign, (letter) => latin.get(letter) ?? letter)
    .normalize('NFC')
}
