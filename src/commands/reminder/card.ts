import { calendarOf } from '../../core/calendar/holiday-calendar.js'
import { type Calendar, workingDaysLeft } from '../../core/calendar/working-day.js'
import { settingsOf } from '../../core/campaign/read-settings.js'
import { localDate } from '../../core/date.js'
import type { ReminderPayload } from '../../core/reminder/payload.js'
import { isOvertaken } from '../../core/reminder/sent.js'
import { suffixOf } from '../../core/reminder/snooze.js'
import { pieces } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { stampedBlocks } from '../campaign-tag.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import type { Block, Card } from '../ui.js'
import { footBlocks, saidAgainOn } from './actions.js'
import { isOwed, isTheirs, partsOf, type ReminderPart } from './part.js'
import { blocksOf, unitBlocks, unitLine } from './unit.js'

const { reminder: t } = vi

/** Blocks of a message besides those of the units. */
const OTHER_BLOCKS = 6
/** Units that are shown in one line each; the others are folded into one. */
const LINES = 12
/** Of more units than this, only those with little missing are shown criterion by criterion. */
const FEW_UNITS = 6
const LITTLE = 3

/** What a person is reminded of, from how things stand now; once all is done the message says so, and asks nothing more. */
export async function reminderCard(n: Notice): Promise<Card | null> {
  const { tx, message } = n
  const payload = payloadOf('reminder', message)
  const parts = await partsOf(tx, message, payload.items)
  const owed = parts.filter(isOwed)
  // Complete before it was ever sent, or no longer theirs: nobody needs it. Once it was seen it says how it ended.
  if (owed.length === 0) return message.ts === null || parts.length === 0 ? null : endedCard(n, payload, parts)
  if (message.ts === null) {
    if (await isOvertaken(tx, message, n.now)) return null
    const isReportOnly = owed.every((p) => p.missing.length === 0)
    if (isReportOnly && !(await settingsOf(tx, message.workspaceId)).remindReport) return null
  }
  const isWorkingDay = await calendarOf(tx, message.workspaceId)
  const today = localDate(n.now, n.timeZone)
  const said = titlesOf(owed, message.ts === null && today > payload.on ? today : payload.on, isWorkingDay)
  const summary = t.summary(said.map((s) => s.sum))
  const again = await saidAgainOn(n, payload)
  if (again) return { summary, blocks: said.slice(0, 1).map((s) => againBlock(s, said, again)) }
  const giver = payload.givenBy ? await nameOf(n, payload.givenBy) : undefined
  const { blocks, folded } = await unitsBlocks(n, said)
  const done = parts.filter((p) => isTheirs(p) && !isOwed(p)).map((p) => p.unit.name)
  return {
    summary,
    blocks: [
      ...when(payload.by, (by) => block.note(t.by(by, payload.byRole))),
      ...when(giver, (giver) => block.text(t.givenBy(giver))),
      ...blocks,
      ...(folded.length > 0 ? [foldedBlock(n, folded)] : []),
      ...when(done.length > 0, () => block.note(t.doneUnits(done))),
      ...(await footBlocks(n, payload, owed)),
    ],
  }
}

/** What is owed for one review of one campaign, under its title. */
interface Titled {
  title: ReturnType<typeof t.title>
  sum: Parameters<typeof t.summary>[0][number]
  parts: ReminderPart[]
}

function titlesOf(owed: readonly ReminderPart[], on: string, isWorkingDay: Calendar): Titled[] {
  const titled = new Map<string, Titled>()
  for (const part of owed) {
    const { campaign, kind, reviewDate, missing } = part
    const key = `${campaign.id} ${kind} ${reviewDate}`
    // As it was on the day that it was planned for: an update days later must not make it look like another reminder.
    const days = workingDaysLeft(on, reviewDate, isWorkingDay)
    const of = titled.get(key) ?? {
      title: t.title(kind, reviewDate, days),
      sum: { kind, missing: 0, reports: 0, days },
      parts: [],
    }
    titled.set(key, of)
    of.parts.push(part)
    of.sum.missing += missing.length
    of.sum.reports += missing.length === 0 ? 1 : 0
  }
  return [...titled.values()]
}

/** As many units as a message holds, in their order; `folded`: those that found no room. */
async function unitsBlocks({ tx, message, limits }: Notice, said: readonly Titled[]) {
  const blocks: Block[] = []
  const folded: ReminderPart[] = []
  let left = said.reduce((sum, s) => sum + s.parts.length, 0)
  const isMany = left > FEW_UNITS
  let lines = LINES
  let room = limits.messageBlocks - OTHER_BLOCKS - said.length
  for (const { title, parts } of said) {
    const own: Block[] = []
    for (const part of parts) {
      left--
      const cost = blocksOf(part)
      const isFull = part.missing.length > 0 && (!isMany || part.missing.length <= LITTLE)
      if (isFull && cost <= room - Math.min(lines, left)) {
        own.push(...(await unitBlocks(tx, part, message.personId)))
        room -= cost
      } else if (lines > 0 && room > 0) {
        own.push(unitLine(part))
        lines--
        room--
      } else folded.push(part)
    }
    if (own.length > 0) blocks.push(block.text(title), ...stampedBlocks(parts[0]?.campaign.id ?? '', own))
  }
  return { blocks, folded }
}

const foldedBlock = ({ message }: Notice, folded: readonly ReminderPart[]) =>
  block.item(
    t.folded(
      folded.length,
      folded.reduce((n, p) => n + p.missing.length, 0),
    ),
    [{ label: t.all, action: 'reminder.units', value: { k: suffixOf(message), page: 0 } }],
  )

const againBlock = ({ title }: Titled, said: readonly Titled[], on: string) =>
  block.text([
    ...pieces(title),
    t.again(
      said.map((s) => s.sum),
      on,
    ),
  ])

const nameOf = async ({ tx, message }: Notice, id: string): Promise<string> =>
  (await tx.people.everById(message.workspaceId, id))?.fullName ?? ''

/** Units of which each is thanked for by name. */
const THANKED = 12

async function endedCard(n: Notice, { givenBy }: ReminderPayload, parts: readonly ReminderPart[]): Promise<Card> {
  const giver = givenBy ? await nameOf(n, givenBy) : undefined
  const theirs = parts.filter(isTheirs)
  const others = parts.filter((p) => !isTheirs(p)).map((p) => p.unit.name)
  const done = theirs.slice(0, THANKED).map((p) => (p.report === 'sent' ? t.done : t.doneButReport)(p.unit.name, p.of))
  return {
    summary: theirs.length > 0 ? t.doneSummary : t.notTheirsSummary,
    blocks: [
      ...done.map((text) => block.text(text)),
      ...when(theirs.length > THANKED, () => block.text(t.doneMore(theirs.length - THANKED))),
      ...when(others.length > 0, () => block.text(t.notTheirs(others, giver))),
    ],
  }
}
