import { describe, expect, it } from 'vitest'
import { renderNotice } from '../../../src/commands/notices/render.js'
import { criteriaOf } from '../../../src/core/campaign/campaign.js'
import { changeSetting } from '../../../src/core/campaign/change-setting.js'
import { planningDay } from '../../../src/core/campaign/planning-day.js'
import { planThanks } from '../../../src/core/digest/plan-thanks.js'
import { planDigests } from '../../../src/core/digest/plan-weekly.js'
import { thanksSchema } from '../../../src/core/digest/thanks.js'
import { type WeeklyDigest, weeklyDigestSchema } from '../../../src/core/digest/weekly.js'
import type { Message } from '../../../src/core/outbox/outbox.js'
import type { Tx } from '../../../src/core/ports.js'
import { sendReport } from '../../../src/core/report/decide.js'
import { setReviewDates } from '../../../src/core/report/set-review-dates.js'
import { importPlan } from '../../../src/core/setup/import-plan.js'
import { confirm, submit, withdraw } from '../../../src/core/submission/decide.js'
import { reportNilForAll } from '../../../src/core/submission/report-nil.js'
import { blockErrors } from '../../../src/local-slack/validate/blocks.js'
import { slackLimits } from '../../../src/slack/limits.js'
import { slackFailureReason } from '../../../src/slack/outbound/failure-reason.js'
import { message } from '../../../src/slack/render/render.js'
import { at, examplePlan, timeZone } from '../../example.js'
import { type College, content, foundCollege } from '../college.js'
import type { OpenStore } from '../open-store.js'

const kind = 'preliminary' as const

/** Runs a planner for every running campaign, as a tick does; returns how many messages it added. */
async function planAt(tx: Tx, college: College, planner: typeof planDigests, now: Date): Promise<number> {
  const day = await planningDay(tx, college.workspaceId, now, timeZone)
  let added = 0
  for (const running of day.running) added += await planner(day, running)
  return added
}

async function found(open: OpenStore, size = 3) {
  const college = await foundCollege(await open(), size)
  const { campaign, units } = college
  const codes = criteriaOf(campaign).map((c) => c.code)
  await college.run('board', (use) => setReviewDates(use, campaign, { preliminary: '2024-06-28' }))
  const idOf = (n: number) => units[n]?.id as string
  const nil = (n: number, some: readonly string[] = codes) =>
    college.run(`head${n}`, (use) => reportNilForAll(use, campaign, idOf(n), some, kind, 'Chưa có'))
  const plan = (of: typeof planDigests, date: string, time: string) =>
    college.write((tx) => planAt(tx, college, of, at(date, time)))
  return {
    college,
    idOf,
    nil,
    digests: (date: string, time = '08:00') => plan(planDigests, date, time),
    thanks: (date: string, time = '16:00') => plan(planThanks, date, time),
  }
}

/** The waiting messages of a kind, oldest first. */
const waiting = async (college: College, of: Message['kind']): Promise<Message[]> =>
  (await college.store.read((tx) => tx.outbox.due(at('2030-01-01'), 2000))).filter((m) => m.kind === of)
const digestOf = async (college: College, week: string): Promise<WeeklyDigest> =>
  weeklyDigestSchema.parse((await waiting(college, 'digest.weekly')).find((m) => m.key.includes(week))?.payload)
const cardOf = (college: College, one: Message) =>
  college.store.read((tx) =>
    renderNotice({
      tx,
      message: one,
      campaign: college.campaign,
      now: at('2024-06-17'),
      timeZone,
      limits: slackLimits,
      reasonOf: slackFailureReason,
    }),
  )

export function digestContract(open: OpenStore): void {
  describe('the weekly digest', () => {
    it('is planned once a week for each member of the Board, from the changes since the last snapshot, and is never updated', async () => {
      const { college, nil, digests, idOf } = await found(open)
      const { campaign } = college
      const { id } = await college.run('member1', (use) => submit(use, campaign, content(idOf(1), 'a2'), null))
      expect(await digests('2024-05-27', '07:59')).toBe(0)
      expect(await digests('2024-05-27')).toBe(1)
      expect(await digests('2024-05-27')).toBe(0)
      const first = await digestOf(college, '2024-05-27')
      expect(first).toMatchObject({ since: null, complete: { n: 0, by: 0 }, evidence: { handedIn: 1, confirmed: 0 } })
      expect(first.review).toEqual({ date: '2024-06-28', days: 24 })

      await college.run('head1', (use) => confirm(use, campaign, id))
      await nil(0)
      expect(await digests('2024-06-03')).toBe(1)
      const second = await digestOf(college, '2024-06-03')
      expect(second).toMatchObject({
        since: '2024-05-27',
        isLastWeek: true,
        units: 3,
        complete: { n: 1, by: 1 },
        blanks: { missing: 21, closed: 11, reopened: 0 },
        evidence: { handedIn: 0, confirmed: 1, accepted: 0 },
        closers: { units: [{ name: 'Khoa K0', n: 11 }], more: 0 },
        idle: { units: ['Khoa K2'], more: 0 },
      })
      expect(await digestOf(college, '2024-05-27')).toEqual(first)

      // No changes in the third week; a clock that is set back plans no week again.
      expect(await digests('2024-06-10')).toBe(0)
      await nil(2)
      expect(await digests('2024-06-03')).toBe(0)
      expect(await digests('2024-06-24')).toBe(1)
      expect(await digestOf(college, '2024-06-24')).toMatchObject({ since: '2024-06-10', isLastWeek: false })
      expect(await waiting(college, 'digest.weekly')).toHaveLength(3)
      await college.store.close()
    })

    it('counts withdrawn submissions as handed in, and counts sent reports', async () => {
      const { college, digests, idOf } = await found(open)
      const { campaign } = college
      await digests('2024-05-27')
      const { id } = await college.run('member0', (use) => submit(use, campaign, content(idOf(0), 'a1'), null))
      await college.run('member0', (use) => withdraw(use, campaign, id))
      const agreed = { missing: criteriaOf(campaign).map((c) => c.code), waiting: 0 }
      const sent = await college.run('head2', (use) =>
        sendReport(use, campaign, idOf(2), kind, { round: 0, agreed, isEarlyAgreed: true }),
      )
      expect(sent.lacking).toBeUndefined()
      await digests('2024-06-03')
      expect(await digestOf(college, '2024-06-03')).toMatchObject({
        evidence: { handedIn: 1, confirmed: 0, accepted: 0 },
        reports: { n: 1, by: 1 },
        blanks: { closed: 0, reopened: 0 },
      })
      await college.store.close()
    })

    it('is not sent when it is switched off, and the snapshots are still stored', async () => {
      const { college, nil, digests } = await found(open)
      await college.run('office', (use) => changeSetting(use, 'weeklyDigest', false))
      await nil(0)
      expect(await digests('2024-05-27')).toBe(0)
      await college.run('office', (use) => changeSetting(use, 'weeklyDigest', true))
      expect(await digests('2024-06-03')).toBe(0)
      expect(await waiting(college, 'digest.weekly')).toEqual([])
      await college.store.close()
    })

    it('reads the store once on an ordinary tick, and not at all outside sending hours', async () => {
      const { college, digests, thanks } = await found(open, 1)
      await digests('2024-05-27')
      await thanks('2024-05-31')
      const looks = async (date: string, time: string) => {
        const asked: string[] = []
        await college.write(async (tx) => {
          const watched = new Proxy(tx, {
            get(target, noun) {
              asked.push(String(noun))
              return Reflect.get(target, noun)
            },
          })
          const day = await planningDay(tx, college.workspaceId, at(date, time), timeZone)
          for (const running of day.running) {
            await planDigests({ ...day, tx: watched }, running)
            await planThanks({ ...day, tx: watched }, running)
          }
        })
        return asked
      }
      expect(await looks('2024-05-28', '10:00')).toEqual(['digests'])
      expect(await looks('2024-05-31', '17:00')).toEqual(['digests', 'thanks'])
      expect(await looks('2024-05-28', '20:00')).toEqual([])
      await college.store.close()
    })

    it('of 500 units is within the limits of Slack, like the thanks to a head of many units', async () => {
      const { college, nil, digests, thanks } = await found(open, 500)
      const long = `Trung tâm <&> ${'Đào tạo '.repeat(30)}`
      await college.write(async (tx) => {
        const all = await tx.units.list(college.workspaceId)
        for (const u of all) if (u.kind !== 'board') await tx.units.put(college.workspaceId, { ...u, name: long })
      })
      for (let n = 0; n < 30; n++) await nil(n)
      const { person } = await college.as('head0')
      const roles = college.units.slice(0, 30).map((u) => ({ role: 'head' as const, unitId: u.id }))
      await college.write((tx) => tx.people.setRoles(college.workspaceId, person.id, roles))
      expect(await digests('2024-05-27')).toBe(1)
      await thanks('2024-05-31')
      const [digest] = await waiting(college, 'digest.weekly')
      const thanked = (await waiting(college, 'thanks')).find((m) => m.personId === person.id)
      for (const [one, cut] of [
        [digest, ['và 22 đơn vị nữa', 'và 458 đơn vị nữa']],
        [thanked, ['và 20 đơn vị nữa']],
      ] as const) {
        const card = await cardOf(college, one as Message)
        if (!card) throw new Error('the message has no card')
        const { text, blocks } = message(card)
        expect(blockErrors(JSON.parse(JSON.stringify(blocks)), 'message')).toEqual([])
        expect(text.length).toBeLessThan(3000)
        for (const words of cut) expect(JSON.stringify(card)).toContain(words)
      }
      await college.store.close()
    })
  })

  describe('the thanks at the end of a month', () => {
    it('go to the head of each complete unit once, and name the units whose report was sent', async () => {
      const { college, nil, thanks, idOf } = await found(open)
      const { campaign } = college
      await nil(0)
      await nil(1)
      await nil(2, ['a1'])
      const agreed = { missing: [], waiting: 0 }
      await college.run('head1', (use) =>
        sendReport(use, campaign, idOf(1), kind, { round: 0, agreed, isEarlyAgreed: true }),
      )
      expect(await thanks('2024-05-31', '15:59')).toBe(0)
      expect(await thanks('2024-05-31')).toBe(2)
      expect(await thanks('2024-05-31', '16:01')).toBe(0)
      expect(await thanks('2024-06-03')).toBe(0)
      const told = await waiting(college, 'thanks')
      const heads = [(await college.as('head0')).person.id, (await college.as('head1')).person.id]
      expect(told.map((m) => m.key).sort()).toEqual(heads.map((id) => `thanks:2024-05:${id}`).sort())
      const cards = await Promise.all(
        heads.map((id) => cardOf(college, told.find((m) => m.personId === id) as Message)),
      )
      expect(cards.map((c) => c?.summary)).toEqual([
        '✅ Đủ 11/11 tiêu chí cho sơ kết: Khoa K0. Cảm ơn Thầy/Cô!',
        '✅ Đủ 11/11 tiêu chí cho sơ kết và đã gửi báo cáo: Khoa K1. Cảm ơn Thầy/Cô!',
      ])
      await college.store.close()
    })

    it('combine the units of one person, go to the deputy when there is no head, and to nobody who leads an incomplete unit', async () => {
      const { college, nil, thanks } = await found(open, 5)
      const { workspaceId, units } = college
      const give = async (who: string, roles: ['head' | 'deputy', number][]) => {
        const { person } = await college.as(who)
        const held = roles.map(([role, n]) => ({ role, unitId: units[n]?.id as string }))
        await college.write((tx) => tx.people.setRoles(workspaceId, person.id, held))
        return person.id
      }
      for (const n of [0, 1, 2, 3]) await nil(n)
      const both = await give('head0', [
        ['head', 0],
        ['head', 1],
      ])
      await give('head1', [])
      await give('head2', [])
      const { person: deputy } = await college.as('deputy2')
      // Leads a complete unit and one with missing criteria.
      await give('head3', [
        ['head', 3],
        ['head', 4],
      ])
      await give('head4', [])
      expect(await thanks('2024-05-31')).toBe(2)
      const told = await waiting(college, 'thanks')
      expect(told.map((m) => m.personId).sort()).toEqual([both, deputy.id].sort())
      const folded = told.find((m) => m.personId === both)
      expect(thanksSchema.parse(folded?.payload).units.map((u) => u.name)).toEqual(['Khoa K0', 'Khoa K1'])
      await college.store.close()
    })

    it('name their campaign when several are running, like the digest', async () => {
      const { college, nil, digests, thanks } = await found(open)
      const { workspaceId } = college
      const other = { ...examplePlan(), code: 'khac-2024', number: '99/KH', title: 'Phong trào khác' }
      await college.write((tx) =>
        importPlan({ tx, now: at('2024-05-20'), newId: college.newId, workspaceId }, other, 'y'),
      )
      await nil(0)
      await digests('2024-05-27')
      await thanks('2024-05-31')
      const [digest] = await waiting(college, 'digest.weekly')
      const [thanked] = await waiting(college, 'thanks')
      const words = JSON.stringify(await cardOf(college, digest as Message))
      expect(words).toContain(`Kế hoạch 484/KH-CĐN: ${college.campaign.title}`)
      expect((await cardOf(college, thanked as Message))?.summary).toBe(
        '✅ Đủ 11/11 tiêu chí cho sơ kết (Kế hoạch 484/KH-CĐN): Khoa K0. Cảm ơn Thầy/Cô!',
      )
      await college.store.close()
    })

    it('need a review date and the setting; when missed, they are sent on the next working day', async () => {
      const dateless = await foundCollege(await open(), 1)
      const plan = (date: string) => dateless.write((tx) => planAt(tx, dateless, planThanks, at(date, '16:00')))
      await dateless.run('head0', (use) =>
        reportNilForAll(
          use,
          dateless.campaign,
          dateless.units[0]?.id as string,
          criteriaOf(dateless.campaign).map((c) => c.code),
          kind,
          'Chưa có',
        ),
      )
      expect(await plan('2024-05-31')).toBe(0)
      await dateless.run('board', (use) => setReviewDates(use, dateless.campaign, { preliminary: '2024-06-28' }))
      await dateless.run('office', (use) => changeSetting(use, 'monthlyThanks', false))
      expect(await plan('2024-06-28')).toBe(0)
      await dateless.run('office', (use) => changeSetting(use, 'monthlyThanks', true))
      expect(await plan('2024-08-01')).toBe(1)
      expect(await plan('2024-09-03')).toBe(0)
      await dateless.store.close()
    })
  })
}
