/** Tone marks after decomposition: grave, acute, tilde, hook above, dot below. */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g

/**
 * The rhymes of Vietnamese without tones, by the letters before the vowel's own marks are added: ^ circumflex, ( breve, + horn.
 * Source: the regular rhymes of the school primer (Tieng Viet 1), and `ak`, `a(k`, `o^k` of place names in the highlands.
 */
const RHYMES = `a ac ach ai am an ang anh ao ap at au ay ak a(c a(m a(n a(ng a(p a(t a(k a^c a^m a^n a^ng a^p a^t a^u a^y
  e ec em en eng eo ep et e^ e^ch e^m e^n e^nh e^p e^t e^u i ia ich im in inh ip it iu ie^c ie^m ie^n ie^ng ie^p ie^t ie^u
  o oa oac oach oai oam oan oang oanh oao oap oat oay oa(c oa(m oa(n oa(ng oa(t oc oe oen oeo oet oi om on ong ooc oong op ot
  o^ o^c o^i o^m o^n o^ng o^p o^t o^k o+ o+i o+m o+n o+p o+t
  u ua uc ui um un ung up ut ua^n ua^ng ua^t ua^y ue^ ue^ch ue^nh uo+ uy uya uych uynh uyp uyt uyu uye^n uye^t
  uo^c uo^i uo^m uo^n uo^ng uo^t
  u+ u+a u+c u+i u+m u+n u+ng u+t u+u u+o+c u+o+i u+o+m u+o+n u+o+ng u+o+p u+o+t u+o+u
  y ych yn ynh yt ye^m ye^n ye^ng ye^t ye^u`

const MARKS: Record<string, string> = { '^': '\u0302', '(': '\u0306', '+': '\u031b' }
const rhymes = RHYMES.replace(/[(^+]/g, (mark) => MARKS[mark] ?? mark)
  .normalize('NFC')
  .split(/\s+/)
  .join('|')
const syllable = new RegExp(
  `^(?:b|ch?|d|\u0111|gh|gi?|h|kh?|l|m|ngh?|nh?|p|ph|qu|r|s|th?|tr|v|x)?(?:${rhymes})$`.normalize('NFC'),
)
/** Syllables that end in a stop have an acute or a dot below, no other tone. */
const STOPPED = /(?:ch|[cptk])$/
const TONES_OF_STOPPED = /^[\u0301\u0323]?$/

/** Whether a word is spelt like a Vietnamese syllable. Names such as `Niê`, `Kpă` are not, and need not be. */
export function isSyllable(word: string): boolean {
  const decomposed = word.toLowerCase().normalize('NFD')
  const tones = decomposed.match(TONES) ?? []
  if (tones.length > 1) return false
  const bare = decomposed.replace(TONES, '').normalize('NFC')
  return syllable.test(bare) && (!STOPPED.test(bare) || TONES_OF_STOPPED.test(tones.join('')))
}
