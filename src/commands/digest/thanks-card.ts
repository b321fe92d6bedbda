import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import { shorten } from '../shorten.js'
import type { Card } from '../ui.js'

const { thanks: t } = vi
const NAMED = 10
/** A unit's name at its longest here. */
const NAME = 80

/** One line of thanks; none where a unit was found wanting before it went out. */
export async function thanksCard({ tx, message }: Notice): Promise<Card | null> {
  const { campaignId, plan, kind, criteria, units } = payloadOf('thanks', message)
  if (message.ts === null)
    for (const { id } of units)
      if ((await tx.progress.standing(campaignId, kind, id))?.missing.length !== 0) return null
  const areAllSent = units.every((u) => u.isReportSent)
  const names = units.slice(0, NAMED).map((u) => t.unit(shorten(u.name, NAME), u.isReportSent && !areAllSent))
  const text = t.line(kind, plan, criteria, names, units.length - names.length, areAllSent)
  return { summary: plainText(text), blocks: [block.text(text)] }
}
