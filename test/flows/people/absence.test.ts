import { afterEach, beforeEach, expect, test } from 'vitest'
import { onStage } from '../on-stage.js'
import { cast, forge, type Stage, setStage } from '../stage.js'

let stage: Stage
const { lastText, person, say, sent } = onStage(() => stage)
beforeEach(async () => {
  stage = await setStage()
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

const told = (id: string) => person(id).messages()

test('a head registers an absence: the answer names who is reminded meanwhile, and the deputy is told once', async () => {
  const answer = await say(cast.head, '/thidua vắng từ 10/06 đến 14/06')
  expect(answer?.visibleText).toContain('Đã ghi*: Thầy/Cô vắng từ 10/06/2024 đến 14/06/2024')
  expect(answer?.visibleText).toContain('Khoa Điện – Điện tử*: nhắc việc sẽ gửi cho Trần Thị Thu Thảo (cấp phó)')
  expect(answer?.buttons).toEqual(['Hủy', 'Cách nhắc tôi'])
  await sent()
  expect(told(cast.deputy)).toHaveLength(1)
  expect(lastText(cast.deputy)).toContain(
    'Nguyễn Văn Khánh* vắng từ 10/06/2024 đến 14/06/2024: nhắc việc của *Khoa Điện – Điện tử* trong những ngày này sẽ gửi cho Thầy/Cô',
  )
  expect((await say(cast.head, '/thidua vang 10/6-14/6'))?.visibleText).toContain('Đã ghi từ trước')
  const longer = await say(cast.head, '/thidua VANG 12/06 - 18/06')
  expect(longer?.visibleText).toContain('Đã đổi*: Thầy/Cô vắng từ 10/06/2024 đến 18/06/2024')
  await sent()
  expect(told(cast.deputy)).toHaveLength(1)
  expect(lastText(cast.deputy)).toContain('đến 18/06/2024')

  // Cancelled in the list: the deputy's message is updated.
  const list = await say(cast.head, '/thidua vang')
  expect(list?.visibleText).toContain('Vắng* từ 10/06/2024 đến 18/06/2024')
  const { workspaceId } = stage.bot
  const [absence] = await stage.store.read(async (tx) => {
    const head = await tx.people.byEmail(workspaceId, 'khanhnv@cdn-angiang.example')
    return tx.absences.active(workspaceId, head?.id ?? '', '2024-05-20')
  })
  const value = JSON.stringify({ id: absence?.id })
  for (const stranger of [cast.deputy, cast.board])
    expect(await forge(stage, stranger, 'absence.cancel', value)).toContain('do Phòng Tổ chức – Hành chính làm')
  const { messages } = await person(cast.head).click('Hủy')
  expect(messages.at(-1)?.visibleText).toContain('Đã hủy* đợt vắng từ 10/06/2024 đến 18/06/2024')
  expect(messages.at(-1)?.visibleText).toContain('Chưa có đợt vắng nào sắp tới')
  await sent()
  expect(told(cast.deputy)).toHaveLength(1)
  expect(lastText(cast.deputy)).toContain('Nguyễn Văn Khánh không vắng')
})

test('the deputy gets the reminders during an absence; a head is reminded at their preferred hour, and early only by preference', async () => {
  await person(cast.board).command('/thidua lich sơ kết 28/06/2024')
  await person(cast.head).command('/thidua vang 14/06')
  const other = person('UHOAPT')
  await other.command('/thidua lich')
  await other.click('Cách nhắc tôi')
  await other.fill({ 'Giờ nhắc': '10:00' })
  await other.submit()
  await other.close()
  const late = person('UBINHPT')
  await late.command('/thidua lich')
  await late.click('Cách nhắc tôi')
  await late.fill({ 'Các lần nhắc sớm': [] })
  await late.submit()
  await late.close()
  await sent()
  const reminders = (id: string) =>
    told(id).filter((m) => /^\*?Còn \d+ ngày làm việc đến sơ kết/.test(m.visibleText)).length
  const all = () => [cast.head, cast.deputy, 'UHOAPT', 'UBINHPT'].map(reminders)
  await stage.tick('2024-06-14T08:00:00+07:00')
  expect(all()).toEqual([0, 1, 0, 0])
  await stage.tick('2024-06-14T10:00:00+07:00')
  expect(all()).toEqual([0, 1, 1, 0])
  await stage.tick('2024-06-27T08:00:00+07:00')
  expect(all()).toEqual([1, 1, 1, 1])
})

test('the Office replaces the head of a unit without a deputy; a person who leads no unit is told that nothing changes', async () => {
  expect((await say('UTUYETNTA', '/thidua vang 10/06'))?.visibleText).toContain(
    'Khoa May – Thời trang*: chưa có cấp phó nên Phòng Tổ chức – Hành chính sẽ nhận',
  )
  const lecturer = await say(cast.lecturer, '/thidua nghỉ phép ngày mai')
  expect(lecturer?.visibleText).toContain('Thầy/Cô vắng ngày 21/05/2024')
  expect(lecturer?.visibleText).toContain('Tin nhắc chỉ gửi cho trưởng đơn vị')
  expect(lecturer?.buttons).toEqual(['Hủy'])
  // A deputy who is away on some of the days is listed with them.
  await person(cast.deputy).command('/thidua vang 12/06')
  expect((await say(cast.head, '/thidua vang 10/06-14/06'))?.visibleText).toContain(
    'Trần Thị Thu Thảo – cũng vắng ngày 12/06/2024 (cấp phó)',
  )
})

test('wrong dates are explained in a sentence, and in the form at the field; nothing is stored', async () => {
  for (const [typed, sentence] of [
    ['14/06/2024 đến 10/06/2024', 'Ngày cuối (10/06/2024) đang trước ngày đầu (14/06/2024)'],
    ['15/05', 'Ngày cuối (15/05/2024) đã qua, hôm nay là 20/05/2024'],
    ['31/06', '“31/06/2024” không phải ngày'],
    ['10/06/2024 đến 14/06/2026', 'tối đa một năm'],
    ['phòng 12', 'Chưa hiểu “phòng 12”'],
    ['Mai Văn Sang', 'Báo vắng cho người khác do Phòng Tổ chức – Hành chính làm'],
    ['khi nào rảnh', 'Chưa hiểu “khi nào rảnh”'],
    ['Nguyễn Thị Ánh Tuyết từ 10/06 đến 14/06', 'Báo vắng cho người khác do Phòng Tổ chức – Hành chính làm'],
  ])
    expect((await say(cast.head, `/thidua vang ${typed}`))?.visibleText, typed).toContain(sentence)
  const head = person(cast.head)
  const list = await say(cast.head, '/thidua vang')
  expect(list?.visibleText).toContain('Chưa có đợt vắng nào sắp tới')
  await head.click('Báo vắng')
  await head.fill({ 'Từ ngày': '2024-06-14', 'Đến hết ngày': '2024-06-10' })
  expect((await head.submit()).view?.errors?.until).toContain('đang trước ngày đầu')
  await head.fill({ 'Đến hết ngày': '2024-06-16' })
  expect((await head.submit()).view?.visibleText).toContain('Thầy/Cô vắng từ 14/06/2024 đến 16/06/2024')
  await head.close()
  await sent()
  expect(told(cast.deputy)).toHaveLength(1)
  // A start date alone asks for the end.
  const open = await head.command('/thidua vang từ 20/06')
  expect(open.view?.title).toBe('Báo vắng')
  expect(JSON.stringify(open.view?.fields)).toContain('2024-06-20')
})

test('the Office registers absences of others by name, chooses among several by button, and the person is told', async () => {
  const answer = await say(cast.office, '/thidua vang Nguyen Van Khanh từ 10/06 đến 14/06')
  expect(answer?.visibleText).toContain('Nguyễn Văn Khánh vắng từ 10/06/2024 đến 14/06/2024')
  expect(answer?.buttons).toEqual(['Hủy'])
  await sent()
  expect(lastText(cast.head)).toContain('Trương Mỹ Duyên* đã báo giúp: Thầy/Cô vắng *từ 10/06/2024 đến 14/06/2024')
  expect(told(cast.deputy)).toHaveLength(1)
  await person(cast.office).click('Hủy')
  await sent()
  expect(told(cast.head).map((m) => /Đã hủy|đã hủy đợt vắng/.test(m.visibleText))).toEqual([true, true])
  expect(lastText(cast.head)).toContain('Trương Mỹ Duyên* đã hủy đợt vắng')

  const several = await say(cast.office, '/thidua vang Ánh từ 10/06 đến 14/06')
  expect(several?.visibleText).toContain('Có nhiều người tên “Ánh”')
  expect(several?.buttons).toContain('Đặng Thị Ngọc Ánh – Hội đồng thi đua – khen thưởng')
  const chosen = await person(cast.office).click('Đặng Thị Ngọc Ánh – Hội đồng thi đua – khen thưởng')
  expect(chosen.messages.at(-1)?.visibleText).toContain(
    'Phòng Công tác học sinh – sinh viên*: nhắc việc sẽ gửi cho Phạm Văn Đức',
  )
  expect(chosen.messages.at(-1)?.visibleText).toContain('Công đoàn cơ sở*: nhắc việc sẽ gửi cho Lâm Thị Bích Thủy')
  const named = await say(cast.office, '/thidua vang Mai Văn Sang')
  expect(named?.visibleText).toContain('Báo vắng – Mai Văn Sang')
  expect((await say(cast.office, '/thidua vang Phạm Xa Lạ 10/06'))?.visibleText).toContain(
    'Không tìm thấy “Phạm Xa Lạ”',
  )
  expect((await say(cast.admin, '/thidua vang Mai Văn Sang hôm nay'))?.visibleText).toContain(
    'Mai Văn Sang vắng ngày 20/05/2024',
  )
})

test('a head chooses the hour and no early reminders; the preference is shown and erased with the rest of their data', async () => {
  const head = person(cast.head)
  await person(cast.board).command('/thidua lich sơ kết 28/06/2024')
  expect((await say(cast.board, '/thidua lich'))?.buttons).not.toContain('Cách nhắc tôi')
  await head.command('/thidua lich')
  const form = await head.click('Cách nhắc tôi')
  expect(form.view?.visibleText).toContain('trước 1 ngày làm việc; đúng ngày sơ kết, tổng kết; trễ 1')
  expect(form.view?.visibleText).toContain('Các lần này không tắt được')
  await head.fill({ 'Giờ nhắc': '10:00', 'Các lần nhắc sớm': [] })
  const saved = await head.submit()
  expect(saved.view?.visibleText).toContain('Nhắc lúc *10:00*, khi đơn vị chưa xong: trước 1 ngày làm việc; đúng ngày')
  expect(saved.view?.visibleText).toContain('Giờ mới tính từ 21/05/2024; đến hết hôm nay vẫn là 08:00')
  await head.close()
  await head.command('/thidua lich')
  const again = await head.click('Cách nhắc tôi')
  expect(JSON.stringify(again.view?.fields)).toContain('10:00')
  expect((await head.submit()).view?.visibleText).toContain('đã như vậy từ trước')
  await head.close()
  await person(cast.lecturer).command('/thidua')
  expect(await forge(stage, cast.lecturer, 'reminder.wish', '{}')).toContain('Cách nhắc chỉ dành cho trưởng đơn vị')

  await head.command('/thidua vang 10/06 đến 14/06')
  await sent()
  const held = await say(cast.head, '/thidua dulieu')
  expect(held?.visibleText).toContain('Đợt vắng đã báo:* từ 10/06/2024 đến 14/06/2024')
  expect(held?.visibleText).toContain('Cách nhắc:* lúc 10:00; không nhắc sớm')
  await head.click('Đề nghị xóa')
  await head.fill({ 'Xóa gì': 'all' })
  await head.submit()
  await sent()
  await person(cast.office).click('Đồng ý')
  await sent()
  expect(lastText(cast.deputy)).toContain('đã được xóa')
  expect(
    told(cast.deputy)
      .map((m) => m.visibleText)
      .join(),
  ).not.toContain('Khánh')
  const kept = await stage.store.read(async (tx) => ({
    away: (await tx.absences.on(stage.bot.workspaceId, '2024-06-12')).size,
    wishes: (await tx.reminderPreferences.all(stage.bot.workspaceId)).size,
  }))
  expect(kept).toEqual({ away: 0, wishes: 0 })
})
