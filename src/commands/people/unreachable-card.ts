import { localDate } from '../../core/date.js'
import { standInsOf } from '../../core/people/stand-in.js'
import { absentOn } from '../../core/people/tell-absence.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import type { Block, Card } from '../ui.js'

const { office: t, common } = vi

/** The Office is told that somebody is out of reach, and who is reminded in their stead. */
export async function unreachableCard({ tx, message, now, timeZone }: Notice): Promise<Card> {
  const { workspaceId } = message
  const { name, email, personId } = payloadOf('unreachable', message)
  const blocks: Block[] = [block.text(t.unreachable(name, email))]
  const standIns = personId ? await standInsOf(tx, workspaceId, personId) : []
  const absent = await absentOn(tx, workspaceId, localDate(now, timeZone))
  for (const { unit, people, role } of standIns) {
    const there = people.filter((p) => !absent.has(p.id))
    const to = there.map((p) => `${common.role[role].toLowerCase()} ${p.fullName}`)
    blocks.push(block.text(t.passedOn([unit.name], to)))
  }
  return { summary: t.unreachableSummary(name), blocks }
}
