import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { verifyAudit } from '../../../src/core/audit/chain.js'
import { onStage } from '../on-stage.js'
import { accountOf, cast, exampleRoster, forge, handInMany, type Stage, setStage } from '../stage.js'

let stage: Stage
const { handIn, person, say, sent } = onStage(() => stage)
beforeEach(async () => {
  stage = await setStage()
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

async function giveBack(reason: string) {
  await person(cast.head).click('Trả lại')
  await person(cast.head).fill({ 'Lý do': reason })
  await person(cast.head).submit()
  await sent()
}

describe('the history of a submission', () => {
  beforeEach(async () => {
    await handIn()
    stage.setClock('2024-05-21T10:30:00+07:00')
    await giveBack('Xin ghi rõ số người')
    stage.setClock('2024-05-22T08:00:00+07:00')
    await person(cast.lecturer).click('Sửa và nộp lại')
    await person(cast.lecturer).submit()
    await person(cast.lecturer).close()
    await sent()
    await person(cast.head).click('Xác nhận')
    await sent()
  })

  test.each(['TĐ-2024-000001', 'td-2024-1', '#1', '1'])('“%s” shows who changed what, when and why', async (word) => {
    const words = (await say(cast.lecturer, `/thidua nhật ký ${word}`))?.visibleText ?? ''
    const [author, head] = ['Lê Hoàng Phúc', 'Nguyễn Văn Khánh']
    let at = 0
    for (const step of [
      `nộp* – ${author}, 09:00 20/05/2024`,
      `trả lại, đề nghị bổ sung* – ${head}, 10:30 21/05/2024`,
      `sửa* – ${author}, 08:00 22/05/2024`,
      `xác nhận* – ${head}, 08:00 22/05/2024`,
    ]) {
      at = words.indexOf(step, at)
      expect(at, `${step} in ${words}`).toBeGreaterThan(-1)
    }
    expect(words).toContain('Xin ghi rõ số người')
  })

  test('opens from a button on the submission’s page, and leads back', async () => {
    await person(cast.head).command('/thidua trangthai')
    await person(cast.head).click('Xem')
    await person(cast.head).click('Xem')
    const opened = await person(cast.head).click('Lịch sử')
    expect(opened.view?.visibleText).toContain('Xin ghi rõ số người')
    expect(opened.view?.title).toBe('TĐ-2024-000001')
    const back = await person(cast.head).click('Về minh chứng')
    expect(back.view?.visibleText).toContain('Huấn luyện 25/25')
  })

  test('is refused to another unit, also for a forged button, and for unknown numbers', async () => {
    const stranger = 'UQUICN'
    expect((await say(stranger, '/thidua nhatky 1'))?.visibleText).toContain('của đơn vị khác')
    const s = await stage.store.read(async (tx) => {
      const campaign = await tx.campaigns.current(stage.bot.workspaceId)
      return tx.submissions.byNumber(campaign?.id ?? '', 1)
    })
    expect(await forge(stage, stranger, 'audit.history', JSON.stringify({ id: s?.id }))).toContain('của đơn vị khác')
    expect((await say(cast.board, '/thidua nhatky 99'))?.visibleText).toContain('Không tìm thấy')
    expect((await say(cast.board, '/thidua nhatky TĐ-2023-000001'))?.visibleText).toContain('Không tìm thấy')
    expect((await say(cast.board, '/thidua nhatky hôm qua'))?.visibleText).toContain('không phải số minh chứng')
  })
})

describe('the audit log', () => {
  test('shows each role what it may see, the widest scope first', async () => {
    await handIn()
    await person(cast.board).command('/thidua lich sơ kết 28/06/2024')
    const seen = async (id: string) => (await say(id, '/thidua nhatky'))?.visibleText ?? ''
    expect(await seen(cast.lecturer)).toContain('Nhật ký minh chứng của tôi')
    expect(await seen(cast.lecturer)).toContain('TĐ-2024-000001 · a2 · Khoa Điện – Điện tử* – nộp')
    expect(await seen(cast.lecturer)).not.toContain('đặt ngày')
    expect(await seen(cast.head)).toContain('Nhật ký đơn vị')
    expect(await seen(cast.head)).toContain('TĐ-2024-000001')
    expect(await seen('UQUICN')).toContain('Chưa có thay đổi nào')
    const board = await seen(cast.board)
    expect(board).toContain('Nhật ký toàn trường')
    expect(board).toContain('đặt ngày: sơ kết 28/06/2024')
    expect(board).not.toContain('đổi vai trò')
    const admin = await seen(cast.admin)
    expect(admin).toContain('Nhật ký thiết lập và danh sách')
    expect(admin).toContain('đặt ngày: sơ kết 28/06/2024')
    expect(admin).not.toContain('TĐ-2024-000001')
  })

  test('can be paged back to the first change, each row once, and forward to the newest', async () => {
    await handIn('Việc thứ 1')
    await handInMany(stage, cast.lecturer, 'a2', Array(24).fill('Việc khác'))
    const numbers = (words = '') => [...words.matchAll(/TĐ-2024-0000(\d\d)/g)].map((m) => Number(m[1]))
    const first = await say(cast.board, '/thidua nhatky')
    expect(numbers(first?.visibleText)).toEqual(Array.from({ length: 20 }, (_, i) => 25 - i))
    expect(first?.buttons).not.toContain('‹ Mới hơn')
    const second = (await person(cast.board).click('Cũ hơn ›')).messages.at(-1)
    expect(numbers(second?.visibleText)).toEqual([5, 4, 3, 2, 1])
    expect(second?.buttons).not.toContain('Cũ hơn ›')
    const again = (await person(cast.board).click('‹ Mới hơn')).messages.at(-1)
    expect(numbers(again?.visibleText)[0]).toBe(25)
  })

  test('names changes of the command line, with roles in words', async () => {
    const words = (await say(cast.admin, '/thidua nhatky'))?.visibleText ?? ''
    expect(words).toContain('không có vai trò →')
    expect(words).toContain('dòng lệnh, 09:00 20/05/2024')
  })

  test('refuses a list that a person may not see', async () => {
    await say(cast.lecturer, '/thidua')
    const ask = (scope: string) => forge(stage, cast.lecturer, 'audit.list', JSON.stringify({ scope, page: 0 }))
    for (const scope of ['all', 'units', 'workspace']) expect(await ask(scope)).toContain('không dành cho vai trò')
    expect(await ask('everything')).toContain('Nút này đã cũ')
  })
})

test('the audit log of a whole run contains no names and no texts, and verifies', async () => {
  const words = {
    text: 'Bắn súng kết quả xuất sắc',
    reason: 'Xin bổ sung ảnh chụp',
    erase: 'Vì tôi chuyển trường',
    nil: 'Đơn vị không có ai',
  }
  await handIn(words.text)
  await giveBack(words.reason)
  await person(cast.board).command('/thidua lich sơ kết 28/06/2024 tổng kết 20/12/2024')
  await person(cast.head).command('/thidua trangthai')
  await person(cast.head).click('Không phát sinh')
  await person(cast.head).fill({ 'Lý do': words.nil })
  await person(cast.head).submit()
  await person(cast.board).command('/thidua bangiay Khoa Cơ khí a3')
  await person(cast.board).submit()
  await person(cast.board).close()
  await stage.tick('2024-06-14T08:00:00+07:00')
  await person(cast.lecturer).command('/thidua dulieu')
  await person(cast.lecturer).click('Đề nghị xóa')
  await person(cast.lecturer).fill({ 'Xóa gì': 'all', 'Lý do': words.erase })
  await person(cast.lecturer).submit()
  await sent()
  await person(cast.office).click('Đồng ý')
  await sent()
  const { workspaceId } = stage.bot
  const rows = await stage.store.read((tx) => tx.audit.after(workspaceId, 0, 10_000))
  const log = JSON.stringify(rows)
  const actions = new Set(rows.map((r) => r.action))
  for (const action of [
    'plan.imported',
    'unit.added',
    'person.roles_changed',
    'account.bound',
    'submission.submitted',
    'submission.returned',
    'nil.said',
    'review.date_set',
    'paper.recorded',
    'erasure.asked',
    'erasure.agreed',
    'person.retired',
  ] as const)
    expect(actions).toContain(action)
  const roster = await exampleRoster()
  for (const { fullName, email } of roster.people) {
    expect(log).not.toContain(fullName)
    expect(log).not.toContain(email)
    expect(log).not.toContain(accountOf(email))
  }
  for (const said of Object.values(words)) expect(log).not.toContain(said)
  for (const { name } of roster.units) expect(log).not.toContain(name)
  expect((await stage.store.read((tx) => verifyAudit(tx, workspaceId))).broken).toBeUndefined()
})

test('a return whose reason has a secrecy mark is refused at its field, and nothing is stored or sent', async () => {
  await handIn()
  await person(cast.head).click('Trả lại')
  await person(cast.head).fill({ 'Lý do': 'Bổ sung theo văn bản TỐI MẬT số 5' })
  const { view } = await person(cast.head).submit()
  expect(view?.errors?.reason).toContain('bản giấy cho Ban Chỉ huy')
  await sent()
  expect(person(cast.lecturer).messages().at(-1)?.visibleText).not.toContain('TỐI MẬT')
  expect((await say(cast.lecturer, '/thidua nhatky 1'))?.visibleText).not.toContain('trả lại')
})
