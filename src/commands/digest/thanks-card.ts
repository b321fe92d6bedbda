import type { ThanksPayload } from '../../core/digest/thanks.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { shorten } from '../shorten.js'
import type { Card } from '../ui.js'

const { thanks: t } = vi

/** Units named. */
const NAMED = 10

/** Characters of a unit's name. */
const NAME = 80

/** One line of thanks to a leader whose units are complete. */
export function thanksCard({ plan, kind, criteria, units }: ThanksPayload): Card {
  const areAllSent = units.every((u) => u.isReportSent)
  const names = units.slice(0, NAMED).map((u) => t.unit(shorten(u.name, NAME), u.isReportSent && !areAllSent))
  const text = t.line(kind, plan, criteria, names, units.length - names.length, areAllSent)
  return { summary: plainText(text), blocks: [block.text(text)] }
}
