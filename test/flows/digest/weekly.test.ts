import { afterEach, expect, test } from 'vitest'
import { criteriaOf } from '../../../src/core/campaign/campaign.js'
import { knownActor } from '../../../src/core/people/identity.js'
import { reportNilForAll } from '../../../src/core/submission/report-nil.js'
import { newId } from '../../../src/new-id.js'
import { onStage } from '../on-stage.js'
import { cast, handInMany, type Stage, setStage } from '../stage.js'

let stage: Stage
const { person } = onStage(() => stage)
/** Messages that match a pattern, without the asterisks of bold text. */
const of = (id: string, words: RegExp) =>
  person(id)
    .messages()
    .map((m) => ({ ts: m.ts, visibleText: m.visibleText.replaceAll('*', '') }))
    .filter((m) => words.test(m.visibleText))
const digests = (id: string) => of(id, /^\d+\/\d+ đơn vị đã đủ/)
const thanks = (id: string) => of(id, /Đủ 11\/11 tiêu chí.*Cảm ơn/)
const boards = [cast.board, 'UDUCPV', 'ULOCHT']

afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

/** The head of a unit gives nil reports for some of its criteria. */
const sayNothing = (account: string, some?: readonly string[]) =>
  stage.store.write(async (tx) => {
    const { workspaceId } = stage.bot
    const actor = await knownActor(tx, { workspaceId, platform: 'slack', externalId: account }, new Set())
    const campaign = await tx.campaigns.current(workspaceId)
    if (!actor || !campaign) throw new Error(`${account} was never met`)
    const use = { tx, actor, now: stage.now(), newId, timeZone: 'Asia/Ho_Chi_Minh' }
    const codes = some ?? criteriaOf(campaign).map((c) => c.code)
    await reportNilForAll(use, campaign, actor.roles[0]?.unit.id as string, codes, 'preliminary', 'Chưa có')
  })

test('the Board gets a digest of the last week on Monday, unless there is no news; complete units are thanked', async () => {
  stage = await setStage()
  await person(cast.board).command('/thidua lich sơ kết 28/06/2024 tổng kết 20/12/2024')
  for (const who of [cast.lecturer, cast.head]) await person(who).command('/thidua trangthai')

  // On the first Monday there is nothing to report.
  await stage.tick('2024-05-20T09:30:00+07:00')
  for (const who of boards) expect(digests(who)).toEqual([])

  stage.setClock('2024-05-22T09:00:00+07:00')
  await handInMany(stage, cast.lecturer, 'a1', ['Ký giao ước thi đua', 'Ký kết với Ban Chỉ huy quân sự thành phố'])
  await sayNothing(cast.head, ['a2', 'b1'])
  await stage.tick('2024-05-27T07:59:00+07:00')
  for (const who of boards) expect(digests(who)).toEqual([])
  await stage.tick('2024-05-27T08:00:00+07:00')
  for (const who of boards) expect(digests(who)).toHaveLength(1)
  for (const who of [cast.office, cast.rector, cast.head, cast.lecturer]) expect(digests(who)).toEqual([])
  const [first] = digests(cast.board)
  expect(first?.visibleText).toMatch(
    /^0\/\d+ đơn vị đã đủ tiêu chí \(như tuần trước\) · còn thiếu \d+ tiêu chí \(đã có thêm 3\)/,
  )
  expect(first?.visibleText).toContain('Còn 24 ngày làm việc đến sơ kết (28/06/2024)')
  expect(first?.visibleText).toContain('Tuần qua: 2 minh chứng được nộp')
  expect(first?.visibleText).toContain('Có thêm tiêu chí: Khoa Điện – Điện tử +3')
  expect(first?.visibleText).toMatch(/⬜ 21 đơn vị chưa bắt đầu: Phòng Tổ chức – Hành chính, .* và \d+ đơn vị nữa/)

  // Ticks, a restart and a clock that is set back do not repeat it, and later events do not change it.
  await stage.tick('2024-05-27T08:00:00+07:00')
  await stage.restart()
  await stage.tick('2024-05-27T08:01:00+07:00')
  await stage.tick('2024-05-20T10:00:00+07:00')
  await sayNothing(cast.head)
  await stage.tick('2024-05-28T10:00:00+07:00')
  expect(digests(cast.board)).toEqual([first])
  await person(cast.board).click('Tổng hợp')
  expect(person(cast.board).messages().at(-1)?.visibleText).toContain('Tổng hợp sơ kết')
  await person(cast.board).click('Duyệt minh chứng', { ts: first?.ts })
  expect(person(cast.board).messages().at(-1)?.visibleText).toMatch(/duyệt/i)

  // The month's last working day, in the afternoon.
  await stage.tick('2024-05-31T15:59:00+07:00')
  expect(thanks(cast.head)).toEqual([])
  for (const at of ['2024-05-31T16:00', '2024-05-31T16:01', '2024-06-03T07:00']) await stage.tick(`${at}:00+07:00`)
  expect(thanks(cast.head).map((m) => m.visibleText)).toEqual([
    '✅ Đủ 11/11 tiêu chí cho sơ kết: Khoa Điện – Điện tử. Cảm ơn Thầy/Cô!',
  ])
  for (const who of [cast.deputy, cast.board, 'ULOCHT']) expect(thanks(who)).toEqual([])

  await stage.tick('2024-06-03T08:00:00+07:00')
  expect(digests(cast.board)).toHaveLength(2)
  expect(digests(cast.board)[1]?.visibleText).toMatch(/^1\/\d+ đơn vị đã đủ tiêu chí \(\+1 so với tuần trước\)/)
  await stage.tick('2024-06-10T08:00:00+07:00')
  expect(digests(cast.board)).toHaveLength(2)

  // The Office switches both off.
  await person(cast.office).command('/thidua caidat')
  await person(cast.office).click('Tắt tin hằng tuần')
  await person(cast.office).click('Tắt lời cảm ơn')
  await handInMany(stage, cast.lecturer, 'a3', ['Đạt 100% quân số'])
  await stage.tick('2024-06-17T08:00:00+07:00')
  await stage.tick('2024-06-28T16:00:00+07:00')
  expect(digests(cast.board)).toHaveLength(2)
  expect(thanks(cast.head)).toHaveLength(1)
})

test('a person who left the Board before the digest is sent does not get it; nobody does once the campaign is over', async () => {
  stage = await setStage()
  for (const who of [cast.lecturer, cast.board]) await person(who).command('/thidua trangthai')
  await handInMany(stage, cast.lecturer, 'a1', ['Ký giao ước thi đua'])
  stage.slack.fail('chat.postMessage', { retryAfter: 1, times: 20 })
  stage.setClock('2024-05-27T08:00:00+07:00')
  await stage.bot.tick()
  // Every attempt has failed and is postponed by the clock of now.
  await stage.sent()
  await stage.store.write(async (tx) => {
    const left = await tx.people.byEmail(stage.bot.workspaceId, 'hungtq@cdn-angiang.example')
    await tx.people.setRoles(stage.bot.workspaceId, left?.id ?? '', [])
  })
  stage.slack.clearFaults()
  stage.setClock('2024-05-27T08:01:00+07:00')
  await stage.sent()
  expect(digests(cast.board)).toEqual([])
  expect(digests('UDUCPV')).toHaveLength(1)
  expect(digests('UDUCPV')[0]?.visibleText).toContain('Từ đầu phong trào: 1 minh chứng được nộp')

  await handInMany(stage, cast.lecturer, 'a2', ['Huấn luyện 25/25'])
  await stage.tick('2025-02-10T08:00:00+07:00')
  expect(digests('UDUCPV')).toHaveLength(1)
})

test('the digest asks the Board each week to close a review whose reminders are over, until it is closed', async () => {
  stage = await setStage()
  await person(cast.board).command('/thidua lich sơ kết 28/06/2024 tổng kết 20/12/2024')
  await stage.tick('2024-07-01T08:00:00+07:00')
  const asks = () => of(cast.board, /Sơ kết 28\/06\/2024 chưa chốt/)
  expect(asks()).toEqual([])
  for (const [monday, count] of [
    ['2024-07-22', 1],
    ['2024-07-29', 2],
  ] as const) {
    await stage.tick(`${monday}T08:00:00+07:00`)
    expect(asks()).toHaveLength(count)
  }
  await person(cast.board).click('Chốt sơ kết')
  await person(cast.board).click('Chốt sơ kết')
  await stage.sent()
  await stage.tick('2024-08-05T08:00:00+07:00')
  expect(asks()).toHaveLength(2)
})
