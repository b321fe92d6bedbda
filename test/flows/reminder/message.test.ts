import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { onStage } from '../on-stage.js'
import { cast, forge, type Stage, setStage } from '../stage.js'

let stage: Stage
const { holding, person, sent } = onStage(() => stage)
const reminders = (id: string) => holding(id, /ngày làm việc đến sơ kết/)
const choose = (who: string, option: string, ts?: string) =>
  person(who).click('Nhắc lại…', { choose: option, ...(ts ? { ts } : {}) })
const DAY = '2024-06-14'

beforeEach(async () => {
  stage = await setStage()
  await person(cast.board).command('/thidua lich sơ kết 28/06/2024')
  await stage.tick(`${DAY}T08:00:00+07:00`)
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

describe('a snoozed reminder', () => {
  test('comes again once, at the chosen hour; the earlier message says when, and is replaced by it', async () => {
    stage.setClock(`${DAY}T08:20:00+07:00`)
    await choose(cast.head, 'Nhắc lại sau 1 giờ')
    await choose(cast.head, 'Nhắc lại sau 1 giờ').catch(() => undefined)
    await sent()
    expect(reminders(cast.head)).toHaveLength(1)
    expect(reminders(cast.head)[0]?.visibleText).toContain('Nhắc lại lúc 09:20 14/06/2024')
    await stage.tick(`${DAY}T09:19:00+07:00`)
    expect(reminders(cast.head)).toHaveLength(1)
    for (const at of ['09:20', '09:21', '10:30']) await stage.tick(`${DAY}T${at}:00+07:00`)
    const [first, second, third] = reminders(cast.head)
    expect(third).toBeUndefined()
    expect(second?.visibleText).toContain('còn thiếu 11/11')
    expect(first?.visibleText).toContain('đã nhắc lại ngày 14/06/2024 ở tin bên dưới')
    expect(first?.buttons).toEqual([])
    // Regular reminders continue.
    await stage.tick('2024-06-21T08:00:00+07:00')
    expect(reminders(cast.head)).toHaveLength(3)
  })

  test('is merged with a reminder that is due on the same morning, and can be cancelled', async () => {
    await stage.tick('2024-06-26T08:00:00+07:00')
    const last = () => reminders(cast.head).at(-1)
    expect(last()?.visibleText).toContain('Còn 2 ngày làm việc')
    await choose(cast.head, 'Nhắc lại sáng mai', last()?.ts)
    await sent()
    expect(last()?.visibleText).toContain('Nhắc lại lúc 08:00 27/06/2024')
    const before = reminders(cast.head).length
    for (const at of ['08:00', '08:01', '09:00']) await stage.tick(`2024-06-27T${at}:00+07:00`)
    expect(reminders(cast.head)).toHaveLength(before + 1)
    expect(last()?.visibleText).toContain('Còn 1 ngày làm việc')

    await choose(cast.head, 'Nhắc lại chiều nay', last()?.ts)
    await sent()
    await person(cast.head).click('Thôi nhắc lại', { ts: last()?.ts })
    await sent()
    expect(last()?.visibleText).not.toContain('Nhắc lại lúc')
    await stage.tick('2024-06-27T14:00:00+07:00')
    expect(reminders(cast.head)).toHaveLength(before + 1)
  })

  test('is not sent when the unit is complete by then, and cannot be snoozed by another person', async () => {
    await choose(cast.head, 'Nhắc lại chiều nay')
    const [message] = reminders(cast.head)
    await person(cast.head).click('Không phát sinh tất cả còn lại', { ts: message?.ts })
    await person(cast.head).fill({ 'Lý do': 'Đơn vị mới thành lập' })
    await person(cast.head).submit()
    await person(cast.head).close()
    await sent()
    const shown = await person(cast.head).click('Gửi báo cáo', { ts: message?.ts })
    await person(cast.head).click('Gửi báo cáo', { ts: shown.messages.at(-1)?.ts })
    const before = person(cast.head).messages().length
    await stage.tick(`${DAY}T14:00:00+07:00`)
    expect(person(cast.head).messages().length).toBe(before)

    expect(await forge(stage, cast.lecturer, 'reminder.snooze', `{"k":"${DAY}","w":"hour"}`)).toContain('Nút này đã cũ')
    expect(await forge(stage, 'ULOCHT', 'reminder.snooze', '{"k":"2024-06-13","w":"hour"}')).toContain('Nút này đã cũ')
  })
})

describe('a task handed over to a colleague', () => {
  test('reaches them at once and with every reminder; when it is taken back, the message says so', async () => {
    const [message] = reminders(cast.head)
    await person(cast.head).click('Giao cho…', { ts: message?.ts })
    const form = person(cast.head).modal()
    expect(form?.visibleText).toContain('được nhắc cùng Thầy/Cô')
    await person(cast.head).fill({ 'Giao cho ai': 'Lê Hoàng Phúc' })
    await person(cast.head).submit()
    await sent()
    expect(reminders(cast.head)[0]?.visibleText).toMatch(/Đã giao cho \*?Lê Hoàng Phúc/)
    const [given] = reminders(cast.lecturer)
    expect(given?.visibleText).toContain('giao cho Thầy/Cô phần việc này')
    expect(given?.buttons).toContain('Nộp')
    expect(given?.buttons).not.toContain('Không phát sinh')

    await stage.tick('2024-06-21T08:00:00+07:00')
    for (const who of [cast.head, cast.lecturer])
      expect(reminders(who).filter((m) => m.visibleText.includes('Còn 5 ngày'))).toHaveLength(1)

    await person(cast.head).click('Thôi giao', { ts: reminders(cast.head).at(-1)?.ts })
    await sent()
    const told = person(cast.lecturer).messages()
    expect(
      told.some((m) => m.visibleText.includes('không còn giao cho Thầy/Cô') || m.visibleText.includes('đã thôi giao')),
    ).toBe(true)
    await stage.tick('2024-06-26T08:00:00+07:00')
    expect(reminders(cast.lecturer).filter((m) => m.visibleText.includes('Còn 2 ngày'))).toEqual([])
    expect(reminders(cast.head).filter((m) => m.visibleText.includes('Còn 2 ngày'))).toHaveLength(1)
  })
})

test('reaches the colleague on the next working morning when it is handed over in the evening', async () => {
  stage.setClock(`${DAY}T20:30:00+07:00`)
  await person(cast.head).click('Giao cho…', { ts: reminders(cast.head)[0]?.ts })
  await person(cast.head).fill({ 'Giao cho ai': 'Lê Hoàng Phúc' })
  await person(cast.head).submit()
  await sent()
  await stage.tick('2024-06-15T10:00:00+07:00')
  expect(reminders(cast.lecturer)).toEqual([])
  for (const at of ['08:00', '08:01', '09:00']) await stage.tick(`2024-06-17T${at}:00+07:00`)
  expect(reminders(cast.lecturer)).toHaveLength(1)
  expect(reminders(cast.lecturer)[0]?.visibleText).toContain('giao cho Thầy/Cô phần việc này')
})

test('the deputy replaces a head who cannot be reached, once and on the same day, and the Office is told who it is', async () => {
  stage.slack.fail('chat.postMessage', {
    error: 'account_inactive',
    times: 2,
    when: (args) => args.channel === cast.head,
  })
  for (const at of ['21T08:00', '21T08:01', '26T08:00']) await stage.tick(`2024-06-${at}:00+07:00`)
  for (const days of [5, 2])
    expect(reminders(cast.deputy).filter((m) => m.visibleText.includes(`Còn ${days} ngày`))).toHaveLength(1)
  const told = person(cast.office)
    .messages()
    .filter((m) => m.visibleText.includes('Không gửi được tin cho'))
  expect(told).toHaveLength(1)
  expect(told[0]?.visibleText).toContain('cấp phó')
})

describe('evidence that waits for the head', () => {
  const handIn = async (criterion: string, text: string) => {
    await person(cast.lecturer).command(`/thidua nop ${criterion} ${text}`)
    await person(cast.lecturer).submit()
    await person(cast.lecturer).close()
    await sent()
  }

  test('is named in the reminder with a button to a page where it is confirmed piece by piece; the message follows', async () => {
    await handIn('a2', 'Huấn luyện 25/25 người')
    await handIn('a2', 'Hội thao 12 người')
    await stage.tick('2024-06-21T08:00:00+07:00')
    const last = () => reminders(cast.head).at(-1)
    expect(last()?.visibleText).toContain('còn thiếu 10/11')
    expect(last()?.visibleText).toContain('2 minh chứng chờ Thầy/Cô xác nhận')
    const opened = await person(cast.head).click('Xem và xác nhận', { ts: last()?.ts })
    expect(opened.view?.visibleText).toContain('Huấn luyện 25/25 người')
    expect(opened.view?.visibleText).toContain('Hội thao 12 người')
    const one = await person(cast.head).click('Xác nhận')
    expect(one.view?.visibleText).toContain('Đã xác nhận TĐ-2024-000001')
    expect(one.view?.visibleText).toContain('1 minh chứng chờ Thầy/Cô xác nhận')
    await sent()
    expect(last()?.visibleText).toContain('1 minh chứng chờ Thầy/Cô xác nhận')
    await person(cast.head).click('Xác nhận')
    expect(person(cast.head).modal()?.visibleText).toContain('Không có minh chứng nào chờ')
    await person(cast.head).close()
    await sent()
    expect(last()?.visibleText).not.toContain('chờ Thầy/Cô xác nhận')
    expect(holding(cast.lecturer, 'đã được xác nhận').length).toBeGreaterThan(0)
  })

  test('is named while only the report is owed, also where reports are not reminded of; a unit that sent it is not reminded', async () => {
    await handIn('a2', 'Huấn luyện 25/25 người')
    const [message] = reminders(cast.head)
    await person(cast.head).click('Không phát sinh tất cả còn lại', { ts: message?.ts })
    await person(cast.head).fill({ 'Lý do': 'Đơn vị mới thành lập' })
    await person(cast.head).submit()
    await person(cast.head).close()
    await sent()
    const { workspaceId } = stage.bot
    await stage.store.write((tx) => tx.settings.set(workspaceId, 'remindReport', false, null, stage.now()))
    await stage.tick('2024-06-21T08:00:00+07:00')
    const [told, second] = holding(cast.head, 'Còn 5 ngày làm việc')
    expect(second).toBeUndefined()
    expect(told?.visibleText).toContain('1 minh chứng chờ Thầy/Cô xác nhận')
    const shown = await person(cast.head).command('/thidua baocao')
    await person(cast.head).click('Gửi báo cáo', { ts: shown.messages.at(-1)?.ts })
    await sent()
    await stage.tick('2024-06-26T08:00:00+07:00')
    expect(holding(cast.head, 'Còn 2 ngày làm việc')).toEqual([])
  })
})
