/** First brands of HEIF files (ISO/IEC 23008-12, annexes A to H; AVIF): photos, bursts, and those whose coding a later brand tells. */
const first =
  /^[\s\S]{4}ftyp(mif[123]|msf1|miaf|hei[cxmso]|hev[cxms]|avci|avcs|avif|avis|vvic|vvis|jpeg|jpgs|j2ki|j2is)/
const avif = /^[\s\S]{4}ftyp[\s\S]{0,64}?avi[fs]/

/** Whether a file begins like a HEIC, HEIF or AVIF photo. */
export const isHeif = (head: string): boolean => first.test(head)

/** Whether such a photo is coded in AV1. */
export const isAvif = (head: string): boolean => isHeif(head) && avif.test(head)
