import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { onStage } from '../on-stage.js'
import { accountOf, cast, handInMany, type Stage, setStage } from '../stage.js'

let stage: Stage
const { handIn, lastText, person, say, sent } = onStage(() => stage)
beforeEach(async () => {
  stage = await setStage()
  // The texts are short on purpose, so the hint is off.
  await set('coach', false)
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

const set = (name: string, value: boolean) =>
  stage.store.write((tx) => tx.settings.set(stage.bot.workspaceId, name, value, null, stage.now()))

/** Two more members of the Command Board; the second also heads Khoa Cơ khí. */
const second = 'UDUCPV'
const third = 'ULOCHT'
/** Clicks a button that the person was never shown, in a message of the bot; returns the blocks of the answer. */
async function forge(who: string, action: string, value: string): Promise<string> {
  const { workspace, actions } = stage.slack
  const message = workspace.messages.find((m) => m.user === workspace.botUserId && m.onlyFor === undefined)
  if (!message) throw new Error('the bot has said nothing yet')
  const element = { type: 'button', action_id: action, value, text: { type: 'plain_text', text: 'x' } }
  const before = workspace.messages.length
  await actions.click(who, { message }, { type: 'actions', block_id: 'forged', elements: [element] }, element)
  await stage.slack.settled()
  return workspace.messages
    .slice(before)
    .map((m) => JSON.stringify(m.blocks))
    .join()
}
/** The value of the first button with an action id in a person's newest message that has one. */
function buttonValue(who: string, action: string): string {
  const elements = [...person(who).messages()].reverse().flatMap((m) => JSON.stringify(m.blocks).split('"action_id"'))
  const found = elements.find((e) => new RegExp(`^:"${action.replace('.', '\\.')}(#\\d+)?"`).test(e))
  const value = /"value":("(?:\\.|[^"\\])*")/.exec(found ?? '')?.[1]
  if (!value) throw new Error(`no button ${action}`)
  return JSON.parse(value)
}

/** Submits evidence that the head then confirms. */
async function confirmed(text?: string, criterion?: string) {
  await handIn(text, criterion)
  await person(cast.head).click('Xác nhận')
  await sent()
}
const open = (who: string = cast.board, rest = '') => say(who, `/thidua duyệt ${rest}`)

describe('the Board’s desk', () => {
  test('shows what waits, accepts with one click, tells the author, and shows the rest', async () => {
    await confirmed('Huấn luyện 25/25')
    await confirmed('Trực sẵn sàng chiến đấu', 'a3')
    const queue = await open()
    expect(queue?.visibleText).toContain('2 minh chứng chờ duyệt*, cũ nhất từ 20/05/2024')
    expect(queue?.visibleText).toMatch(
      /TĐ-2024-000001\* · a2 .*\nLê Hoàng Phúc nộp ngày 20\/05\/2024 · ✅ Nguyễn Văn Khánh đã xác/,
    )
    expect(queue?.visibleText).toContain('Trực sẵn sàng chiến đấu')
    expect(queue?.buttons.slice(0, 3)).toEqual(['Duyệt', 'Trả lại', 'Để sau'])

    const after = await person(cast.board).click('Duyệt')
    expect(after.messages).toHaveLength(1)
    expect(after.messages[0]).toMatchObject({ ephemeral: true, edited: true })
    expect(after.messages[0]?.visibleText).toContain('✅ *Đã duyệt TĐ-2024-000001*')
    expect(after.messages[0]?.visibleText).toContain('1 minh chứng chờ duyệt')
    expect(after.messages[0]?.visibleText).not.toContain('Huấn luyện 25/25')
    await sent()
    expect(lastText(cast.lecturer)).toContain('TĐ-2024-000001 đã được duyệt* – Trần Quốc Hùng')
    const receipt = person(cast.lecturer).messages()[0]
    expect(receipt?.visibleText).toContain('TĐ-2024-000001 đã duyệt')
    expect(receipt?.buttons).toEqual(['Xem'])
    expect(person(cast.head).messages()[0]?.visibleText).toContain('đã duyệt')

    const done = await person(cast.board).click('Duyệt')
    expect(done.messages[0]?.visibleText).toContain('✅ *Không còn minh chứng nào chờ duyệt*')
  })

  test('counts submissions that wait for their heads and does not list them', async () => {
    await handIn()
    const queue = await open()
    expect(queue?.visibleText).toContain('Không còn minh chứng nào chờ duyệt')
    expect(queue?.visibleText).toContain('1 minh chứng khác còn chờ trưởng đơn vị xác nhận')
    const id = JSON.parse(buttonValue(cast.head, 'submission.confirm')).id
    const forged = JSON.stringify({ id, seen: 'x', at: {} })
    expect(await forge(cast.board, 'desk.accept', forged)).toContain('còn chờ trưởng đơn vị xác nhận nên Ban')
    await sent()
    expect(lastText(cast.head)).toContain('chờ xác nhận')
  })

  test('returns a submission with a reason; the queue is updated, author and head are told, and it comes back as a new round', async () => {
    await confirmed()
    await open()
    await person(cast.board).click('Trả lại')
    await person(cast.board).fill({ 'Lý do': 'Xin ghi rõ số buổi' })
    const after = await person(cast.board).submit()
    expect(after.view).toBeUndefined()
    const card = person(cast.board).messages().at(-1)
    expect(card).toMatchObject({ ephemeral: true, edited: true })
    expect(card?.visibleText).toContain('↩️ *Đã trả lại TĐ-2024-000001*')
    expect(card?.visibleText).toContain('Không còn minh chứng nào chờ duyệt')
    await sent()
    expect(lastText(cast.lecturer)).toContain('Xin ghi rõ số buổi')
    expect(lastText(cast.head)).toContain(
      'TĐ-2024-000001 được Ban Chỉ huy quân sự trả lại, đề nghị bổ sung* – Trần Quốc Hùng',
    )
    expect(lastText(cast.head)).toContain('Xin ghi rõ số buổi')
    expect(lastText(cast.head)).toContain('Lê Hoàng Phúc đã được báo để sửa')

    await person(cast.lecturer).click('Sửa và nộp lại')
    await person(cast.lecturer).fill({ 'Kết quả': 'Huấn luyện 25/25, 12 buổi' })
    await person(cast.lecturer).submit()
    await sent()
    expect(lastText(cast.head)).toContain('12 buổi')
    await person(cast.head).click('Xác nhận')
    expect((await open())?.visibleText).toContain('12 buổi')
  })

  test('refuses a return without a reason at its field, and reports a submission that was withdrawn meanwhile', async () => {
    await confirmed()
    await open()
    await person(cast.board).click('Trả lại')
    await person(cast.board).fill({ 'Lý do': '   ' })
    expect((await person(cast.board).submit()).view?.errors.reason).toContain('lý do')
    await person(cast.lecturer).click('Rút')
    await person(cast.board).fill({ 'Lý do': 'Thiếu số liệu' })
    const { view } = await person(cast.board).submit()
    expect(view?.errors.reason).toContain('TĐ-2024-000001 đã rút – Lê Hoàng Phúc')
    expect(view?.fields[0]?.value).toMatchObject({ value: 'Thiếu số liệu' })
  })

  test('lets one of two members decide, and tells the other who was first', async () => {
    await confirmed()
    await open(cast.board)
    await open(second)
    await Promise.all([person(cast.board).click('Duyệt'), person(second).click('Duyệt')])
    const words = [lastText(cast.board), lastText(second)]
    const winners = words.filter((w) => w.includes('✅ *Đã duyệt TĐ-2024-000001*'))
    const losers = words.filter((w) => /TĐ-2024-000001 đã duyệt – (Trần Quốc Hùng|Phạm Văn Đức), lúc 09:00/.test(w))
    expect([winners.length, losers.length]).toEqual([1, 1])
    for (const w of words) expect(w).toContain('Không còn minh chứng nào chờ duyệt')
    await sent()
    const told = person(cast.lecturer).messages()
    expect(told.filter((m) => m.visibleText.includes('đã được duyệt'))).toHaveLength(1)
  })

  test('accepts once on a double click and on a repeat by Slack', async () => {
    await confirmed()
    await open()
    const answer = await person(cast.board).click('Duyệt', { copies: 2 })
    expect(answer.messages.every((m) => m.visibleText.includes('Đã duyệt TĐ-2024-000001'))).toBe(true)
    await sent()
    expect(
      person(cast.lecturer)
        .messages()
        .filter((m) => m.visibleText.includes('đã được duyệt')),
    ).toHaveLength(1)
  })

  test('does not accept a text that the author has changed since it was shown', async () => {
    await confirmed()
    await open()
    await person(cast.lecturer).click('Sửa', { ts: person(cast.lecturer).messages()[0]?.ts })
    await person(cast.lecturer).fill({ 'Kết quả': 'Chữ khác' })
    await person(cast.lecturer).submit()
    await sent()
    await person(cast.head).click('Xác nhận')
    await sent()
    const after = await person(cast.board).click('Duyệt')
    expect(after.messages[0]?.visibleText).toContain('TĐ-2024-000001 vừa được Lê Hoàng Phúc sửa')
    expect(after.messages[0]?.visibleText).toContain('Chữ khác')
    const again = await person(cast.board).click('Duyệt')
    expect(again.messages[0]?.visibleText).toContain('Đã duyệt TĐ-2024-000001')
  })

  test('accepts all ticked submissions and names one that was withdrawn meanwhile, with the person who did it', async () => {
    for (const criterion of ['a1', 'a2', 'a3']) await confirmed(`Việc ${criterion}`, criterion)
    await open()
    const form = await person(cast.board).click('Duyệt cả 3 mục')
    const field = form.view?.fields[0]
    expect(field?.value.selected_options).toHaveLength(3)
    // The author's receipt for the second submission.
    const receipt = person(cast.lecturer)
      .messages()
      .find((m) => m.visibleText.includes('TĐ-2024-000002') && m.buttons.includes('Rút'))
    await person(cast.lecturer).click('Rút', { ts: receipt?.ts })
    await person(cast.board).submit()
    const card = lastText(cast.board)
    expect(card).toContain('✅ *Đã duyệt 2 mục: TĐ-2024-000001, TĐ-2024-000003*')
    expect(card).toContain('Có 1 mục chưa duyệt được:\n• TĐ-2024-000002 đã rút – Lê Hoàng Phúc, lúc 09:00')
    expect(card).toContain('Không còn minh chứng nào chờ duyệt')
    await sent()
    expect(
      person(cast.lecturer)
        .messages()
        .filter((m) => m.visibleText.includes('đã được duyệt')),
    ).toHaveLength(2)
  })

  test('keeps submissions that are not ticked, and reports at the field when none is', async () => {
    await confirmed('Một', 'a1')
    await confirmed('Hai', 'a2')
    await open()
    const { view } = await person(cast.board).click('Duyệt cả 2 mục')
    const [first] = (view?.fields[0]?.value.selected_options ?? []) as { value: string }[]
    await person(cast.board).fill({ 'Các mục sẽ duyệt': [first?.value ?? ''] })
    await person(cast.board).submit()
    expect(lastText(cast.board)).toContain('Đã duyệt TĐ-2024-000001')
    expect(lastText(cast.board)).toContain('1 minh chứng chờ duyệt')
    expect(lastText(cast.board)).toContain('Hai')
  })

  test('moves an item behind the others for this member alone with “Để sau”', async () => {
    await confirmed('Việc một', 'a1')
    await confirmed('Việc hai', 'a2')
    await open()
    const after = (await person(cast.board).click('Để sau')).messages[0]?.visibleText ?? ''
    expect(after).toContain('Để sau TĐ-2024-000001')
    expect(after.indexOf('Việc hai')).toBeLessThan(after.indexOf('Việc một'))
    expect(after).toContain('2 minh chứng chờ duyệt')
    const others = (await open(second))?.visibleText ?? ''
    expect(others.indexOf('Việc một')).toBeLessThan(others.indexOf('Việc hai'))
    stage.setClock('2024-05-21T08:00:00+07:00')
    const tomorrow = (await open())?.visibleText ?? ''
    expect(tomorrow.indexOf('Việc một')).toBeLessThan(tomorrow.indexOf('Việc hai'))
  })

  test('is filtered by typed words and by its two menus, in pages', async () => {
    for (let n = 1; n <= 6; n++) await confirmed(`Việc ${n}`, n === 6 ? 'b1' : 'a2')
    const first = await open()
    expect(first?.visibleText).toContain('6 minh chứng chờ duyệt')
    expect(first?.visibleText).toContain('Trang 1/2')
    expect(first?.buttons).toContain('Duyệt cả 5 mục')
    const next = (await person(cast.board).click('Trang sau ›')).messages[0]
    expect(next?.visibleText).toContain('Việc 6')
    expect(next?.visibleText).not.toContain('Việc 5')

    const chosen = (await person(cast.board).click('Tất cả tiêu chí', { choose: 'b1' })).messages[0]
    expect(chosen?.visibleText).toContain('1 minh chứng chờ duyệt* · b1')
    const both = (await person(cast.board).click('Tất cả đơn vị', { choose: 'Khoa Điện – Điện tử (1)' })).messages[0]
    expect(both?.visibleText).toContain('1 minh chứng chờ duyệt* · Khoa Điện – Điện tử · b1')
    const all = (await person(cast.board).click('Tất cả tiêu chí', { choose: 'Tất cả tiêu chí' })).messages[0]
    expect(all?.visibleText).toContain('6 minh chứng chờ duyệt* · Khoa Điện – Điện tử,')

    expect((await open(cast.board, 'dien dien tu b1'))?.visibleText).toContain('1 minh chứng chờ duyệt')
    expect((await open(cast.board, 'KCK'))?.visibleText).toContain('Không còn minh chứng nào chờ duyệt* · Khoa Cơ khí')
    expect((await open(cast.board, 'A2'))?.visibleText).toContain('5 minh chứng chờ duyệt')
    expect((await open(cast.board, 'phòng'))?.visibleText).toContain('Thầy/Cô muốn duyệt của đơn vị nào?')
    const unit = await person(cast.board).click('Phòng Đào tạo')
    expect(unit.messages[0]?.visibleText).toContain('Phòng Đào tạo')
    expect((await open(cast.board, 'không có đơn vị này'))?.visibleText).toContain('Không tìm thấy đơn vị')
  })

  test('shortens long words and many links, and shows all with “Xem đủ”, where the Board can decide too', async () => {
    const link = `https://cdn.example/${'x'.repeat(400)}`
    await person(cast.lecturer).command('/thidua nop a2')
    await person(cast.lecturer).fill({
      'Kết quả': `${'Huấn luyện thêm buổi nữa. '.repeat(100)}HẾT BÀI`,
      'Liên kết': `${link}1 ${link}2 ${link}3`,
    })
    await person(cast.lecturer).submit()
    await sent()
    expect(lastText(cast.head)).toContain('và 1 liên kết khác')
    await person(cast.head).click('Xác nhận')
    const queue = await open()
    expect(queue?.visibleText).not.toContain('HẾT BÀI')
    expect(queue?.visibleText).toContain('Liên kết: 3 địa chỉ')
    const page = await person(cast.board).click('Xem đầy đủ')
    expect(page.view?.visibleText).toContain('HẾT BÀI')
    expect(page.view?.visibleText).toContain(`${link}3`)
    expect(page.view?.buttons).toEqual(['Duyệt', 'Trả lại', 'Lịch sử'])
    const after = await person(cast.board).click('Duyệt')
    expect(after.view?.visibleText).toContain('TĐ-2024-000001* · đã duyệt')
    expect(after.view?.buttons).toEqual(['Lịch sử'])
  })

  test('fits five of the longest submissions into one message', async () => {
    const long = '<>&"'.repeat(740)
    const links = Array.from({ length: 10 }, (_, i) => `https://cdn.example/${'d'.repeat(180)}${i}`).join(' ')
    for (let n = 0; n < 5; n++) {
      await person(cast.lecturer).command('/thidua nop a2')
      await person(cast.lecturer).fill({
        'Kết quả': long,
        'Liên kết': links,
        'Số liệu': '123456789012',
        'Đơn vị tính': 'x'.repeat(50),
      })
      await person(cast.lecturer).submit()
      await person(cast.lecturer).close()
      await sent()
      await person(cast.head).click('Xác nhận')
    }
    const queue = await open()
    expect(queue?.buttons.filter((b) => b === 'Duyệt')).toHaveLength(5)
    expect(queue?.visibleText).not.toContain('còn nữa')
  })

  test('stays in its own view when it is opened from the home or the menu', async () => {
    await confirmed('Việc một', 'a1')
    await confirmed('Việc hai', 'a2')
    await person(cast.board).openHome()
    const opened = await person(cast.board).click('Duyệt minh chứng', { in: 'home' })
    expect(opened.view?.visibleText).toContain('2 minh chứng chờ duyệt')
    expect((await person(cast.board).click('Duyệt')).view?.visibleText).toContain('Đã duyệt TĐ-2024-000001')
    await person(cast.board).click('Trả lại')
    await person(cast.board).fill({ 'Lý do': 'Thiếu số' })
    const { view } = await person(cast.board).submit()
    expect(view?.visibleText).toContain('Đã trả lại TĐ-2024-000002')
    expect(view?.visibleText).toContain('Không còn minh chứng nào chờ duyệt')
  })
})

describe('access to the desk', () => {
  test('is refused to everyone but the Board, also with forged buttons', async () => {
    await confirmed()
    await open()
    const accept = buttonValue(cast.board, 'desk.accept')
    const [put, back] = [buttonValue(cast.board, 'desk.later'), buttonValue(cast.board, 'desk.return')]
    for (const who of [cast.head, cast.lecturer, cast.office, cast.rector, cast.admin]) {
      expect((await say(who, '/thidua duyet'))?.visibleText).toContain('Chỉ Ban Chỉ huy quân sự mới duyệt minh chứng')
      for (const [action, value] of [
        ['desk.accept', accept],
        ['submission.accept', accept],
        ['desk.later', put],
        ['desk.return', back],
        ['desk', '{}'],
      ] as const)
        expect(await forge(who, action, value), `${action} by ${who}`).toContain('Chỉ Ban Chỉ huy quân sự')
    }
    expect((await say(cast.lecturer, '/thidua'))?.buttons).not.toContain('Duyệt minh chứng')
    expect((await open())?.visibleText).toContain('1 minh chứng chờ duyệt')
  })

  test('with forged ids and values changes nothing and says so', async () => {
    await confirmed()
    await open()
    const { id, seen } = JSON.parse(buttonValue(cast.board, 'desk.accept'))
    const press = (value: unknown, action = 'desk.accept') =>
      forge(cast.board, action, typeof value === 'string' ? value : JSON.stringify(value))
    expect(await press({ id: 'none', seen, at: {} })).toContain('Không tìm thấy minh chứng này')
    expect(await press({ id, seen: 'none', at: {} })).toContain('vừa được Lê Hoàng Phúc sửa')
    expect(await press({ id, at: {} })).toContain('Nút này đã cũ')
    expect(await press({ id, seen, at: { page: -1 } })).toContain('Nút này đã cũ')
    expect(await press('not json')).toContain('Nút này đã cũ')
    expect(await press({ unit: 'none', criterion: 'zz' }, 'desk')).toContain('Không còn minh chứng nào chờ duyệt')
    expect(await press({ id: 'none', at: {} }, 'desk.later')).toContain('Không tìm thấy minh chứng này')
    expect((await open())?.visibleText).toContain('1 minh chứng chờ duyệt')
  })

  test('with buttons replayed after the state has changed changes nothing and says why', async () => {
    await confirmed()
    await open()
    const accept = buttonValue(cast.board, 'desk.accept')
    await person(cast.board).click('Duyệt')
    await sent()
    expect(await forge(second, 'desk.accept', accept)).toContain('đã duyệt – Trần Quốc Hùng')
    expect(await forge(second, 'desk.return', accept)).toContain('đã duyệt – Trần Quốc Hùng')
    expect(await forge(cast.lecturer, 'submission.withdraw', accept)).toContain('đã duyệt – Trần Quốc Hùng')
    expect(await forge(cast.head, 'submission.confirm', accept)).toContain('đã duyệt – Trần Quốc Hùng')
    expect(await forge(cast.head, 'submission.return', accept)).toContain('đã duyệt – Trần Quốc Hùng')
  })

  test('lets a head who is on the Board confirm and then accept, each once', async () => {
    await handIn('Việc của khoa', 'a2', accountOf('nghianh@cdn-angiang.example'))
    await person(third).click('Xác nhận')
    await sent()
    await open(third)
    expect((await person(third).click('Duyệt')).messages.at(-1)?.visibleText).toContain('Đã duyệt TĐ-2024-000001')
  })
})

describe('the settings', () => {
  test('let the Board accept without confirmation; heads are told, and may still confirm', async () => {
    const shown = await say(cast.office, '/thidua cài đặt')
    expect(shown?.visibleText).toContain('Có: Ban Chỉ huy quân sự chỉ duyệt minh chứng mà trưởng đơn vị đã xác nhận')
    const changed = await person(cast.office).click('Bỏ bắt buộc')
    expect(changed.messages[0]?.visibleText).toContain('✅ *Đã đổi*')
    expect(changed.messages[0]?.buttons).toEqual(expect.arrayContaining(['Bắt buộc', 'Bật gợi ý']))
    const taken = await handIn('Việc một', 'a1')
    expect(taken.view?.visibleText).toContain('Ban Chỉ huy quân sự sẽ duyệt')
    expect(lastText(cast.head)).toContain('xác nhận của Thầy/Cô không bắt buộc')
    await handIn('Việc hai', 'a2')
    expect((await open())?.visibleText).toContain('trưởng đơn vị chưa xác nhận')
    // Confirmed while the Board looks at it: the text is the same, so it is accepted.
    await person(cast.head).click('Xác nhận', { ts: person(cast.head).messages()[0]?.ts })
    expect((await person(cast.board).click('Duyệt')).messages[0]?.visibleText).toContain('Đã duyệt TĐ-2024-000001')
    expect((await person(cast.board).click('Duyệt')).messages[0]?.visibleText).toContain('Đã duyệt TĐ-2024-000002')
    await sent()
    expect(lastText(cast.lecturer)).toContain('TĐ-2024-000002 đã được duyệt')
    expect(lastText(cast.head)).toContain('đã duyệt')
    expect(lastText(cast.head)).not.toContain('không bắt buộc')
  })

  test('can be changed by the Office and admins; the same change again changes nothing', async () => {
    await handIn()
    for (const who of [cast.board, cast.head, cast.lecturer, cast.rector]) {
      expect((await say(who, '/thidua caidat'))?.visibleText).toContain('Cài đặt do Phòng Tổ chức – Hành chính')
      const forged = await forge(who, 'setting', '{"name":"headConfirms","value":false}')
      expect(forged).toContain('Cài đặt do Phòng Tổ chức – Hành chính')
    }
    expect(await forge(cast.admin, 'setting', '{"name":"headConfirms","value":true}')).toContain('đã như vậy')
    expect(await forge(cast.admin, 'setting', '{"name":"dropTables","value":true}')).toContain('Nút này đã cũ')
  })
})

describe('a search in the chat', () => {
  test('finds without accents, shows and opens a result, and has pages', async () => {
    const texts = Array.from({ length: 9 }, (_, n) => `Đợt ${n + 1}: tuần tra bảo vệ đường phố trong dịp lễ`)
    await handIn(texts[0])
    await handInMany(stage, cast.lecturer, 'a2', texts.slice(1))
    const found = await say(cast.board, '/thidua tìm duong pho')
    expect(found?.visibleText).toContain('9 kết quả* cho “duong pho”')
    expect(found?.visibleText).toContain('🕓 *TĐ-2024-000009* · Khoa Điện – Điện tử · a2')
    expect(found?.visibleText).toContain('*đường* *phố*')
    const page = (await person(cast.board).click('Trang sau ›')).messages[0]
    expect(page?.visibleText).toContain('TĐ-2024-000001')
    expect(page?.visibleText).toContain('Trang 2/2')
    expect((await person(cast.board).click('Xem')).view?.visibleText).toContain('Đợt 1')
  })

  test('shows only what a person may see, and helps when nothing is found', async () => {
    await handIn('Tuần tra')
    expect((await say(cast.lecturer, '/thidua tim tuan tra'))?.visibleText).toContain('1 kết quả')
    const none = await say(third, '/thidua tim tuan tra')
    expect(none?.visibleText).toContain('1 kết quả')
    const other = await say(accountOf('nghianh@cdn-angiang.example'), '/thidua tim tuan tra')
    expect(other?.visibleText).toContain('Không tìm thấy minh chứng nào* cho “tuan tra”')
    expect(other?.visibleText).toContain('gõ không dấu cũng được')
    const forged = await forge(accountOf('nghianh@cdn-angiang.example'), 'search', '{"q":"tuan tra","page":0}')
    expect(forged).toContain('Không tìm thấy')
  })

  test('opens a form when no word is given', async () => {
    await handIn('Tuần tra')
    const form = await person(cast.board).command('/thidua tim')
    expect(form.view?.title).toBe('Tìm minh chứng')
    await person(cast.board).fill({ 'Từ khóa': '000001' })
    const { view } = await person(cast.board).submit()
    expect(view?.visibleText).toContain('1 kết quả* cho “000001”')
    expect((await person(cast.board).click('Tìm từ khác')).view?.fields).toHaveLength(1)
  })
})
