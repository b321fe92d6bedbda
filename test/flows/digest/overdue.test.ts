import { afterEach, expect, test } from 'vitest'
import { criteriaOf } from '../../../src/core/campaign/campaign.js'
import { knownActor } from '../../../src/core/people/identity.js'
import { reminderPayload } from '../../../src/core/reminder/payload.js'
import { importPlan } from '../../../src/core/setup/import-plan.js'
import type { Roster } from '../../../src/core/setup/roster.js'
import { reportNilForAll } from '../../../src/core/submission/report-nil.js'
import { newId } from '../../../src/new-id.js'
import { onStage } from '../on-stage.js'
import { cast, examplePlan, exampleRoster, type Stage, setStage } from '../stage.js'

let stage: Stage
const { holding, person, say, sent } = onStage(() => stage)
const late = () => holding(cast.office, /\d+ đơn vị trễ sơ kết/)
const reminders = (id: string) => holding(id, /ngày làm việc đến sơ kết|Đã qua sơ kết/)
const clock = (at: string) => stage.setClock(`${at}:00+07:00`)
const tick = (at: string) => stage.tick(`${at}:00+07:00`)
const officeHead = 'UTAMVM'

/** Two units, so that the counts after each step are easy to see. */
async function twoUnits(): Promise<Roster> {
  const all = await exampleRoster()
  const units = all.units.filter((u) => u.kind === 'board' || /Điện tử|Tổ chức – Hành chính/.test(u.name))
  return { ...all, units, roles: all.roles.filter((r) => units.some((u) => u.code === r.unitCode)) }
}

async function open(roster?: Roster) {
  stage = await setStage(roster ? { roster } : {})
  await person(cast.board).command('/thidua lich sơ kết 28/06/2024')
  for (const who of [cast.head, officeHead]) await person(who).command('/thidua trogiup')
}
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

/** The head of a unit gives nil reports for all its criteria and sends its report. */
async function complete(account: string) {
  const { workspaceId } = stage.bot
  await stage.store.write(async (tx) => {
    const actor = await knownActor(tx, { workspaceId, platform: 'slack', externalId: account }, new Set())
    const campaign = await tx.campaigns.current(workspaceId)
    const unit = actor?.roles.find((r) => r.role === 'head')?.unit.id
    if (!actor || !campaign || !unit) throw new Error(`${account} was never met`)
    const codes = criteriaOf(campaign).map((c) => c.code)
    const use = { tx, actor, now: stage.now(), newId, timeZone: 'Asia/Ho_Chi_Minh' }
    await reportNilForAll(use, campaign, unit, codes, 'preliminary', 'Chưa có')
  })
  await sent()
  const shown = await person(account).click('Gửi báo cáo', { ts: reminders(account).at(-1)?.ts })
  await person(account).click('Gửi báo cáo', { ts: shown.messages.at(-1)?.ts })
  await sent()
}

test('the overdue digest is updated during its day, says what waits for the morning, and stops when no unit is overdue', async () => {
  await open(await twoUnits())
  await tick('2024-07-02T08:00')
  expect(late()).toHaveLength(1)
  expect(late()[0]?.visibleText).toContain('2 đơn vị trễ sơ kết (28/06/2024)')
  // All were reminded at the same hour; the button of the preview stays for later, when four hours have passed.
  expect(late()[0]?.buttons).toEqual(['Nhắc tất cả (2 đơn vị)', 'Xem tất cả'])

  clock('2024-07-02T19:00')
  await complete(cast.head)
  expect(late()[0]?.visibleText).toContain('1 đơn vị trễ sơ kết')
  await person(cast.office).click('Nhắc ngay', { ts: late()[0]?.ts })
  await sent()
  expect(late()[0]?.visibleText).toContain('🕓 sẽ nhắc lúc 08:00 03/07/2024')
  expect(late()[0]?.buttons).toEqual(['Nhắc tất cả (1 đơn vị)', 'Xem tất cả'])
  expect((await say(cast.board, '/thidua nhac tất cả'))?.visibleText).toContain(
    'đã có tin nhắc chờ gửi lúc 08:00 03/07/2024',
  )

  await complete(officeHead)
  expect(late()).toHaveLength(0)
  expect(holding(cast.office, 'Không còn đơn vị nào trễ')).toHaveLength(1)
  for (const at of ['08:00', '09:00']) await tick(`2024-07-03T${at}`)
  expect([late().length, holding(cast.office, 'Không còn đơn vị nào trễ').length]).toEqual([0, 1])
  expect(holding(officeHead, '(Phòng Tổ chức – Hành chính) nhắc')).toEqual([])
})

test('the Office gets no digest for a day on which nothing could be sent', async () => {
  await open(await twoUnits())
  stage.slack.fail('chat.postMessage', { status: 503, times: 1000, when: (args) => args.channel === cast.office })
  await tick('2024-07-02T17:30')
  stage.slack.clearFaults()
  expect(late()).toEqual([])
  for (const at of ['08:00', '08:05', '09:00']) await tick(`2024-07-03T${at}`)
  expect(late()).toHaveLength(1)
})

test('overdue units of two campaigns are one digest, also when their hours differ, and each button acts on its own campaign', async () => {
  await open(await twoUnits())
  const { workspaceId } = stage.bot
  const plan = examplePlan()
  const second = {
    ...plan,
    code: 'vhcs-2024',
    number: '99/KH-CĐN',
    title: 'Văn hóa công sở',
    submissionPrefix: 'VH-2024',
  }
  const reminders = { ...plan.reminders, at: '09:00' }
  await stage.store.write((tx) =>
    importPlan({ tx, now: stage.now(), newId, workspaceId }, { ...second, reminders }, 'second'),
  )
  await person(cast.board).command('/thidua lich sơ kết 28/06/2024')
  await tick('2024-07-01T09:00')
  await tick('2024-07-02T08:00')
  const parts = () =>
    late()
      .at(-1)
      ?.visibleText.match(/2 đơn vị trễ sơ kết/g)
  const before = late().length
  await tick('2024-07-02T09:00')
  await tick('2024-07-02T09:02')
  // The digest of 08:00 waits for the sending hours of the default campaign and covers both.
  expect(late().length).toBe(before + 1)
  expect(parts()).toHaveLength(2)
  expect(late().at(-1)?.visibleText).toContain('Kế hoạch 99/KH-CĐN: Văn hóa công sở')
  expect(late().at(-1)?.visibleText).toContain('Kế hoạch 484/KH-CĐN: ')
  const ts = late().at(-1)?.ts

  await person(cast.office).click('Nhắc ngay', { ts })
  await sent()
  const campaigns = await stage.store.read((tx) => tx.campaigns.all(workspaceId))
  const older = campaigns.find((c) => c.prefix === 'TĐ-2024')?.id
  const nudged = await stage.store.read(async (tx) => {
    const keys = await tx.outbox.byKeys(workspaceId, 'reminder:')
    return Promise.all(keys.filter((k) => k.key.includes(':nudge:')).map((k) => tx.outbox.byKey(k.key)))
  })
  const about = nudged.map((m) => m && reminderPayload.parse(m.payload).items.map((i) => i.campaignId))
  expect(about).toEqual([[older]])
  expect(nudged[0]?.payload.byRole).toBe('org_office')
})

test('a nudge that waits for the morning is merged with a snoozed reminder and with one at a preferred hour', async () => {
  await open()
  const { workspaceId } = stage.bot
  const wish = { at: '10:00', atBefore: null, atFrom: '2024-05-01', early: true }
  await stage.store.write(async (tx) => {
    const actor = await knownActor(tx, { workspaceId, platform: 'slack', externalId: cast.head }, new Set())
    await tx.reminderPreferences.put(workspaceId, actor?.person.id ?? '', wish, stage.now())
  })
  await tick('2024-06-26T10:00')
  expect(reminders(cast.head)).toHaveLength(1)
  clock('2024-06-26T10:30')
  await person(cast.head).click('Nhắc lại…', { choose: 'Nhắc lại sáng mai' } as never)
  await sent()
  clock('2024-06-26T20:00')
  for (const who of [cast.board, cast.office]) await say(who, '/thidua nhac Khoa Điện – Điện tử sơ kết')
  const done = await person(cast.board).click('Gửi (1)')
  expect(done.messages.at(-1)?.visibleText).toContain('08:00 thứ Năm 27/06/2024')
  for (const at of ['08:00', '08:30', '10:00', '10:01', '11:00']) await tick(`2024-06-27T${at}`)
  expect(reminders(cast.head)).toHaveLength(2)
  expect(reminders(cast.head)[1]?.visibleText).toContain('Trần Quốc Hùng (Ban Chỉ huy) nhắc')
  await tick('2024-06-28T10:00')
  expect(holding(cast.head, 'Hôm nay sơ kết')).toHaveLength(1)
})

test('a second person with the same preview is told what has changed; a nudge delayed over Friday waits for Monday', async () => {
  await open(await twoUnits())
  clock('2024-06-06T09:00')
  for (const who of [cast.board, cast.office]) await say(who, '/thidua nhac Khoa Điện – Điện tử')
  await person(cast.board).click('Gửi (1)')
  await sent()
  const second = (await person(cast.office).click('Gửi (1)')).messages.at(-1)
  expect(second?.visibleText).toContain('Lúc xem trước là 1 người, nay là 0')
  expect(second?.visibleText).toContain('chưa quá 4 giờ')
  await sent()
  expect(reminders(cast.head)).toHaveLength(1)

  clock('2024-06-06T20:00')
  await say(cast.board, '/thidua nhac Khoa Điện – Điện tử')
  await person(cast.board).click('Gửi (1)')
  // The bot is down on Friday.
  await tick('2024-06-08T10:00')
  expect(reminders(cast.head)).toHaveLength(1)
  for (const at of ['08:00', '08:10']) await tick(`2024-06-10T${at}`)
  expect(reminders(cast.head)).toHaveLength(2)
})

test('the School Board gets the figures on the eve of a review, once, with buttons to look and none to remind', async () => {
  await open(await twoUnits())
  const eve = (id: string) => holding(id, /0\/2 đơn vị/)
  await tick('2024-06-27T08:00')
  await tick('2024-06-27T09:00')
  expect(eve(cast.rector)).toHaveLength(1)
  expect(eve(cast.rector)[0]?.visibleText).toContain('28/06/2024')
  expect(eve(cast.rector)[0]?.buttons.join()).not.toContain('Nhắc')
  expect(eve(cast.board)[0]?.buttons.join()).toContain('Nhắc')
})
