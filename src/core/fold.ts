/** Lower case without accents, hyphens or spaces, for matching: `Tổng-Hợp` → `tonghop`. */
export const fold = (text: string): string => foldWords(text).replaceAll(' ', '')

/** Like `fold`, with one space between words. NFD does not decompose đ, so it is mapped explicitly. */
export function foldWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('\u0111', 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
