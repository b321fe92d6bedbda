import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { criteriaOf } from '../../../src/core/campaign/campaign.js'
import { knownActor } from '../../../src/core/people/identity.js'
import { sendReport } from '../../../src/core/report/decide.js'
import { confirm, submit } from '../../../src/core/submission/decide.js'
import { reportNilForAll } from '../../../src/core/submission/report-nil.js'
import type { UseCase } from '../../../src/core/use-case.js'
import { newId } from '../../../src/new-id.js'
import { onStage } from '../on-stage.js'
import { buttonValue, cast, forge, type Stage, setStage } from '../stage.js'

let stage: Stage
const { lastText, person, sent } = onStage(() => stage)
const all = (id: string) => person(id).messages()
const of = (id: string, words: string) => all(id).filter((m) => m.visibleText.includes(words))
const keys = () => stage.store.read((tx) => tx.outbox.byKeys(stage.bot.workspaceId, 'unitReport:'))
const offers = (messages: { key: string; state: string }[]) =>
  messages.filter((m) => m.key.includes(':offer:')).map((m) => m.state)
/** The value of the newest button with an action id that a person was shown. */
function shownValue(id: string, action: string): string {
  const elements = all(id).flatMap((m) => m.blocks.flatMap((b) => [b.accessory, ...((b.elements ?? []) as unknown[])]))
  const found = (elements as { action_id?: string; value?: string }[]).filter(
    (e) => e?.action_id?.replace(/#\d+$/, '') === action,
  )
  if (!found.at(-1)?.value) throw new Error(`no button ${action} was shown`)
  return found.at(-1)?.value as string
}
const boards = [cast.board, 'UDUCPV', 'ULOCHT']

beforeEach(async () => {
  stage = await setStage()
  await person(cast.board).command('/thidua lich sơ kết 14/06/2024')
  for (const who of [cast.head, cast.deputy, cast.lecturer]) await person(who).command('/thidua trangthai')
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

/** Runs a use case as a person of the cast, without the chat. */
async function as<T>(account: string, work: (use: UseCase, unitId: string) => Promise<T>): Promise<T> {
  const done = await stage.store.write(async (tx) => {
    const actor = await knownActor(
      tx,
      { workspaceId: stage.bot.workspaceId, platform: 'slack', externalId: account },
      new Set(),
    )
    if (!actor) throw new Error('nobody there')
    const use = { tx, actor, now: stage.now(), newId, timeZone: 'Asia/Ho_Chi_Minh' }
    return work(use, actor.roles[0]?.unit.id as string)
  })
  stage.bot.outbox.kick()
  await sent()
  return done
}
const campaignOf = async (use: UseCase) => {
  const campaign = await use.tx.campaigns.current(use.actor.workspaceId)
  if (!campaign) throw new Error('no campaign')
  return campaign
}
const submitAchievement = async (criterion: string, text: string, confirmed = true) => {
  const id = await as(cast.lecturer, async (use, unitId) => {
    const figure = { figure: '1250.5', figureUnit: 'lượt' }
    const written = { unitId, criterion, text, doneOn: '2024-05-17', ...figure, links: [] }
    return (await submit(use, await campaignOf(use), written, null)).id
  })
  if (confirmed) await as(cast.head, async (use) => confirm(use, await campaignOf(use), id))
  return id
}
const fill = () =>
  as(cast.head, async (use, unitId) => {
    const campaign = await campaignOf(use)
    const codes = criteriaOf(campaign).map((c) => c.code)
    return reportNilForAll(use, campaign, unitId, codes, 'preliminary', 'Không có đợt nào')
  })

describe('a unit’s report', () => {
  test('shows the head its content, takes the self-assessment, and is sent to the Board with one click', async () => {
    await submitAchievement('a2', 'Huấn luyện 25/25 đạt <100%> & hơn')
    await submitAchievement('a3', 'Trực sẵn sàng chiến đấu', false)
    const head = person(cast.head)
    const shown = (await head.command('/thidua báo cáo')).messages.at(-1)
    expect(shown?.visibleText).toContain('Báo cáo sơ kết · Khoa Điện – Điện tử')
    expect(shown?.visibleText).toContain('⬜ *Chưa gửi*')
    expect(shown?.visibleText).toContain('*2/11 tiêu chí* · 1 thành tích · 1 chờ xác nhận')
    expect(shown?.visibleText).toContain('TĐ-2024-000001 · 17/05/2024 · 1.250,5 lượt –')
    expect(shown?.visibleText).toContain('Huấn luyện 25/25 đạt')
    expect(shown?.visibleText).toMatch(/\*a1\* · .* – chưa có/)
    expect(shown?.visibleText).toMatch(/\*a3\* · .* – 1 chờ xác nhận/)
    expect(JSON.stringify(shown?.blocks)).toContain('Còn thiếu 9 tiêu chí: a1, a4, a5')

    await head.click('Ghi tự đánh giá')
    await head.fill({ 'Tự đánh giá': 'Hoàn thành tốt', 'Khó khăn, kiến nghị': 'Thiếu thao trường' })
    const saved = await head.submit()
    expect(saved.view?.visibleText).toContain('Đã lưu')
    expect(saved.view?.visibleText).toContain('Thiếu thao trường')
    await head.click('Gửi báo cáo')
    expect(head.modal()?.visibleText).toContain('🕓 *Chờ duyệt* · Nguyễn Văn Khánh gửi')
    await head.close()
    await sent()
    for (const who of boards) {
      const [request] = of(who, 'gửi báo cáo sơ kết')
      expect(request?.visibleText).toContain('Hoàn thành tốt')
      expect(request?.buttons).toEqual(['Xem', 'Duyệt', 'Trả lại'])
    }

    const opened = await person(cast.board).click('Xem')
    expect(opened.messages.at(-1)?.visibleText).toContain('Thiếu thao trường')
    await person(cast.board).click('Duyệt')
    await sent()
    expect(lastText(cast.head)).toContain('Báo cáo sơ kết của Khoa Điện – Điện tử đã được duyệt* – Trần Quốc Hùng')
    for (const who of boards) {
      const [request] = of(who, 'gửi báo cáo sơ kết')
      expect(request?.visibleText).toContain('✅ *Đã duyệt* · Trần Quốc Hùng')
      expect(request?.buttons).toEqual(['Xem'])
    }
    expect((await head.command('/thidua baocao')).messages.at(-1)?.visibleText).toContain('✅ *Đã duyệt*')
  })

  test('asks for confirmation when criteria are missing and names them; asks again when more are missing by then', async () => {
    await fill()
    const head = person(cast.head)
    const complete = (await head.command('/thidua baocao')).messages.at(-1)
    expect(complete?.visibleText).toContain('Không phát sinh: Không có đợt nào')
    const plain = complete?.blocks.flatMap(
      (b) => (b.elements as { text?: { text: string }; confirm?: unknown }[]) ?? [],
    )
    expect(plain?.find((e) => e.text?.text === 'Gửi báo cáo')?.confirm).toMatchObject({
      text: { text: 'Báo cáo sơ kết (14/06/2024). Gửi Ban Chỉ huy?' },
    })
    await submitAchievement('a2', 'Huấn luyện', false)
    const asked = await head.click('Gửi báo cáo', { ts: complete?.ts })
    expect(asked.messages.at(-1)?.visibleText).toContain('Vừa có thay đổi nên chưa gửi gì cả')
    expect(JSON.stringify(asked.messages.at(-1)?.blocks)).toContain(
      '1 minh chứng chờ Thầy/Cô xác nhận (TĐ-2024-000001) sẽ không có trong báo cáo',
    )
    // What waits can be looked at and confirmed before sending.
    const waits = await head.click('Xem và xác nhận', { ts: asked.messages.at(-1)?.ts })
    expect(waits.view?.visibleText).toContain('1 minh chứng chờ Thầy/Cô xác nhận')
    expect(waits.view?.visibleText).toContain('Huấn luyện')
    await head.close()
    expect(of(cast.board, 'gửi báo cáo')).toEqual([])
    await head.click('Gửi báo cáo', { ts: asked.messages.at(-1)?.ts })
    await sent()
    expect(of(cast.board, 'gửi báo cáo sơ kết')).toHaveLength(1)
  })

  test('is rejected with a reason (an empty one is refused at its field), corrected and sent again', async () => {
    const head = person(cast.head)
    await head.command('/thidua baocao sơ kết')
    await head.click('Gửi báo cáo')
    await sent()
    const board = person(cast.board)
    await board.click('Trả lại')
    await board.fill({ 'Lý do': '   ' })
    expect((await board.submit()).view?.errors).toEqual({ reason: expect.stringContaining('lý do trả lại') })
    await board.fill({ 'Lý do': 'Xin bổ sung <a3> & b1' })
    await board.submit()
    expect(board.modal()).toBeUndefined()
    await sent()
    expect(of(cast.board, 'gửi báo cáo sơ kết')[0]?.visibleText).toContain(
      '↩️ *Trả lại, đề nghị bổ sung* · Trần Quốc Hùng',
    )
    const told = all(cast.head).at(-1)
    expect(told?.visibleText).toContain('được trả lại, đề nghị bổ sung')
    expect(told?.visibleText).toContain('Xin bổ sung')
    expect(told?.buttons).toEqual(['Xem và gửi lại'])

    await submitAchievement('a3', 'Trực 24/24')
    await head.click('Xem và gửi lại')
    await head.click('Gửi báo cáo')
    await sent()
    const [first, second] = of(cast.board, 'báo cáo sơ kết')
    expect(first?.visibleText).toContain('xem tin mới hơn')
    expect(first?.buttons).toEqual([])
    expect(second?.visibleText).toContain('(lần 2)')
    expect(of(cast.head, 'được trả lại, đề nghị bổ sung')[0]?.buttons).toEqual(['Xem'])
    await person('UDUCPV').click('Duyệt')
    await sent()
    expect(lastText(cast.head)).toContain('đã được duyệt* – Phạm Văn Đức')
  })

  test('is offered once to the head of a unit that has become complete, and the offer is updated', async () => {
    await submitAchievement('a2', 'Huấn luyện', false)
    await fill()
    expect(of(cast.head, 'có thể gửi báo cáo')).toEqual([])
    await person(cast.head).click('Xác nhận')
    await sent()
    const offer = () => of(cast.head, '')[all(cast.head).findIndex((m) => m.buttons.includes('Xem và gửi báo cáo'))]
    expect(offer()?.visibleText).toContain('Khoa Điện – Điện tử đã đủ 11/11 tiêu chí')
    expect(of(cast.deputy, 'có thể gửi báo cáo')).toEqual([])
    await submitAchievement('a2', 'Huấn luyện đợt hai', false)
    expect(of(cast.head, 'vừa có thay đổi nên chưa đủ')).toHaveLength(1)
    await person(cast.head).click('Xác nhận')
    await sent()
    expect(of(cast.head, 'có thể gửi báo cáo')).toHaveLength(1)
    await person(cast.head).click('Xem và gửi báo cáo')
    await person(cast.head).click('Gửi báo cáo')
    await sent()
    expect(of(cast.head, 'có thể gửi báo cáo')).toEqual([])
    expect(of(cast.head, 'Báo cáo sơ kết của *Khoa Điện – Điện tử* · chờ duyệt')).toHaveLength(1)
  })

  test('is not offered when it was sent or the unit became incomplete before the message went out', async () => {
    const inOne = (work: (use: UseCase, unitId: string) => Promise<unknown>) =>
      as(cast.head, async (use, unitId) => {
        const campaign = await campaignOf(use)
        const codes = criteriaOf(campaign).map((c) => c.code)
        await reportNilForAll(use, campaign, unitId, codes, 'preliminary', 'Không có đợt nào')
        await work(use, unitId)
      })
    await inOne(async (use, unitId) => {
      const written = { unitId, criterion: 'a2', text: 'x', doneOn: '2024-05-17', figure: null, figureUnit: null }
      await submit(use, await campaignOf(use), { ...written, links: [] }, null)
    })
    expect(offers(await keys())).toEqual(['dropped'])
    await as(cast.head, async (use, unitId) => {
      const [one] = await use.tx.submissions.ofCell((await campaignOf(use)).id, unitId, 'a2')
      const campaign = await campaignOf(use)
      await confirm(use, campaign, one?.id ?? '')
      expect(offers(await use.tx.outbox.byKeys(stage.bot.workspaceId, 'unitReport:'))).toEqual(['waiting'])
      await sendReport(use, campaign, unitId, 'preliminary', { round: 0, agreed: { missing: [], waiting: 0 } })
    })
    expect(offers(await keys())).toEqual(['dropped'])
    expect(of(cast.head, 'báo cáo')).toEqual([])
  })

  test('keeps what was sent, and tells the head and the Board when the evidence has changed since', async () => {
    const head = person(cast.head)
    await submitAchievement('a2', 'Bản đầu')
    await head.command('/thidua baocao')
    await head.click('Gửi báo cáo')
    await sent()
    await submitAchievement('a3', 'Việc mới')
    const [request] = of(cast.board, 'gửi báo cáo sơ kết')
    expect(request?.visibleText).toContain('đã thay đổi sau khi gửi')
    expect(request?.visibleText).toContain('1 thành tích')
    const seen = (await head.command('/thidua baocao')).messages.at(-1)
    expect(seen?.visibleText).toContain('đã thay đổi sau khi gửi')
    expect(seen?.visibleText).not.toContain('Việc mới')
    expect(seen?.buttons).toContain('Gửi lại')
    const now = await head.click('Xem nội dung mới')
    expect(now.messages.at(-1)?.visibleText).toContain('Việc mới')
    await person(cast.board).click('Duyệt')
    await sent()
    await person(cast.board).command('/thidua baocao KDDT')
    await person(cast.board).click('Đề nghị gửi lại')
    await person(cast.board).fill({ 'Lý do': 'Xin gửi bản có a3' })
    expect((await person(cast.board).submit()).view?.visibleText).toContain('↩️ *Trả lại, đề nghị bổ sung*')
    await person(cast.board).close()
    await sent()
    await head.click('Xem và gửi lại')
    await head.click('Gửi báo cáo')
    await sent()
    expect(of(cast.board, '(lần 2)')[0]?.visibleText).toContain('2 thành tích')
  })

  test('may be sent by the deputy; the head who presses later is told who did it, and a double click sends it once', async () => {
    const head = person(cast.head)
    await head.command('/thidua baocao')
    await person(cast.deputy).command('/thidua baocao')
    await person(cast.deputy).click('Gửi báo cáo', { copies: 2 } as never)
    const second = await head.click('Gửi báo cáo')
    expect(second.messages.at(-1)?.visibleText).toContain('chờ duyệt – Trần Thị Thu Thảo')
    await sent()
    expect(of(cast.board, 'gửi báo cáo sơ kết')).toHaveLength(1)
    await person(cast.board).click('Duyệt', { copies: 2 } as never)
    const late = await forge(stage, 'UDUCPV', 'unitReport.reject', buttonValue(stage, 'unitReport.reject'))
    expect(late).toContain('đã duyệt – Trần Quốc Hùng')
    await sent()
    // The head, and the deputy who sent the report.
    for (const who of [cast.head, cast.deputy]) expect(of(who, 'đã được duyệt')).toHaveLength(1)
    expect(of(cast.lecturer, 'đã được duyệt')).toEqual([])
  })

  test('is readable by the unit and by roles that see everything; only leaders send it and only the Board decides', async () => {
    await submitAchievement('a2', 'Huấn luyện')
    await person(cast.head).command('/thidua baocao')
    await person(cast.head).click('Ghi tự đánh giá')
    await person(cast.head).fill({ 'Tự đánh giá': 'Riêng của trưởng khoa' })
    await person(cast.head).submit()
    await person(cast.head).close()
    const send = shownValue(cast.head, 'unitReport.send')
    const write = shownValue(cast.head, 'unitReport.write')
    for (const who of [cast.lecturer, cast.rector, cast.office]) {
      const seen = (await person(who).command('/thidua baocao Khoa Điện')).messages.at(-1)
      expect(seen?.visibleText).toContain('Huấn luyện')
      // Text that the head has not sent is not shown.
      expect(seen?.visibleText).not.toContain('Riêng của trưởng khoa')
      for (const label of ['Gửi báo cáo', 'Ghi tự đánh giá', 'Duyệt', 'Trả lại'])
        expect(seen?.buttons).not.toContain(label)
    }
    for (const who of [cast.lecturer, cast.office, 'UNGHIANH', cast.board]) {
      expect(await forge(stage, who, 'unitReport.send', send)).toContain('Chỉ trưởng đơn vị hoặc cấp phó')
      expect(await forge(stage, who, 'unitReport.write', write)).toContain('Chỉ trưởng đơn vị hoặc cấp phó')
    }
    const { unit, kind } = JSON.parse(send)
    const decide = JSON.stringify({ unit, kind, round: 1, state: 'sent', from: 'notice' })
    await person(cast.head).command('/thidua baocao')
    await person(cast.head).click('Gửi báo cáo')
    for (const who of [cast.head, cast.lecturer, cast.office, cast.rector, 'UNGHIANH'])
      for (const action of ['unitReport.approve', 'unitReport.reject'])
        expect(await forge(stage, who, action, decide)).toContain('Chỉ Ban Chỉ huy quân sự')
    for (const action of ['unitReport', 'unitReport.turn', 'unitReport.texts'])
      expect(await forge(stage, 'UNGHIANH', action, JSON.stringify({ unit, kind }))).toContain('của đơn vị khác')
    expect(await forge(stage, 'UNGHIANH', 'unitReport.list', JSON.stringify({ kind, page: 0 }))).toContain(
      'đơn vị khác',
    )
    expect(await forge(stage, 'UNGHIANH', 'unitReport.send', '{"unit":1}')).toContain('Nút này đã cũ')
    expect(
      await forge(stage, cast.board, 'unitReport.approve', JSON.stringify({ ...JSON.parse(decide), unit: 'none' })),
    ).toContain('Không tìm thấy đơn vị')
    expect(
      await forge(stage, cast.board, 'unitReport.approve', JSON.stringify({ ...JSON.parse(decide), round: 2 })),
    ).toContain('chờ duyệt – Nguyễn Văn Khánh')
    expect(of(cast.board, 'gửi báo cáo sơ kết')).toHaveLength(1)
  })

  test('are listed for the Board with counts first, waiting ones on top, in pages', async () => {
    await person(cast.head).command('/thidua baocao')
    await person(cast.head).click('Gửi báo cáo')
    await sent()
    const list = (await person(cast.board).command('/thidua baocao')).messages.at(-1)
    expect(list?.visibleText).toMatch(
      /^Báo cáo sơ kết · 14\/06\/2024[^\n]*\n\*1\/22 đơn vị đã gửi\*, 0 đã duyệt\n1 chờ duyệt · 21 chưa gửi/,
    )
    expect(list?.visibleText.indexOf('Khoa Điện – Điện tử')).toBeLessThan(
      list?.visibleText.indexOf('chưa gửi · đã có 0/11') ?? 0,
    )
    await person(cast.board).click('Xem', { ts: list?.ts })
    await person(cast.board).click('Duyệt', { ts: list?.ts })
    const back = await person(cast.board).click('Danh sách báo cáo', { ts: list?.ts })
    expect(back.messages.at(-1)?.visibleText).toContain('*1/22 đơn vị đã gửi*, 1 đã duyệt')
  })

  test('cannot be sent while its review has no date, and says so', async () => {
    const shown = (await person(cast.head).command('/thidua báo cáo tổng kết')).messages.at(-1)
    expect(shown?.visibleText).toContain('Chưa đặt ngày tổng kết')
    expect(shown?.buttons).not.toContain('Gửi báo cáo')
    const { unit } = JSON.parse(shownValue(cast.head, 'unitReport.write'))
    const value = JSON.stringify({ unit, kind: 'final', round: 0, missing: [], waiting: 0 })
    expect(await forge(stage, cast.head, 'unitReport.send', value)).toContain('Chưa đặt ngày tổng kết')
    const other = await person(cast.head).click('Báo cáo sơ kết')
    expect(other.messages.at(-1)?.buttons).toContain('Gửi báo cáo')
  })

  test('saves what the head types as a draft', async () => {
    const head = person(cast.head)
    await head.command('/thidua baocao')
    await head.click('Ghi tự đánh giá')
    await head.fill({ 'Tự đánh giá': 'Đang gõ dở' })
    const { unit } = JSON.parse(shownValue(cast.head, 'unitReport.write'))
    const kept = await stage.store.read(async (tx) => {
      const campaign = await tx.campaigns.current(stage.bot.workspaceId)
      return tx.unitReports.of(campaign?.id ?? '', 'preliminary', unit)
    })
    expect(kept).toMatchObject({ selfAssessment: 'Đang gõ dở', state: 'draft' })
    await head.close()
    const again = await head.click('Ghi tự đánh giá')
    expect(again.view?.fields.find((f) => f.label === 'Tự đánh giá')?.value).toMatchObject({ value: 'Đang gõ dở' })
    await head.fill({ 'Khó khăn, kiến nghị': 'Văn bản TUYỆT MẬT' })
    const refused = await head.submit()
    expect(refused.view?.errors.difficulties).toContain('TUYỆT MẬT')
    await head.close()
    expect((await head.click('Ghi tự đánh giá')).view?.visibleText).not.toContain('TUYỆT MẬT')
  })

  test('stays within Slack’s limits with 11 criteria, 200 achievements, long words and escaped characters', async () => {
    const criteria = ['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6']
    await stage.store.write(async (tx) => {
      const ref = { workspaceId: stage.bot.workspaceId, platform: 'slack', externalId: cast.head }
      const actor = await knownActor(tx, ref, new Set())
      if (!actor) throw new Error('nobody there')
      const use = { tx, actor, now: stage.now(), newId, timeZone: 'Asia/Ho_Chi_Minh' }
      const campaign = await campaignOf(use)
      const unitId = actor.roles[0]?.unit.id as string
      for (let n = 0; n < 200; n++) {
        const written = {
          unitId,
          criterion: criteria[n % 11] as string,
          text: n % 2 === 0 ? '<&>'.repeat(1000) : `Đợt ${n}: ${'huấn luyện '.repeat(200)}`,
          doneOn: '2024-05-17',
          figure: '12345678901234567890',
          figureUnit: '<&>'.repeat(16),
          links: [],
        }
        await confirm(use, campaign, (await submit(use, campaign, written, null)).id)
      }
    })
    const head = person(cast.head)
    await head.command('/thidua baocao')
    await head.click('Ghi tự đánh giá')
    await head.fill({ 'Tự đánh giá': '&'.repeat(3000), 'Khó khăn, kiến nghị': '<'.repeat(3000) })
    await head.submit()
    await head.close()
    const shown = (await head.command('/thidua baocao')).messages.filter((m) => m.ephemeral).at(-1)
    expect(shown?.blocks.length).toBeLessThanOrEqual(50)
    expect(shown?.visibleText).toContain('19 thành tích')
    expect(shown?.visibleText).toContain('… và 16 thành tích nữa')
    await head.click('Gửi báo cáo', { ts: shown?.ts })
    await sent()
    expect(of(cast.board, 'gửi báo cáo sơ kết')).toHaveLength(1)
    const full = await head.click('Xem đầy đủ', { ts: shown?.ts })
    expect(full.view?.visibleText).toContain('Khó khăn, kiến nghị')
    await head.close()
    const page = await head.click('Xem', { ts: shown?.ts })
    expect(page.view?.visibleText).toContain('TĐ-2024-000001')
    expect(page.view?.buttons.filter((b) => b === 'Xem')).toHaveLength(19)
  })
})
