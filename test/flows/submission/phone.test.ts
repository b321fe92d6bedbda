import { afterEach, describe, expect, test } from 'vitest'
import { onStage } from '../on-stage.js'
import { buttonValue, cast, forge, type Stage, type StageOptions, setStage } from '../stage.js'

let stage: Stage
const { last, person, sent } = onStage(() => stage)
const open = async (options: StageOptions = {}) => {
  stage = await setStage(options)
}
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

const value = (id: string, label: string) =>
  JSON.stringify(
    person(id)
      .modal()
      ?.fields.find((f) => f.label === label)?.value ?? null,
  )
const good = 'Huấn luyện 25/25 đạt 100%'

describe('the receipt', () => {
  test('in the place of the form offers “Sửa” and “Rút”; a withdrawn submission can be submitted again', async () => {
    await open()
    const lecturer = person(cast.lecturer)
    await lecturer.command(`/thidua nop a2 ${good}`)
    await lecturer.fill({ 'Số liệu': '25', 'Đơn vị tính': 'người' })
    const taken = await lecturer.submit()
    expect(taken.view?.buttons).toEqual(['Nộp tiếp', 'Sửa', 'Thêm ảnh', 'Rút'])

    await lecturer.click('Sửa')
    await lecturer.fill({ 'Kết quả': `${good} chỉ tiêu` })
    const saved = await lecturer.submit()
    expect(saved.view?.visibleText).toContain('Đã lưu TĐ-2024-000001')

    const page = await lecturer.click('Rút')
    expect(stage.slack.deliveries.at(-1)?.payload).toMatchObject({
      actions: [{ confirm: { text: { text: 'Rút TĐ-2024-000001? Minh chứng sẽ không còn được tính.' } } }],
    })
    expect(page.view?.visibleText).toContain('đã rút')
    expect(page.view?.buttons).toEqual(['Nộp lại', 'Lịch sử'])

    const form = await lecturer.click('Nộp lại')
    expect(form.view?.title).toBe('Nộp minh chứng')
    expect(value(cast.lecturer, 'Kết quả')).toContain(`${good} chỉ tiêu`)
    expect(value(cast.lecturer, 'Số liệu')).toContain('25')
    expect(value(cast.lecturer, 'Tiêu chí')).toContain('a2')
    expect((await lecturer.submit()).view?.visibleText).toContain('Đã nhận TĐ-2024-000002')
    await sent()
    const status = await lecturer.command('/thidua trangthai')
    expect(status.messages.at(-1)?.visibleText).toContain('Đã có 1/11 tiêu chí')
  })

  test('in the chat is updated: withdrawn, it offers “Nộp lại”, to its author alone', async () => {
    await open()
    const lecturer = person(cast.lecturer)
    await lecturer.command(`/thidua nop a2 ${good}`)
    await lecturer.submit()
    await lecturer.close()
    await sent()
    expect(last(cast.lecturer)?.buttons).toEqual(['Xem', 'Sửa', 'Thêm ảnh', 'Rút'])
    const id = buttonValue(stage, 'submission.withdraw')
    expect(await forge(stage, cast.lecturer, 'submission.again', id)).toContain('chờ xác nhận')
    await lecturer.click('Rút', { copies: 2 })
    await sent()
    expect(await forge(stage, cast.lecturer, 'submission.edit', id)).toContain('đã rút')
    expect(last(cast.lecturer)?.visibleText).toContain('TĐ-2024-000001 đã rút')
    expect(last(cast.lecturer)?.buttons).toEqual(['Xem', 'Nộp lại'])
    expect(await forge(stage, cast.head, 'submission.again', id)).toContain('Chỉ người đã nộp')
    await lecturer.click('Nộp lại')
    expect((await lecturer.submit()).view?.visibleText).toContain('Đã nhận TĐ-2024-000002')
  })
})

describe('the hint', () => {
  test('is given once, keeps everything typed, and a second press submits the text as it is', async () => {
    await open({ coach: true })
    const lecturer = person(cast.lecturer)
    await lecturer.command('/thidua nop a2')
    await lecturer.fill({ 'Kết quả': 'Huấn luyện', 'Ngày thực hiện': '2024-05-16', 'Liên kết': 'https://a.vn/1' })
    const hinted = await lecturer.submit({ copies: 2 })
    expect(hinted.view?.title).toBe('Xem gợi ý rồi nộp')
    expect(hinted.view?.visibleText).toMatch(/\*Gợi ý:\* .*bao nhiêu người tham gia/)
    const at = hinted.view?.blocks.findIndex((b) => JSON.stringify(b).includes('Gợi ý'))
    expect(hinted.view?.blocks[(at ?? 0) - 1]?.block_id).toMatch(/^text/)
    expect(hinted.view?.visibleText.match(/Gợi ý/g)).toHaveLength(1)
    expect(value(cast.lecturer, 'Kết quả')).toContain('Huấn luyện')
    expect(value(cast.lecturer, 'Ngày thực hiện')).toContain('2024-05-16')
    expect(value(cast.lecturer, 'Liên kết')).toContain('https://a.vn/1')
    expect((await lecturer.submit()).view?.visibleText).toContain('Đã nhận TĐ-2024-000001')
    const [only] = await stage.store.read(async (tx) => {
      const campaign = await tx.campaigns.current(stage.bot.workspaceId)
      const units = await tx.units.list(stage.bot.workspaceId)
      return Promise.all(units.map((u) => tx.submissions.ofCell(campaign?.id ?? '', u.id, 'a2'))).then((l) => l.flat())
    })
    expect(only).toMatchObject({ text: 'Huấn luyện', doneOn: '2024-05-16', links: ['https://a.vn/1'] })
  })

  test('is not given for a good text or an edit, and only once although the changed text is still vague', async () => {
    await open({ coach: true })
    const lecturer = person(cast.lecturer)
    await lecturer.command(`/thidua nop a2 ${good}`)
    expect((await lecturer.submit()).view?.visibleText).toContain('Đã nhận TĐ-2024-000001')
    await lecturer.click('Sửa')
    await lecturer.fill({ 'Kết quả': 'Ngắn' })
    expect((await lecturer.submit()).view?.visibleText).toContain('Đã lưu TĐ-2024-000001')
    await lecturer.close()
    await lecturer.command('/thidua nop a3 Trực')
    expect((await lecturer.submit()).view?.visibleText).toContain('Gợi ý')
    await lecturer.fill({ 'Kết quả': 'Trực lễ' })
    expect((await lecturer.submit()).view?.visibleText).toContain('Đã nhận TĐ-2024-000002')
  })

  test('is given after the faults are corrected', async () => {
    await open({ coach: true })
    const lecturer = person(cast.lecturer)
    await lecturer.command('/thidua nop a2')
    await lecturer.fill({ 'Kết quả': 'Huấn luyện', 'Số liệu': '2' })
    expect((await lecturer.submit()).view?.errors).toHaveProperty('figureUnit')
    await lecturer.fill({ 'Đơn vị tính': 'buổi' })
    expect((await lecturer.submit()).view?.visibleText).toContain('Gợi ý')
    expect((await lecturer.submit()).view?.visibleText).toContain('Đã nhận')
  })
})

describe('a draft', () => {
  const offered = async (id: string) => (await person(id).command('/thidua')).messages.at(-1)?.buttons ?? []

  test('is kept when the form is closed, and reopens as it was left', async () => {
    await open()
    const lecturer = person(cast.lecturer)
    await lecturer.command('/thidua nop')
    await lecturer.fill({ 'Tiêu chí': 'a3', 'Kết quả': 'Trực sẵn sàng chiến đấu', 'Số liệu': '12' })
    await lecturer.close()
    stage.setClock('2024-05-20T10:32:00+07:00')
    expect(await offered(cast.lecturer)).toContain('Viết tiếp bản nháp (a3 Trực sẵn sàng chiến đấu)')

    const again = await lecturer.command('/thidua nop')
    expect(again.view?.visibleText).toContain('Tiếp tục bản nháp lúc 09:00 20/05/2024')
    expect(again.view?.visibleText).toMatch(/^\*Không nhập, không gửi nội dung mật[\s\S]*Tiếp tục bản nháp/)
    expect(value(cast.lecturer, 'Kết quả')).toContain('Trực sẵn sàng chiến đấu')
    expect(value(cast.lecturer, 'Tiêu chí')).toContain('a3')
    expect(value(cast.lecturer, 'Số liệu')).toContain('12')
    // Faults keep the draft, and so does closing the form again.
    expect((await lecturer.submit()).view?.errors).toHaveProperty('figureUnit')
    await lecturer.fill({ 'Đơn vị tính': 'đêm' })
    await lecturer.close()
    await lecturer.command('/thidua')
    await lecturer.click('Viết tiếp bản nháp (a3 Trực sẵn sàng chiến đấu)')
    expect(value(cast.lecturer, 'Đơn vị tính')).toContain('đêm')
    expect((await lecturer.submit()).view?.visibleText).toContain('Đã nhận TĐ-2024-000001')
    await lecturer.close()
    expect((await offered(cast.lecturer)).join()).not.toContain('bản nháp')
    expect((await lecturer.command('/thidua nop')).view?.visibleText).not.toContain('bản nháp')
  })

  test('is saved during typing, without a message; a late save does not restore it', async () => {
    await open()
    const lecturer = person(cast.lecturer)
    await lecturer.command('/thidua nop a2')
    const calls = stage.slack.calls.length
    const typed = await lecturer.fill({ 'Kết quả': good })
    expect([typed.messages, stage.slack.calls.length]).toEqual([[], calls])
    const late = stage.slack.deliveries.at(-1)
    expect(late?.payload).toMatchObject({ type: 'block_actions', view: { notify_on_close: true } })
    // The bot is killed with the form open; another device gets what was typed.
    await stage.restart()
    expect((await offered(cast.lecturer)).join()).toContain(`(a2 ${good})`)
    expect((await lecturer.submit()).view?.visibleText).toContain('Đã nhận TĐ-2024-000001')
    await stage.slack.deliver(late?.type as never, late?.payload as never, { retry: 1 } as never)
    await lecturer.close()
    expect((await offered(cast.lecturer)).join()).not.toContain('bản nháp')
  })

  test('is not submitted again from another device; other text typed there is a submission of its own', async () => {
    await open()
    const lecturer = person(cast.lecturer)
    await lecturer.command('/thidua nop a2')
    await lecturer.fill({ 'Kết quả': good })
    await lecturer.close()
    await lecturer.command('/thidua nop')
    await lecturer.submit()
    const delivered = stage.slack.deliveries.filter((d) => d.payload.type === 'view_submission').at(-1)
    const again = (text: string) => {
      const payload = structuredClone(delivered?.payload) as { view: { id: string; state: unknown } }
      payload.view.id = 'VOTHER'
      payload.view.state = JSON.parse(JSON.stringify(payload.view.state).replace(good, text))
      return stage.slack.deliver(delivered?.type as never, payload as never)
    }
    expect(JSON.stringify((await again(good)).json)).toContain('Đã nhận TĐ-2024-000001')
    for (let press = 0; press < 2; press++)
      expect(JSON.stringify((await again('Việc khác hẳn')).json)).toContain('Đã nhận TĐ-2024-000002')
    // A late repeat of the first form, after an edit, does not create another submission.
    await lecturer.click('Sửa')
    await lecturer.fill({ 'Kết quả': `${good} Đã bổ sung.` })
    await lecturer.submit()
    const late = await stage.slack.deliver(delivered?.type as never, delivered?.payload as never)
    expect(JSON.stringify(late.json)).toContain('Đã nhận TĐ-2024-000001')
    await sent()
    expect(person(cast.head).messages()).toHaveLength(2)
  })

  test('stays when a new form is opened, and is deleted when it is discarded', async () => {
    await open()
    const lecturer = person(cast.lecturer)
    await lecturer.command('/thidua nop a3')
    await lecturer.fill({ 'Kết quả': 'Trực' })
    await lecturer.close()
    await lecturer.command('/thidua nop')
    const fresh = await lecturer.click('Viết mới')
    expect(fresh.view?.visibleText).not.toContain('Tiếp tục bản nháp')
    expect(value(cast.lecturer, 'Kết quả')).not.toContain('Trực')
    // The block ids differ from those of the previous form; otherwise Slack would keep what was typed there.
    expect(fresh.view?.fields.map((f) => f.blockId)).not.toContain('text')
    await lecturer.fill({ 'Tiêu chí': 'a2', 'Kết quả': good, 'Số liệu': '1' })
    expect(Object.keys((await lecturer.submit()).view?.errors ?? {})).toEqual(['figureUnit~'])
    await lecturer.fill({ 'Đơn vị tính': 'buổi' })
    expect((await lecturer.submit()).view?.visibleText).toContain('Đã nhận TĐ-2024-000001')
    await lecturer.close()
    // The receipt is another message, which may come in between.
    await sent()
    expect((await offered(cast.lecturer)).join()).toContain('(a3 Trực)')
    await lecturer.command('/thidua nop')
    const dropped = await lecturer.click('Bỏ bản nháp')
    expect(dropped.view?.visibleText).not.toContain('Tiếp tục bản nháp')
    await lecturer.close()
    expect((await offered(cast.lecturer)).join()).not.toContain('bản nháp')
  })

  test('for one criterion reopens from that criterion’s button; words after the command open a new form', async () => {
    await open()
    const lecturer = person(cast.lecturer)
    await lecturer.command('/thidua nop a2')
    await lecturer.fill({ 'Kết quả': 'Huấn luyện đợt 1' })
    await lecturer.close()
    expect((await lecturer.command('/thidua nop a2 Việc khác')).view?.visibleText).not.toContain('Tiếp tục')
    expect(value(cast.lecturer, 'Kết quả')).toContain('Việc khác')
    await lecturer.submit()
    await lecturer.close()
    await lecturer.command('/thidua trangthai')
    await lecturer.click('Nộp')
    expect(value(cast.lecturer, 'Tiêu chí')).toContain('a1')
    expect(lecturer.modal()?.visibleText).not.toContain('Tiếp tục')
    await lecturer.close()
    await forge(stage, cast.lecturer, 'submission.new', '{"criterion":"a2"}')
    expect(lecturer.modal()?.visibleText).toContain('Tiếp tục bản nháp')
    expect(value(cast.lecturer, 'Kết quả')).toContain('Huấn luyện đợt 1')
  })

  test('is visible to its author alone, and an empty form leaves none', async () => {
    await open()
    const lecturer = person(cast.lecturer)
    await lecturer.command('/thidua nop a2')
    await lecturer.close()
    expect((await offered(cast.lecturer)).join()).not.toContain('bản nháp')
    await lecturer.command('/thidua nop a2')
    await lecturer.fill({ 'Kết quả': 'Riêng tôi' })
    await lecturer.close()
    const at = (await lecturer.command('/thidua')).messages.at(-1)
    const id =
      JSON.stringify(at?.blocks)
        .match(/\{\\"id\\":\\"[^}]+\}/)?.[0]
        .replaceAll('\\', '') ?? ''
    expect(id).toContain('id')
    await person(cast.head).command('/thidua')
    await person(cast.head).say('trang thai')
    expect(await forge(stage, cast.head, 'draft.open', id)).toContain('của người khác')
    expect(await forge(stage, cast.head, 'draft.drop', id)).toContain('của người khác')
    expect(await forge(stage, cast.lecturer, 'draft.open', '{"id":"none"}')).toContain('đã nộp hoặc không còn')
    expect((await offered(cast.lecturer)).join()).toContain('(a2 Riêng tôi)')
  })

  test('does not store a text with a secrecy mark, which stays in the form; is deleted after thirty days', async () => {
    await open()
    const lecturer = person(cast.lecturer)
    await lecturer.command('/thidua nop a2')
    await lecturer.fill({ 'Kết quả': 'Theo văn bản MẬT', 'Liên kết': 'https://a.vn/1' })
    expect(Object.values((await lecturer.submit()).view?.errors ?? {}).join()).toContain('mật không được gửi qua mạng')
    await lecturer.close()
    await lecturer.command('/thidua nop')
    expect(value(cast.lecturer, 'Kết quả')).not.toContain('MẬT')
    expect(value(cast.lecturer, 'Liên kết')).toContain('https://a.vn/1')
    await lecturer.close()
    await stage.tick('2024-06-20T09:00:00+07:00')
    expect((await lecturer.command('/thidua nop')).view?.visibleText).not.toContain('Tiếp tục')
  })
})

describe('a nil report', () => {
  test('for one criterion has a reason, which the status shows', async () => {
    await open()
    const head = person(cast.head)
    await head.command('/thidua trangthai')
    const asked = await head.click('Không phát sinh')
    expect(asked.view?.visibleText).toContain('a1 · ')
    await head.fill({ 'Lý do': 'Chi bộ <ghép> với khoa khác' })
    const said = await head.submit()
    expect(said.view?.visibleText).toContain('Đã ghi nhận không phát sinh: a1')
    expect(said.view?.visibleText).toContain('không phát sinh: Chi bộ &lt;ghép&gt; với khoa khác')
    expect((await person(cast.lecturer).command('/thidua trangthai')).messages.at(-1)?.visibleText).toContain('Chi bộ')
    await head.click('Không phát sinh')
    await head.submit()
    const mended = await head.click('Ghi lý do')
    expect(mended.view?.visibleText).toContain('a2 · ')
    await head.fill({ 'Lý do': 'Năm nay không tuyển' })
    expect((await head.submit()).view?.visibleText).toContain('không phát sinh: Năm nay không tuyển')
    const undone = await head.click('Bỏ “Không phát sinh”', { nth: 0 })
    expect(undone.view?.visibleText).toContain('Đã có 1/11')
  })

  test('for all remaining criteria skips those that have evidence by then', async () => {
    await open()
    await person(cast.board).command('/thidua lich sơ kết 28/06/2024')
    await stage.tick('2024-06-14T08:00:00+07:00')
    const head = person(cast.head)
    const asked = await head.click('Không phát sinh tất cả còn lại')
    expect(asked.view?.visibleText).toContain('11 tiêu chí sau')
    expect(asked.view?.visibleText).toContain('• b6 · ')
    const lecturer = person(cast.lecturer)
    await lecturer.command(`/thidua nop a2 ${good}`)
    await lecturer.submit()
    await lecturer.close()
    expect((await head.submit()).clientErrors).toEqual({ reason: 'required' })
    await head.fill({ 'Lý do': '   ' })
    expect((await head.submit()).view?.errors).toHaveProperty('reason')
    await head.fill({ 'Lý do': 'Đơn vị mới thành lập' })
    const said = await head.submit()
    expect(said.view?.visibleText).toContain('Bỏ qua a2')
    expect(said.view?.visibleText).toContain('Đã đủ 11/11 tiêu chí')
    expect(said.view?.visibleText).toContain('không phát sinh: Đơn vị mới thành lập')
    await head.close()
    await sent()
    expect(head.messages().find((m) => m.visibleText.includes('đã đủ 11/11'))?.buttons).toEqual([
      'Xem và xác nhận',
      'Gửi báo cáo',
    ])
    const unit = buttonValue(stage, 'nil.all')
    expect(await forge(stage, cast.lecturer, 'nil.all', unit)).toContain('Chỉ trưởng đơn vị')
    expect(await forge(stage, cast.head, 'nil.all', unit)).toContain('Không có gì thay đổi')
  })
})

describe('a submission on behalf of a unit', () => {
  test('is marked in the receipt and in the request, and the Office may edit and withdraw it', async () => {
    await open()
    const office = person(cast.office)
    await office.command(`/thidua nop a2 ${good}`)
    await office.fill({ 'Đơn vị': 'Khoa Điện – Điện tử' })
    const said = 'Nộp thay đơn vị: Khoa Điện – Điện tử'
    expect((await office.submit()).view?.visibleText).toContain(said)
    await office.close()
    await sent()
    expect(last(cast.office)?.visibleText).toContain(said)
    expect(last(cast.head)?.visibleText).toContain(`${said}* – Trương Mỹ Duyên nộp`)
    await office.click('Sửa')
    await office.fill({ 'Kết quả': `${good} chỉ tiêu` })
    await office.submit()
    await office.close()
    await sent()
    expect(last(cast.head)?.visibleText).toContain('100% chỉ tiêu')
    await person(cast.head).click('Xác nhận')
    await sent()
    const opened = await office.click('Xem')
    expect(opened.view?.visibleText).toContain(said)
    await office.click('Rút')
    await office.close()
    await sent()
    expect(last(cast.head)?.visibleText).toContain('đã rút')
  })

  test('can name each of 250 units, and the Office is told about a unit without a head', async () => {
    const roster = {
      units: [
        ...Array.from({ length: 250 }, (_, position) => ({
          code: `D${position}`,
          name: `Đơn vị ${position + 1}`,
          kind: 'faculty' as const,
          position,
        })),
        { code: 'TCHC', name: 'Ban Giám hiệu', kind: 'board' as const, position: 250 },
      ],
      people: [{ fullName: 'Trương Mỹ Duyên', email: 'duyentm@cdn.example' }],
      roles: [{ unitCode: 'TCHC', email: 'duyentm@cdn.example', role: 'org_office' as const }],
    }
    await open({ roster })
    const office = person(cast.office)
    await office.command(`/thidua nop a2 ${good}`)
    await office.fill({ 'Đơn vị': 'Đơn vị 250' })
    await office.submit()
    await office.close()
    await sent()
    const words = office.messages().map((m) => m.visibleText)
    expect(words.some((w) => w.includes('Nộp thay đơn vị: Đơn vị 250'))).toBe(true)
    expect(words.some((w) => w.includes('Đơn vị 250') && w.includes('chưa có trưởng đơn vị'))).toBe(true)
  })
})
