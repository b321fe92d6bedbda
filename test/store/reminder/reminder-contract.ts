import { describe, expect, it } from 'vitest'
import { reminderNotice } from '../../../src/commands/reminder/notice.js'
import { planningDay } from '../../../src/core/campaign/planning-day.js'
import type { Message } from '../../../src/core/outbox/outbox.js'
import { aboutReminders } from '../../../src/core/outbox/topics.js'
import type { Tx } from '../../../src/core/ports.js'
import { cancelHandover, handOver } from '../../../src/core/reminder/handover.js'
import { escalate } from '../../../src/core/reminder/pass-on.js'
import { reminderPayload } from '../../../src/core/reminder/payload.js'
import { planReminders } from '../../../src/core/reminder/plan.js'
import { cancelSnooze, snooze } from '../../../src/core/reminder/snooze.js'
import { refuseMessage } from '../../../src/local-slack/validate/message.js'
import { slackLimits } from '../../../src/slack/limits.js'
import { slackFailureReason } from '../../../src/slack/outbound/failure-reason.js'
import { message as drawn } from '../../../src/slack/render/render.js'
import { at, timeZone } from '../../example.js'
import { type College, foundCollege, personIdOf } from '../college.js'
import type { OpenStore } from '../open-store.js'

const DAY = '2024-06-13'
const now = at(DAY, '08:20')
const kind = 'preliminary' as const

async function found(store: Awaited<ReturnType<OpenStore>>, size?: number) {
  const college = await foundCollege(store, size)
  const { workspaceId, campaign } = college
  const review = { kind, date: '2024-06-28' }
  await college.run('board', ({ tx, actor }) => tx.reviews.set(workspaceId, campaign.id, review, actor.person.id, now))
  return college
}
const itemOf = (college: College, units = college.units.slice(0, 1)) => ({
  campaignId: college.campaign.id,
  kind,
  reviewDate: '2024-06-28',
  units: units.map((u) => u.id),
})

/** Adds a person's reminder of the day to the outbox, sent unless `state` differs. */
async function remind(
  college: College,
  name: string,
  units = college.units.slice(0, 1),
  state: 'sent' | 'unreachable' | 'waiting' = 'sent',
  day = DAY,
) {
  const personId = await personIdOf(college, name)
  const key = `${aboutReminders(personId)}${day}`
  const payload = { on: day, items: [itemOf(college, units)] }
  await college.write(async (tx) => {
    await tx.outbox.add(
      { workspaceId: college.workspaceId, key, kind: 'reminder', personId, payload, dueAt: now },
      at(day, '08:00'),
    )
    if (state === 'waiting') return
    await tx.outbox.claim(key, new Date(Date.now() + 60_000), 'test')
    if (state === 'sent') await tx.outbox.sent(key, { channel: 'D', ts: '1.1' }, now, 'test')
    else await tx.outbox.end(key, 'unreachable', 'x', now, 'test')
  })
  return (await college.store.read((tx) => tx.outbox.byKey(key))) as Message
}
const keysOf = async (college: College, name: string) => {
  const about = aboutReminders(await personIdOf(college, name))
  const rows = await college.store.read((tx) => tx.outbox.byKeys(college.workspaceId, about))
  return rows.map((r) => `${r.key.slice(about.length)} ${r.state}`)
}
const card = async (college: College, message: Message) =>
  college.store.read((tx) =>
    reminderNotice({
      tx,
      message,
      campaign: college.campaign,
      now,
      timeZone,
      limits: slackLimits,
      reasonOf: slackFailureReason,
    }),
  )

export function remindersContract(open: OpenStore): void {
  describe('a snoozed reminder', () => {
    it('exists once per person: a second snooze moves it, an undo drops it, and it can be snoozed again', async () => {
      const college = await found(await open())
      await remind(college, 'head0')
      const put = (when: 'hour' | 'afternoon', time = now) =>
        college.run('head0', (use) => snooze(use, DAY, when), time)
      await put('hour')
      await put('hour')
      expect(await keysOf(college, 'head0')).toEqual([`${DAY} stale`, `${DAY}:again:0920 waiting`])
      await put('afternoon')
      expect(await keysOf(college, 'head0')).toEqual([
        `${DAY} stale`,
        `${DAY}:again:0920 dropped`,
        `${DAY}:again:1400 waiting`,
      ])
      await college.run('head0', cancelSnooze, now)
      await put('hour')
      expect((await keysOf(college, 'head0')).filter((k) => k.endsWith('waiting'))).toEqual([
        `${DAY}:again:0920 waiting`,
      ])
      const due = await college.store.read((tx) => tx.outbox.due(at(DAY, '09:19'), 9))
      expect(due.filter((m) => m.key.includes('again'))).toEqual([])
      await expect(college.run('head1', (use) => snooze(use, DAY, 'hour'), now)).rejects.toThrow('request.stale')
      await college.store.close()
    })
  })

  it.each([
    ['with the reminder of that day when that is not sent yet', 'waiting' as const, 'dropped'],
    ['separately when the reminder of that day was sent already', 'sent' as const, 'waiting'],
  ])('a reminder that was snoozed to a day of the ladder is repeated %s', async (_, state, expected) => {
    const college = await found(await open())
    const day = '2024-06-14'
    await remind(college, 'head0')
    await college.run('head0', (use) => snooze(use, DAY, 'tomorrow'), now)
    if (state === 'sent') await remind(college, 'head0', college.units.slice(0, 1), state, day)
    const plan = async (tx: Tx) => planReminders(await planningDay(tx, college.workspaceId, at(day, '08:00'), timeZone))
    await college.write(plan)
    await college.write(plan)
    const keys = await keysOf(college, 'head0')
    expect(keys).toContain(`${day}:again:0800 ${expected}`)
    expect(keys.filter((k) => k.startsWith(`${day} `))).toHaveLength(1)
    await college.store.close()
  })

  describe('a handover', () => {
    const part = (college: College) => ({ unitId: college.units[0]?.id ?? '', kind })
    const give = async (college: College, by: string, to: string) => {
      const id = await personIdOf(college, to)
      return college.run(by, (use) => handOver(use, college.campaign, part(college), id), now)
    }

    it('is made once, by a leader of the unit to its people', async () => {
      const college = await found(await open())
      expect(await give(college, 'head0', 'member0')).toBe(true)
      expect(await give(college, 'deputy0', 'member0')).toBe(false)
      expect(await keysOf(college, 'member0')).toHaveLength(1)
      await expect(give(college, 'head0', 'member1')).rejects.toThrow('handover.nobody')
      await expect(give(college, 'head0', 'head0')).rejects.toThrow('handover.nobody')
      await expect(give(college, 'member0', 'deputy0')).rejects.toThrow('access.denied')
      await expect(give(college, 'head1', 'member0')).rejects.toThrow('access.denied')
      const id = await personIdOf(college, 'member0')
      const back = (by: string) =>
        college.run(by, (use) => cancelHandover(use, college.campaign, part(college), id), now)
      await expect(back('head1')).rejects.toThrow('access.denied')
      expect([await back('head0'), await back('head0')]).toEqual([true, false])
      // A dropped message shows nothing; a repeated handover sends one again.
      const [key] = (await college.store.read((tx) => tx.outbox.byKeys(college.workspaceId, aboutReminders(id)))).map(
        (r) => r.key,
      )
      const message = async () => (await college.store.read((tx) => tx.outbox.byKey(key ?? ''))) as Message
      expect(await card(college, await message())).toBeNull()
      expect(await give(college, 'head0', 'member0')).toBe(true)
      expect((await card(college, await message()))?.summary).toContain('còn thiếu 11 tiêu chí')
      await college.store.close()
    })

    it('ends when the recipient leaves the unit, and is still part of the personal data held about them', async () => {
      const college = await found(await open())
      await give(college, 'head0', 'member0')
      const id = await personIdOf(college, 'member0')
      const { workspaceId, campaign, units } = college
      const held = () => college.store.read((tx) => tx.handovers.toPerson(workspaceId, id))
      const all = () => college.store.read((tx) => tx.handovers.all(workspaceId))
      expect(await all()).toHaveLength(1)
      await college.write((tx) => tx.people.setRoles(workspaceId, id, [{ role: 'member', unitId: units[1]?.id ?? '' }]))
      expect(await all()).toEqual([])
      expect(await college.store.read((tx) => tx.handovers.ofUnit(campaign.id, kind, units[0]?.id ?? ''))).toEqual([])
      expect(await held()).toHaveLength(1)
      await college.write((tx) => tx.personalData.anonymise(workspaceId, id, 'x'))
      expect(await held()).toEqual([])
      await college.store.close()
    })
  })

  describe('a reminder that cannot be delivered to the head', () => {
    it('goes to the deputy once, merged into their reminder of that day, unless they cannot be reached either', async () => {
      const college = await found(await open(), 3)
      const lost = await remind(college, 'head0', college.units.slice(0, 1), 'unreachable')
      await college.write((tx) => escalate(tx, lost, { now, timeZone }))
      await college.write((tx) => escalate(tx, lost, { now, timeZone }))
      expect(await keysOf(college, 'deputy0')).toEqual([`${DAY} waiting`])
      const own = await remind(college, 'deputy1', college.units.slice(1, 2))
      await college.write(async (tx) =>
        escalate(
          tx,
          {
            ...lost,
            personId: await personIdOf(college, 'head1'),
            payload: { on: DAY, items: [itemOf(college, college.units.slice(1, 2))] },
          },
          { now, timeZone },
        ),
      )
      expect(await keysOf(college, 'deputy1')).toEqual([`${DAY} sent`])
      await remind(college, 'deputy2', [], 'unreachable')
      await college.write(async (tx) =>
        escalate(
          tx,
          {
            ...lost,
            personId: await personIdOf(college, 'head2'),
            payload: { on: DAY, items: [itemOf(college, college.units.slice(2, 3))] },
          },
          { now, timeZone },
        ),
      )
      expect(await keysOf(college, 'deputy2')).toEqual([`${DAY} unreachable`])
      expect(reminderPayload.parse(own.payload).items[0]?.units).toHaveLength(1)
      await college.store.close()
    })

    it('goes to no deputy while another head of the unit can be reached', async () => {
      const college = await found(await open())
      const { workspaceId, units } = college
      const second = await personIdOf(college, 'member0')
      await college.write((tx) =>
        tx.people.setRoles(workspaceId, second, [{ role: 'head', unitId: units[0]?.id ?? '' }]),
      )
      const lost = await remind(college, 'head0', units.slice(0, 1), 'unreachable')
      await college.write((tx) => escalate(tx, lost, { now, timeZone }))
      expect(await keysOf(college, 'deputy0')).toEqual([])
      const other = await remind(college, 'member0', units.slice(0, 1), 'unreachable')
      await college.write((tx) => escalate(tx, other, { now, timeZone }))
      expect(await keysOf(college, 'deputy0')).toEqual([`${DAY} waiting`])
      await college.store.close()
    })
  })

  it.each([
    ['three units', 3, 3, 15],
    ['sixty units', 60, 12, 0],
  ])(
    'a reminder of %s is within the limits of Slack, with a button for each of them',
    async (_, size, named, least) => {
      const college = await found(await open(), size)
      const id = await personIdOf(college, 'head0')
      await college.write((tx) =>
        tx.people.setRoles(
          college.workspaceId,
          id,
          college.units.map((u) => ({ role: 'head', unitId: u.id })),
        ),
      )
      const shown = await card(college, await remind(college, 'head0', college.units, 'waiting'))
      if (!shown) throw new Error('nothing is shown')
      const { blocks } = drawn(shown)
      expect(refuseMessage({ text: shown.summary, blocks: JSON.parse(JSON.stringify(blocks)) })).toBeUndefined()
      expect(blocks.length).toBeGreaterThan(least)
      expect(blocks.length).toBeLessThan(50)
      const words = JSON.stringify(blocks)
      expect(words.match(/Khoa K\d+/g)).toHaveLength(named)
      expect(words).not.toContain('còn nữa')
      expect(words).toContain('Giao cho…')
      if (size > named)
        expect(words).toContain(
          `và ${size - named} đơn vị khác* còn thiếu ${(size - named) * 11} tiêu chí`.replace('*', ''),
        )
      await college.store.close()
    },
  )
}
