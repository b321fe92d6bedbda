import { afterEach, beforeEach, expect, test } from 'vitest'
import { onStage } from '../on-stage.js'
import { cast, handInMany, type Stage, setStage } from '../stage.js'

let stage: Stage
const { holding, person, say } = onStage(() => stage)
const reminders = (id: string) => holding(id, /^\*?(Còn \d+ ngày làm việc đến|Hôm nay|Đã qua) (sơ|tổng) kết/)

beforeEach(async () => {
  stage = await setStage()
  await person(cast.board).command('/thidua lich sơ kết 28/06/2024 tổng kết 20/12/2024')
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

test('the calendar lists a person’s own reminders, and for roles that see everything how many people each reaches', async () => {
  const head = await say(cast.head, '/thidua lich')
  expect(head?.visibleText).toContain('Lần tới: *08:00 31/05/2024 (thứ Sáu) · còn 20 ngày làm việc đến sơ kết')
  expect(head?.visibleText.match(/^• \d\d:\d\d /gm)).toHaveLength(17)
  await person(cast.head).click('Cách nhắc tôi')
  await person(cast.head).fill({ 'Giờ nhắc': '10:00' })
  await person(cast.head).submit()
  const after = await say(cast.head, '/thidua lich')
  expect(after?.visibleText).toContain('Lần tới: *10:00 31/05/2024')
  const board = await say(cast.board, '/thidua lich')
  expect(board?.visibleText).toMatch(/08:00 31\/05\/2024 · còn 20 ngày làm việc đến sơ kết: 22 đơn vị, \d+ người/)
  expect((await say(cast.lecturer, '/thidua lich'))?.visibleText).not.toContain('08:00')
  // The reminders come as announced.
  await stage.tick('2024-05-31T08:00:00+07:00')
  expect(reminders(cast.head)).toEqual([])
  await stage.tick('2024-05-31T10:00:00+07:00')
  expect(reminders(cast.head)).toHaveLength(1)
  expect((await say(cast.head, '/thidua lich'))?.visibleText).toContain('Lần tới: *10:00 14/06/2024')
})

test('the calendar is sent as a file in a direct message, once for each click', async () => {
  await person(cast.head).command('/thidua lich')
  const done = await person(cast.head).click('Tải lịch kèm các lần nhắc', { copies: 2 } as never)
  expect(done.messages.at(-1)?.visibleText).toContain('Đang gửi tệp lịch')
  await stage.sent()
  const files = person(cast.head)
    .messages()
    .flatMap((m) => m.files)
  expect(files.map((f) => f.name)).toEqual(['thidua-qptd-2024.ics'])
  const bytes = stage.slack.workspace.files.get(String(files[0]?.id))?.bytes
  const ics = Buffer.from(bytes ?? [])
    .toString()
    .replace(/\r\n /g, '')
  expect(ics.match(/^BEGIN:VEVENT/gm)).toHaveLength(2 + 18)
  expect(ics).toContain('DTSTART;VALUE=DATE:20240628')
  expect(ics).toContain('DTSTART:20240531T010000Z')
  expect(ics).toContain('SUMMARY:Nhắc: còn 20 ngày làm việc đến sơ kết')
  // Reviews alone have alarms: the bot itself reminds on the days of its reminders.
  expect(ics.match(/^BEGIN:VALARM/gm)).toHaveLength(2 * 3)
  expect(ics).toMatch(/BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT16H\r\nDESCRIPTION:Sơ kết/)

  // Without the reminders, which are an option.
  await person(cast.head).command('/thidua lich')
  await person(cast.head).click('Tải lịch (.ics)')
  await stage.sent()
  const last = person(cast.head)
    .messages()
    .flatMap((m) => m.files)
    .at(-1)
  const reviewsOnly = Buffer.from(stage.slack.workspace.files.get(String(last?.id))?.bytes ?? []).toString()
  expect(reviewsOnly.match(/^BEGIN:VEVENT/gm)).toHaveLength(2)
})

test('a person whose calendar file the chat refuses is told, can ask again, and an admin sees it', async () => {
  await person(cast.head).command('/thidua lich')
  stage.slack.fail('files.completeUploadExternal', { error: 'posting_to_channel_denied' })
  await person(cast.head).click('Tải lịch (.ics)')
  await stage.sent()
  expect(person(cast.head).messages().at(-1)?.visibleText).toContain('Chưa gửi được tệp lịch')
  expect(
    person(cast.office)
      .messages()
      .map((m) => m.visibleText)
      .join(),
  ).toContain('tệp lịch: Slack từ chối')
  await person(cast.head).click('Gửi lại')
  await stage.sent()
  expect(
    person(cast.head)
      .messages()
      .flatMap((m) => m.files),
  ).toHaveLength(1)
})

test('a dry run lists exactly who will get a reminder and who will not, with the reason, and sends nothing', async () => {
  await person(cast.lecturer).command('/thidua trangthai')
  await handInMany(stage, cast.lecturer, 'a1', ['Ký giao ước thi đua'])
  await person('ULOCHT').command('/thidua vắng từ 14/06 đến 18/06')
  const shown = await say(cast.admin, '/thidua thử nhắc 14/06')
  expect(shown?.visibleText).toContain('Xem trước việc nhắc: thứ Sáu 14/06/2024')
  expect(shown?.visibleText).toContain('Mốc nhắc sơ kết 28/06/2024: trước 10 ngày làm việc')
  expect(shown?.visibleText).toContain('Huỳnh Tấn Lộc vắng đến hết 18/06/2024')
  const count = Number(/(\d+) người sẽ nhận lời nhắc/.exec(shown?.visibleText ?? '')?.[1])
  const named = new Set<string>()
  for (let page = shown; page; ) {
    for (const [, name] of page.visibleText.matchAll(/^• 08:00 (.+?) – /gm)) if (name) named.add(name)
    const next = page.buttons.find((b) => b.startsWith('Trang sau'))
    page = next ? (await person(cast.admin).click(next)).messages.at(-1) : undefined
  }
  expect(named.size).toBe(count)
  expect(reminders(cast.head)).toEqual([])
  expect(await stage.tick('2024-06-14T08:00:00+07:00')).toBe(count)
  const got = (await stage.store.read((tx) => tx.people.roster(stage.bot.workspaceId))).filter((r) =>
    reminders(`U${(r.person.email?.split('@')[0] ?? '').toUpperCase()}`).some((m) =>
      m.visibleText.includes('Còn 10 ngày'),
    ),
  )
  expect(new Set(got.map((r) => r.person.fullName))).toEqual(named)

  expect((await say(cast.admin, '/thidua thunhac 30/02'))?.visibleText).toMatch(/ngày/)
  expect((await say(cast.admin, '/thidua thunhac 01/01/2020'))?.visibleText).toContain('đã qua')
  expect((await say(cast.admin, '/thidua thunhac thứ bảy'))?.visibleText).toContain('ngày nghỉ nên không gửi gì')
  expect((await say(cast.lecturer, '/thidua thunhac'))?.visibleText).toMatch(
    /do Phòng Tổ chức – Hành chính hoặc người quản trị thay đổi\.$/,
  )
})
