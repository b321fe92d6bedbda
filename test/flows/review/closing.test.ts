import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HANG_MS } from '../../helpers/until.js'
import { onStage } from '../on-stage.js'
import { cast, forge, type Stage, setStage } from '../stage.js'

let stage: Stage
const { handIn, last, lastText, person, say, sent, holding } = onStage(() => stage)
const office = cast.office

beforeEach(async () => {
  stage = await setStage()
  await say(cast.board, '/thidua lich sơ kết 28/06/2024 tổng kết 20/12/2024')
  for (const who of [cast.head, cast.office, cast.lecturer]) await person(who).command('/thidua')
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

async function home(who: string): Promise<string> {
  await person(who).openHome()
  expect(await stage.bot.homes.idle(HANG_MS)).toBe(true)
  return person(who).home()?.visibleText ?? ''
}

async function close(): Promise<void> {
  stage.setClock('2024-07-01T09:00:00+07:00')
  await say(cast.board, '/thidua tonghop')
  await person(cast.board).click('Chốt sơ kết')
  await person(cast.board).click('Chốt sơ kết')
  await sent()
}

describe('an overdue review', () => {
  test('leads everywhere until it is closed, with the next one beside it; the Board is asked to close it', async () => {
    stage.setClock('2024-07-01T09:00:00+07:00')
    for (const line of ['tonghop', 'trangthai', 'baocao']) {
      const shown = (await say(line === 'tonghop' ? cast.board : cast.head, `/thidua ${line}`))?.visibleText
      expect(shown, line).toMatch(/28\/06\/2024/)
      expect(shown, line).toContain('tiếp theo: tổng kết 20/12/2024')
    }
    expect(await home(cast.head)).toContain('chưa chốt')
    expect(await home(cast.board)).not.toContain('Đã hết các lần nhắc')
    stage.setClock('2024-07-22T09:00:00+07:00')
    expect(await home(cast.board)).toContain('Sơ kết 28/06/2024 chưa chốt*. Đã hết các lần nhắc')
  })

  test('stops leading twenty working days after its date, and says so', async () => {
    stage.setClock('2024-08-01T09:00:00+07:00')
    const shown = (await say(cast.board, '/thidua tonghop'))?.visibleText
    expect(shown).toContain('Tổng hợp tổng kết')
    expect(shown).toContain('Sơ kết 28/06/2024 chưa chốt và đã quá 20 ngày làm việc')
    expect((await say(cast.head, '/thidua baocao'))?.visibleText).toContain('Báo cáo tổng kết')
  })
})

describe('closing a review', () => {
  test('is previewed, asked and recorded; then the figures stay, and what comes later is marked', async () => {
    await handIn('Huấn luyện 25/25', 'a2')
    await person(cast.head).click('Xác nhận')
    await sent()
    stage.setClock('2024-07-01T09:00:00+07:00')
    await say(cast.board, '/thidua tonghop')
    const preview = (await person(cast.board).click('Chốt sơ kết')).messages.at(-1)
    expect(preview?.visibleText).toContain('0/22 đơn vị đã đủ tiêu chí* · còn thiếu 241 tiêu chí')
    expect(preview?.visibleText).toContain('1 đã xác nhận, chờ Ban Chỉ huy duyệt')
    expect(preview?.visibleText).toContain('22 đơn vị còn thiếu')
    expect(JSON.stringify(preview?.blocks)).toContain('Phòng Tổ chức – Hành chính mở lại được khi cần.')
    const record = (await person(cast.board).click('Chốt sơ kết')).messages.at(-1)
    expect(record?.visibleText).toContain('Đã chốt sơ kết 28/06/2024* – Trần Quốc Hùng')
    await sent()
    expect(lastText(office)).toContain('Đã chốt sơ kết 28/06/2024')
    await handIn('Huấn luyện bổ sung', 'a3')
    const closed = (await say(cast.board, '/thidua tonghop sơ kết'))?.visibleText
    expect(closed).toContain('28/06/2024 · đã chốt ngày 01/07/2024')
    expect(closed).toContain('thiếu 241 tiêu chí')
    expect((await say(cast.board, '/thidua tonghop'))?.visibleText).toContain('Tổng hợp tổng kết')
    expect(holding(cast.head, 'sau sơ kết')).not.toEqual([])
    expect(holding(cast.head, 'Huấn luyện 25/25').some((m) => m.visibleText.includes('sau sơ kết'))).toBe(false)
    expect((await say(cast.board, '/thidua nhac sơ kết'))?.visibleText).toContain('đã được Trần Quốc Hùng chốt')
    const status = await say(cast.head, '/thidua trangthai sơ kết')
    expect(status?.buttons).toEqual(['Xem'])
  })

  test('is refused to others, also with a forged button', async () => {
    stage.setClock('2024-07-01T09:00:00+07:00')
    const seen = '{"kind":"preliminary","late":22,"undecided":0,"closings":0}'
    for (const who of [cast.head, office])
      expect(await forge(stage, who, 'review.close', seen)).toContain('do Ban Chỉ huy quân sự làm')
    expect(await forge(stage, cast.board, 'review.reopen', '{"kind":"preliminary"}')).toContain('Phòng Tổ chức')
  })

  test('can be taken back by the Office with a reason that everybody who was told reads', async () => {
    await close()
    expect((await say(office, '/thidua tonghop sơ kết'))?.buttons).toContain('Mở lại sơ kết')
    await person(office).click('Mở lại sơ kết')
    await person(office).fill({ 'Lý do': '   ' })
    expect(JSON.stringify(await person(office).submit())).toContain('Xin ghi lý do mở lại.')
    await person(office).fill({ 'Lý do': 'Bổ sung theo chỉ đạo' })
    await person(office).submit()
    await person(office).close()
    await sent()
    expect(holding(cast.board, 'Đã mở lại sơ kết').at(-1)?.visibleText).toContain('Bổ sung theo chỉ đạo')
    expect((await say(cast.board, '/thidua tonghop'))?.visibleText).toContain('Tổng hợp sơ kết')
    expect((await say(office, '/thidua nhatky'))?.visibleText).toContain('mở lại')
  })

  test('ends the reminders of it: what was sent says so, and no other follows', async () => {
    stage.setClock('2024-06-28T08:00:00+07:00')
    await stage.tick()
    expect(last(cast.head)?.visibleText).toContain('sơ kết')
    const before = holding(cast.head, 'còn thiếu').length
    await stage.tick('2024-07-01T08:30:00+07:00')
    expect(holding(office, 'đơn vị trễ')).not.toEqual([])
    await close()
    expect(holding(cast.head, 'Ban Chỉ huy đã chốt sơ kết')).toHaveLength(2)
    // The Office's list of late units of that morning says so, too.
    expect(holding(office, 'không còn phải bổ sung cho đợt này')).toHaveLength(1)
    stage.setClock('2024-07-03T08:00:00+07:00')
    await stage.tick()
    expect(holding(cast.head, 'còn thiếu').length).toBeLessThanOrEqual(before)
  })
})

describe('a unit’s report', () => {
  test('is sent early only after another question, names its review, and is taken back until it is decided', async () => {
    const asked = await say(cast.head, '/thidua baocao tổng kết')
    expect(JSON.stringify(asked?.blocks)).toContain('Báo cáo tổng kết (20/12/2024).')
    const early = (await person(cast.head).click('Gửi báo cáo')).messages.at(-1)
    expect(early?.visibleText).toContain('mới đến tổng kết (20/12/2024) nên chưa gửi gì cả')
    expect(holding(cast.board, 'gửi báo cáo')).toEqual([])
    const done = (await person(cast.head).click('Vẫn gửi')).messages.at(-1)
    expect(done?.visibleText).toContain('Đã gửi báo cáo tổng kết (20/12/2024)')
    await sent()
    expect(holding(cast.board, 'gửi báo cáo tổng kết')).toHaveLength(1)
    expect(await home(cast.board)).toContain('1 báo cáo tổng kết* của đơn vị chờ Ban Chỉ huy duyệt')
    const back = (await person(cast.head).click('Rút báo cáo')).messages.at(-1)
    expect(back?.visibleText).toContain('Đã rút báo cáo')
    expect(back?.visibleText).toContain('Chưa gửi')
    await sent()
    expect(holding(cast.board, 'gửi báo cáo tổng kết').at(-1)?.visibleText).toContain(
      'Đơn vị đã rút báo cáo này để sửa',
    )
    expect((await say(cast.board, '/thidua baocao tổng kết Khoa Điện'))?.visibleText).toContain('Chưa gửi')
  })

  test('that is approved lets its unit see the next review first', async () => {
    stage.setClock('2024-06-27T09:00:00+07:00')
    await say(cast.head, '/thidua baocao')
    await person(cast.head).click('Gửi báo cáo')
    await sent()
    await person(cast.board).click('Duyệt')
    await sent()
    expect((await say(cast.head, '/thidua trangthai'))?.visibleText).toContain('tổng kết (20/12/2024)')
    expect((await say(cast.head, '/thidua baocao'))?.visibleText).toContain('Báo cáo tổng kết')
    expect(await home(cast.head)).toContain('Cho tổng kết: đã có')
    expect((await say(cast.board, '/thidua tonghop'))?.visibleText).toContain('Tổng hợp sơ kết')
  })
})

test('the schedule says that all reminders are over and what is still missing', async () => {
  await say(cast.board, '/thidua lich tổng kết 01/07/2024')
  stage.setClock('2024-07-29T17:59:00+07:00')
  expect((await say(cast.head, '/thidua lich'))?.visibleText).toContain(
    'Đã hết các lần nhắc; còn thiếu 11 tiêu chí và báo cáo.',
  )
})
