import { afterEach, expect, test } from 'vitest'
import { onStage } from '../on-stage.js'
import { cast, forge, type Stage, setStage } from '../stage.js'

let stage: Stage
const { person, sent } = onStage(() => stage)
/** Without the asterisks of bold text. */
const plain = <T extends { visibleText: string }>(seen: T): T => ({
  ...seen,
  visibleText: seen.visibleText.replaceAll('*', ''),
})
const last = (id: string) => person(id).messages().map(plain).at(-1)
const shown = async (id: string, line: string) => (await person(id).command(line)).messages.map(plain).at(-1)
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

test('everyone sees the holidays of a year; the Office edits them, and every count of days changes', async () => {
  stage = await setStage()
  const { lecturer, office, board, head } = cast
  await person(board).command('/thidua lich sơ kết 28/06/2024')
  const seen = await shown(lecturer, '/thidua Ngày nghỉ')
  expect(seen?.visibleText).toContain('Bảng Thi đua đề xuất: 12 ngày nghỉ, 1 ngày làm bù')
  expect(seen?.visibleText).toContain('08/02–14/02 · Tết Nguyên đán')
  expect(seen?.visibleText).toContain('18/04, thứ Năm · Giỗ Tổ Hùng Vương')
  expect(seen?.visibleText).toContain('nghỉ liền 5 ngày, 27/04–01/05')
  expect(seen?.visibleText).toContain('04/05, thứ Bảy · Làm bù cho 29/04')
  expect(seen?.buttons).toEqual(['‹ 2023', '2025 ›'])
  await person(lecturer).click('2025 ›')
  expect(last(lecturer)?.visibleText).toContain('27/01–31/01 · Tết Nguyên đán')
  expect((await shown(lecturer, '/thidua nghỉ lễ năm 2o25'))?.visibleText).toContain('“năm 2o25”')

  await person(head).openHome()
  const home = async () => (await stage.homesShown()) ?? person(head).home()?.visibleText.split('\n')[0]
  expect(await home()).toBe('Còn 29 ngày làm việc đến sơ kết (28/06/2024)')
  const before = await shown(board, '/thidua tonghop')
  expect(before?.visibleText).toContain('còn 29 ngày làm việc')

  const duyen = person(office)
  expect((await shown(office, '/thidua holidays'))?.buttons).toEqual(['Dùng bảng này', 'Sửa', '‹ 2023', '2025 ›'])
  await duyen.click('Sửa')
  expect(duyen.modal()?.title).toBe('Ngày nghỉ năm 2024')
  const typed = [
    '01/01 Tết Dương lịch',
    'nghỉ Tết',
    '08/02-14/02 Tết Nguyên đán',
    '12/02 Mùng ba',
    '31/06 Hè',
    'làm bù 03/06 Làm bù',
    '24/11/2025 Ngày Văn hóa',
  ].join('\n')
  await duyen.fill({ days: typed })
  const { errors } = await duyen.submit()
  const said = Object.values(errors ?? {}).join('\n')
  for (const part of ['Dòng 2: chưa thấy ngày', 'Dòng 4: 12/02 đã có ở dòng 3', 'Dòng 5: “31/06”'])
    expect(said).toContain(part)
  expect(said).toContain('Dòng 6: 03/06 là thứ Hai')
  expect(said).toContain('Dòng 7: 24/11/2025 không thuộc năm 2024')
  expect(duyen.modal()?.fields.map((f) => f.value)).toContainEqual({ type: 'plain_text_input', value: typed })

  await duyen.fill({
    days: '• 01/01 Tết Dương lịch\n20/06 - 21/06: Hội thao <trường>\nlàm bù 22/06 Làm bù\n02/09-03/09 Quốc khánh',
  })
  expect((await duyen.submit()).errors ?? {}).toEqual({})
  const page = duyen.modal() && plain(duyen.modal() as { visibleText: string })
  expect(page?.visibleText).toContain('Đã lưu bảng mới')
  expect(page?.visibleText).toContain('20/06–21/06 · Hội thao &lt;trường&gt;')
  expect(page?.visibleText).toContain('21/06 → thứ Bảy 22/06/2024 · còn 5 ngày làm việc đến sơ kết')
  expect(page?.visibleText).toMatch(/Đã xác nhận: 5 ngày nghỉ, 1 ngày làm bù · \p{Lu}/u)
  await duyen.close({ all: true })

  expect(await home()).toBe('Còn 28 ngày làm việc đến sơ kết (28/06/2024)')
  // In June two days are off and one Saturday is a working day.
  expect((await shown(board, '/thidua tonghop'))?.visibleText).toContain('còn 28 ngày làm việc')
  expect(await stage.tick('2024-06-21T08:00:00+07:00')).toBe(0)
  const late = await stage.tick('2024-06-22T08:00:00+07:00')
  expect(late).toBeGreaterThan(0)
  expect(last(head)?.visibleText).toContain('Còn 5 ngày làm việc đến sơ kết')

  // A forged click without permission, and a click on an outdated card.
  expect(await forge(stage, head, 'holiday.again', '{"year":"x"}')).toContain('đã cũ')
  const value = JSON.stringify({ year: 2024, seen: '' })
  expect(await forge(stage, head, 'holiday.use', value)).toContain('Phòng Tổ chức – Hành chính hoặc người quản trị sửa')
  expect(await forge(stage, office, 'holiday.use', value)).toContain('Chưa ghi đè gì cả')
  await duyen.command('/thidua ngaynghi')
  await duyen.click('Dùng lại bảng đề xuất')
  expect(last(office)?.visibleText).toContain('Đã dùng lại bảng Thi đua đề xuất')
  await duyen.command('/thidua nhatky')
  await duyen.click('Thiết lập, danh sách')
  expect(last(office)?.visibleText).toContain('đổi bảng ngày nghỉ: năm 2024, dùng lại bảng Thi đua đề xuất')
})

test('in December the Office and admins are told once which holidays the bot proposes for the next year', async () => {
  // The deputy is an admin by configuration only; the Board member is one whom the bot does not know yet.
  stage = await setStage({ at: '2024-11-29T09:00:00+07:00', admins: [cast.deputy, cast.board] })
  const { office, admin, lecturer, deputy, board } = cast
  await person(deputy).command('/thidua')
  const told = (id: string) =>
    person(id)
      .messages()
      .map(plain)
      .filter((m) => m.visibleText.includes('Bảng ngày nghỉ năm 2025'))
  await person(office).openHome()
  for (const at of ['2024-11-29T09:00', '2024-12-01T09:00', '2024-12-02T07:59']) await stage.tick(`${at}:00+07:00`)
  expect(told(office)).toEqual([])
  for (const at of ['2024-12-02T08:00', '2024-12-02T08:01', '2024-12-03T08:00']) await stage.tick(`${at}:00+07:00`)
  expect([office, admin, deputy, board, lecturer].map((id) => told(id).length)).toEqual([1, 1, 1, 0, 0])
  expect(told(admin)[0]?.visibleText).toContain('27/01–31/01 · Tết Nguyên đán')
  expect(told(admin)[0]?.buttons).toEqual(['Xem', 'Dùng bảng này'])
  await person(admin).click('Dùng bảng này')
  expect(last(admin)?.visibleText).toContain('Đã xác nhận bảng này')
  await sent()
  expect(told(office)[0]?.visibleText).toContain('✅ Bảng ngày nghỉ năm 2025 đã được xác nhận')
  await person(office).click('Xem', { ts: told(office)[0]?.ts })
  expect(last(office)?.visibleText).toContain('Đã xác nhận: 12 ngày nghỉ, 1 ngày làm bù')
  // The next year was confirmed in time, so nothing is proposed for it.
  await person(office).command('/thidua ngaynghi 2026')
  await person(office).click('Dùng bảng này')
  await stage.tick('2025-12-01T08:00:00+07:00')
  expect(
    person(admin)
      .messages()
      .some((m) => m.visibleText.includes('năm 2026')),
  ).toBe(false)
})
