import { afterEach, describe, expect, test } from 'vitest'
import type { Roster } from '../../../src/core/setup/roster.js'
import { onStage } from '../on-stage.js'
import { cast, forge, type Stage, type StageOptions, setStage } from '../stage.js'

let stage: Stage
const { person, say } = onStage(() => stage)
const open = async (options?: StageOptions) => {
  stage = await setStage(options)
}
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

describe('the command', () => {
  test.each([
    ['tonghop', 'Tổng hợp'],
    ['TỔNG HỢP', 'Tổng hợp'],
    ['tong-hop', 'Tổng hợp'],
    ['tổng hợp'.normalize('NFD'), 'Tổng hợp'],
    ['summary', 'Tổng hợp'],
    ['  tổng   hợp   tổng kết ', 'Tổng hợp tổng kết'],
    ['trạng thái KCK', 'Khoa Cơ khí'],
    ['status khoa co khi', 'Khoa Cơ khí'],
    ['tiêu chí', 'Tiêu chí thi đua'],
    ['help', 'Trợ giúp'],
    ['lịch', 'Lịch sơ kết'],
  ])('finds what is meant by “%s”', async (typed, shown) => {
    await open()
    expect((await say(cast.board, `/thidua ${typed}`))?.visibleText).toContain(shown)
  })

  test('answers an unknown word with buttons for the nearest subcommands', async () => {
    await open()
    const answer = await say(cast.board, '/thidua tonghpo')
    expect(answer?.buttons[0]).toBe('Tổng hợp')
    const next = await person(cast.board).click('Tổng hợp')
    expect(next.messages.at(-1)?.visibleText).toContain('đơn vị đã đủ')
  })

  test('shows a menu for the role when it is typed alone', async () => {
    await open()
    expect((await say(cast.lecturer, '/thidua'))?.buttons).not.toContain('Tổng hợp')
    expect((await say(cast.rector, '/thidua'))?.buttons).toContain('Tổng hợp')
    expect((await say(cast.lecturer, '/thidua'))?.visibleText).toContain('Chưa đặt ngày sơ kết')
  })

  test('shows the criteria in the wording of the plan', async () => {
    await open()
    const words = (await say(cast.lecturer, '/thidua tieuchi'))?.visibleText ?? ''
    expect(words).toContain('Tập trung xây dựng lực lượng Dân quân tự vệ đạt chỉ tiêu')
    expect(words).toContain('gương mẫu công tác chuyên môn')
  })
})

describe('the summary', () => {
  test.each([
    [cast.board, true],
    [cast.office, true],
    [cast.rector, true],
    [cast.head, false],
    [cast.lecturer, false],
    [cast.admin, false],
  ])('%s sees the whole: %s', async (account, sees) => {
    await open()
    const words = (await say(account, '/thidua tonghop'))?.visibleText ?? ''
    expect(words.includes('22 đơn vị còn thiếu')).toBe(sees)
    expect(words.includes('Bảng tổng hợp dành cho')).toBe(!sees)
  })

  test('is available by criterion, for one criterion and for one unit', async () => {
    await open()
    await person(cast.lecturer).command('/thidua nop a2 Huấn luyện')
    await person(cast.lecturer).submit()
    await stage.sent()
    expect((await say(cast.board, '/thidua tonghop tiêu chí'))?.visibleText).toContain(
      'a2 · Xây dựng Dân quân tự vệ | 21 | 1 | 0 | 0',
    )
    const lacking = (await say(cast.board, '/thidua tonghop a2'))?.visibleText
    expect(lacking).toContain('21 đơn vị còn thiếu')
    expect(lacking).not.toContain('Khoa Điện – Điện tử')
    expect((await say(cast.board, '/thidua tong hop khoa co khi'))?.visibleText).toContain('Đã có 0/11')
  })

  test('shows a unit for the named review, also when the unit is chosen among several', async () => {
    await open()
    await say(cast.board, '/thidua lich sơ kết 28/06/2024 tổng kết 20/12/2024')
    await person(cast.head).command('/thidua trangthai')
    await person(cast.head).click('Không phát sinh')
    await person(cast.head).submit()
    await person(cast.head).close()
    expect((await say(cast.board, '/thidua tonghop Khoa Điện'))?.visibleText).toContain('Đã có 1/11')
    const final = (await say(cast.board, '/thidua tonghop tổng kết Khoa Điện'))?.visibleText
    expect(final).toContain('Đã có 0/11')
    expect(final).toContain('đến tổng kết (20/12/2024)')
    await say(cast.board, '/thidua tổng hợp tổng kết khoa')
    expect((await person(cast.board).click('Khoa Điện – Điện tử')).messages.at(-1)?.visibleText).toContain(
      'đến tổng kết',
    )
    stage.setClock('2024-07-01T09:00:00+07:00')
    const leading = (await say(cast.head, '/thidua trangthai'))?.visibleText
    expect(leading).toContain('Đã có 1/11')
    expect(leading).toContain('Đã qua ngày sơ kết (28/06/2024) · chưa chốt · tiếp theo: tổng kết 20/12/2024')
    const past = await say(cast.head, '/thidua trangthai sơ kết')
    expect(past?.visibleText).toContain('Đã có 1/11')
    expect(past?.visibleText).toContain('Đã qua ngày sơ kết (28/06/2024)')
    // Buttons there stay with the same review.
    await person(cast.head).click('Bỏ “Không phát sinh”')
    const undone = person(cast.head).messages().at(-1)?.visibleText
    expect(undone).toContain('Đã có 0/11')
    expect(undone).toContain('Đã qua ngày sơ kết')
  })

  test('reports an unknown code as an unknown unit, in the same words as other commands', async () => {
    await open()
    expect((await say(cast.board, '/thidua tonghop b9'))?.visibleText).toContain('Không có tiêu chí “b9”')
    const words = (await say(cast.board, '/thidua tonghop xyz'))?.visibleText
    expect(words).toContain('Không tìm thấy đơn vị “xyz”')
    expect(words).not.toContain('trangthai')
  })

  test('refuses a forged page button', async () => {
    await open()
    await say(cast.board, '/thidua tonghop')
    const answer = await forge(stage, cast.lecturer, 'summary', '{"kind":"final","view":"unit","page":0}')
    expect(answer).toContain('Bảng tổng hợp dành cho')
  })

  test('shows 500 units in pages that are within Slack’s limits', async () => {
    await open({ roster: bigRoster(500) })
    const first = await say('UBOARD', '/thidua tonghop')
    expect(first?.visibleText).toContain('0/500 đơn vị đã đủ')
    expect(first?.visibleText).toContain('Trang 1/20')
    for (let n = 2; n <= 20; n++) await person('UBOARD').click('Trang sau ›')
    const last = person('UBOARD').messages().at(-1)
    expect(last?.visibleText).toContain('Trang 20/20')
    expect(last?.visibleText).toContain('Đơn vị số 500')
    expect(last?.buttons).not.toContain('Trang sau ›')
  })
})

describe('the status of a unit', () => {
  test('shows the state of each criterion, and its buttons do what they say', async () => {
    await open()
    await say(cast.board, '/thidua lich 28/06/2024')
    const head = person(cast.head)
    const shown = await head.command('/thidua trangthai')
    expect(shown.messages.at(-1)?.visibleText).toContain('Còn 29 ngày làm việc đến sơ kết (28/06/2024)')
    await head.click('Không phát sinh')
    const said = await head.submit()
    expect(said.view?.visibleText).toContain('✅ *a1*')
    expect(said.view?.visibleText).toContain('Đã có 1/11 tiêu chí')
    await head.click('Nộp')
    expect(head.modal()?.fields.find((f) => f.label === 'Tiêu chí')?.value).toMatchObject({
      selected_option: { value: 'a2' },
    })
  })

  test('hides other units from a lecturer and does not let them give a nil report', async () => {
    await open()
    expect((await say(cast.lecturer, '/thidua trangthai Khoa Cơ khí'))?.visibleText).toContain('đơn vị khác')
    const own = await say(cast.lecturer, '/thidua trangthai')
    expect(own?.buttons).not.toContain('Không phát sinh')
  })

  test('offers buttons when a name is ambiguous', async () => {
    await open()
    const answer = await say(cast.board, '/thidua trangthai khoa cong nghe')
    expect(answer?.buttons.length).toBeGreaterThan(1)
  })
})

describe('the dates', () => {
  test.each([
    [cast.board, 'Đã lưu ngày sơ kết'],
    [cast.office, 'Đã lưu ngày sơ kết'],
    [cast.admin, 'Đã lưu ngày sơ kết'],
    [cast.head, 'do Ban Chỉ huy quân sự'],
    [cast.rector, 'do Ban Chỉ huy quân sự'],
  ])('%s sets them: “%s”', async (account, answer) => {
    await open()
    expect((await say(account, '/thidua lich sơ kết 28/06/2024'))?.visibleText).toContain(answer)
  })

  test('can be set in a form too, and every future reminder is listed', async () => {
    await open()
    const board = person(cast.board)
    await board.command('/thidua lich')
    await board.click('Đặt ngày')
    await board.fill({ 'Ngày sơ kết': '2024-06-28', 'Ngày tổng kết': '2024-06-20' })
    const wrong = await board.submit()
    expect(Object.values(wrong.view?.errors ?? {}).join()).toContain('phải trước')
    await board.fill({ 'Ngày tổng kết': '2024-12-20' })
    const { view } = await board.submit()
    expect(view?.visibleText).toContain('thứ Sáu 28/06/2024')
    expect(view?.visibleText).toContain('08:00 14/06/2024 · còn 10 ngày làm việc đến sơ kết')
    expect(view?.visibleText).toContain('08:00 23/12/2024 · trễ 1 ngày làm việc so với tổng kết')
  })

  test('are refused with a fault at the field of the wrong date', async () => {
    await open()
    const board = person(cast.board)
    await board.command('/thidua lich')
    await board.click('Đặt ngày')
    await board.fill({ 'Ngày sơ kết': '2024-06-28', 'Ngày tổng kết': '2030-12-20' })
    expect((await board.submit()).view?.errors).toEqual({ final: expect.stringContaining('trong khoảng') })
    await board.fill({ 'Ngày tổng kết': '2024-06-28' })
    expect((await board.submit()).view?.errors).toEqual({ final: expect.stringContaining('phải trước') })
    await board.close()
    expect((await say(cast.board, '/thidua lich sơ kết 28/06/2030'))?.visibleText).toContain('trong khoảng')
  })

  test('are saved when they have passed, with a remark', async () => {
    await open()
    const told = (await say(cast.board, '/thidua lich sơ kết 10/05/2024'))?.visibleText
    expect(told).toContain('Lưu ý: ngày sơ kết 10/05/2024 đã qua')
    expect((await say(cast.lecturer, '/thidua lich'))?.visibleText).toContain('thứ Sáu 10/05/2024 · đã qua')
    stage.setClock('2024-05-10T09:00:00+07:00')
    expect((await say(cast.lecturer, '/thidua lich'))?.visibleText).toContain('thứ Sáu 10/05/2024 · hôm nay')
  })

  test.each(['sơ kết', 'ngày tổng kết'])('“%s” alone asks when it is', async (typed) => {
    await open()
    await say(cast.board, '/thidua lich sơ kết 28/06/2024 tổng kết 20/12/2024')
    expect((await say(cast.lecturer, `/thidua lich ${typed}`))?.visibleText).toContain('Sơ kết:* thứ Sáu 28/06/2024')
  })

  test.each(['sơ kết 31/06/2024', 'sơ kết hôm qua', '1/1/2020', 'tổng kết'])(
    '“%s” is no date, and nothing is set',
    async (typed) => {
      await open()
      await say(cast.board, `/thidua lich ${typed}`)
      expect((await say(cast.board, '/thidua lich'))?.visibleText).toContain('chưa đặt ngày')
    },
  )
})

describe('a review on a Friday, or on a day off', () => {
  const shown = async () => [
    (await say(cast.head, '/thidua trangthai'))?.visibleText,
    (await say(cast.board, '/thidua tonghop sơ kết'))?.visibleText,
  ]

  test('has passed on the Saturday after', async () => {
    await open()
    await say(cast.board, '/thidua lich sơ kết 28/06/2024')
    stage.setClock('2024-06-29T09:00:00+07:00')
    for (const words of await shown()) expect(words).not.toMatch(/hôm nay/i)
    for (const words of await shown()) expect(words).toMatch(/đã qua/i)
  })

  test('is not called today in advance, and its reminder matches its step of the ladder', async () => {
    await open()
    await say(cast.board, '/thidua lich sơ kết 29/06/2024')
    expect((await say(cast.head, '/thidua lich'))?.visibleText).toContain('28/06/2024 (thứ Sáu) · còn 1 ngày làm việc')
    await stage.tick('2024-06-28T08:00:00+07:00')
    const told = person(cast.head).messages().at(-1)?.visibleText
    expect(told).toContain('Còn 1 ngày làm việc đến sơ kết (29/06/2024)')
    for (const words of await shown()) expect(words).toMatch(/còn 1 ngày làm việc/i)
  })
})

describe('the first day', () => {
  test('tells an admin from the environment what to do next, and others whom to ask', async () => {
    await open({
      roster: false,
      plan: false,
      admins: ['UADMIN'],
      users: [
        { id: 'UADMIN', real_name: 'Quản trị', email: 'it@truong.vn' },
        { id: 'UOTHER', real_name: 'Ai Đó', email: 'ai@truong.vn' },
      ],
    })
    const words = (await say('UADMIN', '/thidua'))?.visibleText ?? ''
    expect(words).toContain('plan import db/campaigns/qptd-2024.yaml')
    expect(words).toContain('roster import')
    expect((await say('UADMIN', '/thidua lich 28/06/2024'))?.visibleText).toContain('Chưa có kế hoạch')
    expect((await say('UOTHER', '/thidua'))?.visibleText).toContain('Phòng Tổ chức – Hành chính')
  })

  test('shows the menu and the person’s unit on the home', async () => {
    await open()
    await person(cast.head).openHome()
    expect(person(cast.head).home()?.visibleText).toContain('Khoa Điện – Điện tử')
    await person(cast.rector).openHome()
    expect(person(cast.rector).home()?.visibleText).toContain('22 đơn vị còn thiếu')
  })
})

describe('the home', () => {
  test('opens the answers of its buttons in a modal, the summary too, although a view cannot hold a table', async () => {
    await open()
    const board = person(cast.board)
    await board.openHome()
    const pressed = await board.click('Tổng hợp', { in: 'home' })
    expect(pressed.view?.visibleText).toContain('22 đơn vị còn thiếu')
    expect(pressed.view?.visibleText).toContain('Khoa Cơ khí')
    const turned = await board.click('Theo tiêu chí')
    expect(turned.view?.visibleText).toContain('a2 · Xây dựng Dân quân tự vệ')
    expect(board.modals()).toHaveLength(1)
  })

  test('lets a nil report be withdrawn where it was given', async () => {
    await open()
    const head = person(cast.head)
    await head.openHome()
    await head.click('Không phát sinh', { in: 'home' })
    await head.submit()
    await head.close()
    await head.openHome()
    expect(head.home()?.visibleText).toContain('Đã có 1/11')
    await head.click('Bỏ', { in: 'home' })
    expect(head.home()?.visibleText).toContain('Đã có 0/11')
  })
})

describe('a failing Slack', () => {
  test('is waited for when it requests a short pause at a person’s first request', async () => {
    await open()
    stage.slack.fail('users.info', { retryAfter: 1 })
    expect((await say(cast.board, '/thidua tonghop'))?.visibleText).toContain('22 đơn vị còn thiếu')
  })

  test('causes a message when a form cannot be opened, and the next attempt opens it', async () => {
    await open()
    await say(cast.lecturer, '/thidua')
    stage.slack.fail('views.open', { error: 'internal_error' })
    expect((await say(cast.lecturer, '/thidua nop'))?.visibleText).toContain('Chưa mở được biểu mẫu')
    expect((await person(cast.lecturer).command('/thidua nop')).view?.title).toBe('Nộp minh chứng')
  })
})

describe('incoming requests', () => {
  test('are refused with a wrong or an old signature', async () => {
    await open()
    const wrong = await person(cast.board).command('/thidua tonghop', { signature: 'wrong' })
    const stale = await person(cast.board).command('/thidua tonghop', { age: 600 })
    expect([wrong.status, stale.status]).toEqual([401, 401])
  })

  test('work the same over Socket Mode', async () => {
    await open({ socket: true })
    await stage.slack.waitFor(() => stage.slack.connected)
    expect((await say(cast.board, '/thidua tonghop'))?.visibleText).toContain('22 đơn vị còn thiếu')
    await person(cast.lecturer).command('/thidua nop a2 Huấn luyện')
    expect((await person(cast.lecturer).submit()).view?.visibleText).toContain('Đã nhận TĐ-2024-000001')
  })

  test('are answered when their text is far too long', async () => {
    await open()
    const told = await say(cast.board, `/thidua tonghop ${'x'.repeat(2900)}`)
    expect(told?.visibleText).toContain('Không tìm thấy đơn vị')
  })
})

function bigRoster(n: number): Roster {
  const units: Roster['units'] = Array.from({ length: n }, (_, i) => ({
    code: `DV${i + 1}`,
    name: `Đơn vị số ${i + 1} có một cái tên khá dài của trường`,
    kind: 'faculty',
    position: i,
  }))
  units.push({ code: 'BCH', name: 'Ban Chỉ huy', kind: 'board', position: n })
  const email = 'board@truong.vn'
  return {
    units,
    people: [{ fullName: 'Người Ban Chỉ huy', email }],
    roles: [{ unitCode: 'BCH', email, role: 'command_board' }],
  }
}
