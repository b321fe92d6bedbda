import { afterEach, beforeEach, expect, test } from 'vitest'
import { onStage } from '../on-stage.js'
import { buttonValue, cast, forge, type Stage, setStage } from '../stage.js'

let stage: Stage
const { handIn, lastText, person, sent } = onStage(() => stage)
beforeEach(async () => {
  stage = await setStage()
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

test('a lecturer submits under a2, the head confirms, the Command Board sees it', async () => {
  const opened = await person(cast.lecturer).command('/thidua nộp a2 Huấn luyện 25/25 đạt 100%')
  expect(opened.view?.title).toBe('Nộp minh chứng')
  expect(opened.view?.visibleText).toContain('Không nhập, không gửi nội dung mật')
  await person(cast.lecturer).fill({ 'Ngày thực hiện': '2024-05-17', 'Số liệu': '25', 'Đơn vị tính': 'người' })
  const taken = await person(cast.lecturer).submit()
  expect(taken.view?.visibleText).toContain('Đã nhận TĐ-2024-000001')

  await sent()
  expect(lastText(cast.lecturer)).toContain('TĐ-2024-000001')
  expect(lastText(cast.head)).toContain('Huấn luyện 25/25 đạt 100%')
  expect(lastText(cast.head)).toContain('25 người')
  expect(lastText(cast.head)).toContain('17/05/2024')

  await person(cast.head).click('Xác nhận')
  await sent()
  expect(person(cast.head).messages()).toHaveLength(1)
  expect(lastText(cast.head)).toMatch(/TĐ-2024-000001\*? · đã xác nhận/)
  expect(lastText(cast.head)).not.toContain('Trả lại')
  expect(lastText(cast.lecturer)).toContain('TĐ-2024-000001 đã được xác nhận* – Nguyễn Văn Khánh')

  const summary = await person(cast.board).command('/thidua tổng hợp')
  expect(summary.messages.at(-1)?.visibleText).toContain(
    'Khoa Điện – Điện tử | 1 | 0 | 0 | 1 | 0 | 0 | a1 a3 a4 a5 b1 b2 b3 b4 b5 b6',
  )
})

test('the head returns a submission with a reason; the lecturer corrects it under the same number', async () => {
  await handIn()
  await person(cast.head).click('Trả lại')
  await person(cast.head).fill({ 'Lý do': '   ' })
  const refused = await person(cast.head).submit()
  expect(Object.values(refused.view?.errors ?? {}).join()).toContain('lý do')
  await person(cast.head).fill({ 'Lý do': 'Xin ghi rõ số người tham gia' })
  await person(cast.head).submit()
  await sent()
  expect(lastText(cast.lecturer)).toContain('Xin ghi rõ số người tham gia')

  const edit = await person(cast.lecturer).click('Sửa và nộp lại')
  expect(edit.view?.fields.find((f) => f.label === 'Kết quả')?.value).toMatchObject({
    value: 'Huấn luyện 25/25 đạt 100%',
  })
  await person(cast.lecturer).fill({ 'Kết quả': 'Huấn luyện 25/25 người, đạt 100%' })
  const saved = await person(cast.lecturer).submit()
  expect(saved.view?.visibleText).toContain('Đã lưu TĐ-2024-000001')
  await person(cast.lecturer).close()
  await sent()
  expect(lastText(cast.head)).toContain('Huấn luyện 25/25 người, đạt 100%')
  // Earlier messages are updated: the head has one open request, the author none.
  expect(person(cast.head).messages()[0]?.visibleText).toContain('xem tin mới hơn')
  expect(person(cast.head).messages()[0]?.buttons).toEqual([])
  const told = person(cast.lecturer)
    .messages()
    .find((m) => m.visibleText.includes('được trả lại'))
  expect(told?.visibleText).toContain('Xin ghi rõ số người tham gia')
  expect(told?.buttons).toEqual(['Xem'])
  await person(cast.head).click('Xác nhận')
  await sent()
  expect(lastText(cast.lecturer)).toContain('đã được xác nhận')
})

test('all faults come back at once, each at its field, and nothing typed is lost', async () => {
  const lecturer = person(cast.lecturer)
  await lecturer.command('/thidua nop')
  await lecturer.fill({
    'Tiêu chí': 'a2 · Xây dựng Dân quân tự vệ',
    'Kết quả': 'Kế hoạch MẬT của đơn vị',
    'Ngày thực hiện': '2024-06-30',
    'Số liệu': '12',
    'Liên kết': 'khong-phai-lien-ket',
  })
  const { view } = await lecturer.submit()
  const errors = view?.errors ?? {}
  expect(errors.text).toContain('mật không được gửi qua mạng')
  expect(errors.doneOn).toContain('chưa đến')
  expect(errors.figureUnit).toContain('đơn vị tính')
  expect(errors.links).toContain('khong-phai-lien-ket')
  expect(view?.fields.find((f) => f.label === 'Kết quả')?.value).toMatchObject({ value: 'Kế hoạch MẬT của đơn vị' })

  await lecturer.fill({
    'Kết quả': 'Kế hoạch của đơn vị',
    'Ngày thực hiện': '2024-05-10',
    'Đơn vị tính': 'buổi',
    'Liên kết': '',
  })
  expect((await lecturer.submit()).view?.visibleText).toContain('Đã nhận TĐ-2024-000001')
})

test('a retry of the same form, at once or later, stores it once and returns the same receipt', async () => {
  const lecturer = person(cast.lecturer)
  await lecturer.command('/thidua nop a2 Huấn luyện')
  await lecturer.submit({ copies: 3 })
  const delivery = stage.slack.deliveries.find((d) => d.payload.type === 'view_submission')
  await stage.slack.deliver(delivery?.type as never, delivery?.payload as never, { retry: 1 } as never)
  await sent()
  expect(lecturer.messages().filter((m) => m.visibleText.includes('Đã nhận'))).toHaveLength(1)
  expect(person(cast.head).messages()).toHaveLength(1)
  await handIn('Việc khác')
  expect(lastText(cast.lecturer)).toContain('TĐ-2024-000002')
})

test('a double click confirms once; a deputy who presses later is told who confirmed', async () => {
  await handIn()
  const head = person(cast.head)
  await head.click('Xác nhận', { copies: 2 } as never)
  await sent()
  const request = head.messages().find((m) => m.visibleText.includes('Huấn luyện'))
  expect(request?.visibleText).toContain('đã xác nhận')

  const deputy = person(cast.deputy)
  await deputy.command('/thidua trangthai')
  await deputy.click('Xem')
  const opened = await deputy.click('Xem')
  expect(opened.view?.visibleText).toContain('Nguyễn Văn Khánh')
  expect(
    person(cast.lecturer)
      .messages()
      .filter((m) => m.visibleText.includes('đã được xác nhận')),
  ).toHaveLength(1)
})

test('of two leaders who press at the same time, one decides and the other is told who did', async () => {
  await handIn()
  const value = buttonValue(stage, 'submission.confirm')
  await person(cast.head).click('Xác nhận')
  const answer = await forge(stage, cast.deputy, 'submission.return', value)
  expect(answer).toContain('TĐ-2024-000001 đã xác nhận – Nguyễn Văn Khánh')
})

test("another person's button, a forged value and an unknown action change nothing and are reported", async () => {
  await handIn()
  const value = buttonValue(stage, 'submission.confirm')
  expect(await forge(stage, cast.lecturer, 'submission.confirm', value)).toContain('Chỉ trưởng đơn vị')
  expect(await forge(stage, 'ULOCHT', 'submission.confirm', value)).toContain('Chỉ trưởng đơn vị')
  expect(await forge(stage, cast.head, 'submission.confirm', '{"id":"none"}')).toContain('Không tìm thấy')
  expect(await forge(stage, cast.head, 'submission.confirm', 'not json')).toContain('Nút này đã cũ')
  expect(await forge(stage, cast.head, 'drop.tables', '{}')).toContain('Nút này đã cũ')
  expect(person(cast.head).messages()[0]?.visibleText).toContain('chờ xác nhận')
})

test('user text is shown as written, without mentions, links or markup', async () => {
  await handIn('<!channel> & <@U123> *đậm* <https://x.vn|bấm>')
  const call = stage.slack.calls.filter((c) => c.method === 'chat.postMessage').at(-1)
  const text = JSON.stringify(call?.args)
  expect(text).not.toContain('<!channel>')
  expect(text).not.toContain('<@U123>')
  expect(text).toContain('&lt;!channel&gt;')
})

test('a person who is not on the roster is told whom to ask, and the Office is told once', async () => {
  stage.slack.addUser({ id: 'USTRANGE', real_name: 'Người Lạ', email: 'la@noi.khac' })
  const answer = await stage.slack.as('USTRANGE').command('/thidua nop')
  expect(answer.messages.at(-1)?.visibleText).toContain('Trương Mỹ Duyên')
  await stage.slack.as('USTRANGE').command('/thidua')
  await sent()
  expect(
    person(cast.office)
      .messages()
      .filter((m) => m.visibleText.includes('Người Lạ')),
  ).toHaveLength(1)
})

test('a withdrawn submission no longer counts', async () => {
  await handIn()
  await person(cast.lecturer).click('Rút')
  await sent()
  expect(lastText(cast.lecturer)).toContain('đã rút')
  expect(lastText(cast.head)).toContain('đã rút')
  const status = await person(cast.lecturer).command('/thidua trangthai')
  expect(status.messages.at(-1)?.visibleText).toContain('Đã có 0/11 tiêu chí')
})

test('“Nộp tiếp” submits another one: the same view twice is two submissions', async () => {
  const lecturer = person(cast.lecturer)
  await lecturer.command('/thidua nop a2 Huấn luyện đợt 1')
  await lecturer.submit()
  await lecturer.click('Nộp tiếp')
  await lecturer.fill({ 'Tiêu chí': 'a3', 'Kết quả': 'Trực sẵn sàng chiến đấu dịp lễ' })
  expect((await lecturer.submit()).view?.visibleText).toContain('Đã nhận TĐ-2024-000002')
  await sent()
  expect(person(cast.head).messages()).toHaveLength(2)
})

test('a direct message to the bot is read as a command, once', async () => {
  const lecturer = person(cast.lecturer)
  const answer = await lecturer.say('trạng thái', { copies: 2 })
  expect(answer.messages.filter((m) => m.visibleText.includes('Đã có 0/11 tiêu chí'))).toHaveLength(1)
  await lecturer.say('nộp a2 Huấn luyện 25/25')
  const opened = await lecturer.click('Mở biểu mẫu')
  expect(opened.view?.title).toBe('Nộp minh chứng')
  expect(opened.view?.visibleText).toContain('Khoa Điện – Điện tử')
})

test('the Office submits for any unit that reports, and for no board, also with a forged form', async () => {
  const office = person(cast.office)
  await office.command('/thidua nop a2 Thay mặt Khoa Cơ khí')
  await office.fill({ 'Đơn vị': 'Khoa Cơ khí' })
  const view = (await office.submit()).view
  expect(view?.visibleText).toContain('Đã nhận TĐ-2024-000001')
  await office.close()
  const units = await stage.store.read((tx) => tx.units.list(stage.bot.workspaceId))
  const board = units.find((u) => u.kind === 'board')
  await stage.store
    .write(async (tx) => {
      const campaign = await tx.campaigns.current(stage.bot.workspaceId)
      const { submit } = await import('../../../src/core/submission/decide.js')
      const { knownActor } = await import('../../../src/core/people/identity.js')
      const ref = { workspaceId: stage.bot.workspaceId, platform: 'slack', externalId: cast.office }
      const actor = await knownActor(tx, ref, new Set())
      if (!campaign || !actor || !board) throw new Error('nobody there')
      const use = { tx, actor, now: stage.now(), newId: () => 'x', timeZone: 'Asia/Ho_Chi_Minh' }
      const content = {
        unitId: board.id,
        criterion: 'a2',
        text: 'x',
        doneOn: '2024-05-01',
        figure: null,
        figureUnit: null,
        links: [],
      }
      return submit(use, campaign, content, null)
    })
    .then(
      () => expect.fail('a board does not report'),
      (error: { key?: string }) => expect(error.key).toBe('access.denied'),
    )
})
