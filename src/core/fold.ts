/** Lower case without accents, hyphens or spaces, for finding what was meant: `Tổng-Hợp` → `tonghop`. */
export const fold = (text: string): string => foldWords(text).replaceAll(' ', '')

/** As `fold`, but words stay apart by one space each. NFD does not split đ, so it is mapped by hand. */
export function foldWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('\u0111', 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
