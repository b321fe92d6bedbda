import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { verifyAudit } from '../../../src/core/audit/chain.js'
import { importRoster } from '../../../src/core/setup/import-roster.js'
import { newId } from '../../../src/new-id.js'
import { fileOf } from '../../../src/store/open.js'
import { onStage } from '../on-stage.js'
import { buttonValue, cast, exampleRoster, forge, type Stage, setStage } from '../stage.js'

let stage: Stage
const { handIn, lastText, person, say, sent } = onStage(() => stage)
beforeEach(async () => {
  stage = await setStage()
})
afterEach(async () => {
  const proof = await stage.store.read((tx) => verifyAudit(tx, stage.bot.workspaceId))
  expect(proof.broken).toBeUndefined()
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

const second = 'UGAMNTH'

async function leaveDraft() {
  await person(cast.lecturer).command('/thidua nop')
  await person(cast.lecturer).fill({ 'Tiêu chí': 'a3', 'Kết quả': 'Trực đêm dang dở' })
  await person(cast.lecturer).close()
}
async function ask(id: string, what: 'drafts' | 'name' | 'all', reason = '') {
  await person(id).command('/thidua dữ liệu của tôi')
  await person(id).click('Đề nghị xóa')
  await person(id).fill({ 'Xóa gì': what, 'Lý do': reason })
  const answer = await person(id).submit()
  await person(id).close()
  await sent()
  return answer
}

test('“Dữ liệu của tôi” lists in words what is stored, with the person’s submissions as buttons', async () => {
  await handIn()
  const card = await say(cast.lecturer, '/thidua dulieu')
  expect(card?.visibleText).toContain('Lê Hoàng Phúc* · phuclh@cdn-angiang.example')
  expect(card?.visibleText).toContain('Viên chức, người lao động – Khoa Điện – Điện tử')
  expect(card?.visibleText).toContain('Tài khoản Slack: UPHUCLH')
  // Two entries: the account was linked, and the evidence submitted.
  expect(card?.visibleText).toContain('1 minh chứng đã nộp* · 0 bản nháp · 1 tin gửi cho Thầy/Cô · 2 dòng nhật ký')
  expect(card?.visibleText).toContain('Nghị định 13/2023/NĐ-CP')
  const opened = await person(cast.lecturer).click('Xem')
  expect(opened.view?.title).toBe('TĐ-2024-000001')
})

test('“Dữ liệu của tôi” names the law that is in force on the day', async () => {
  stage.setClock('2026-01-02T09:00:00+07:00')
  expect((await say(cast.lecturer, '/thidua dulieu'))?.visibleText).toContain(
    '91/2025/QH15 và Nghị định 356/2025/NĐ-CP',
  )
})

test('a person is told what will be erased and what stays before the request; every member of the Office gets it once', async () => {
  // The first of two cards keeps its button; the one that the form is opened from does not.
  await person(cast.lecturer).command('/thidua dulieu')
  await person(cast.lecturer).command('/thidua dulieu')
  const opened = await person(cast.lecturer).click('Đề nghị xóa')
  expect(opened.view?.visibleText).toContain('Vẫn giữ')
  expect(opened.view?.visibleText).toContain('hồ sơ thi đua của đơn vị (Kế hoạch 484/KH-CĐN; Luật Thi đua')
  await person(cast.lecturer).fill({ 'Xóa gì': 'all', 'Lý do': 'Tôi chuyển trường' })
  const { view } = await person(cast.lecturer).submit({ copies: 2 } as never)
  expect(view?.visibleText).toContain('Chưa có gì bị xóa')
  await sent()
  for (const id of [cast.office, second]) {
    const requests = person(id)
      .messages()
      .filter((m) => m.visibleText.includes('đề nghị xóa dữ liệu cá nhân'))
    expect(requests).toHaveLength(1)
    expect(requests[0]?.visibleText).toContain('Tôi chuyển trường')
    expect(requests[0]?.buttons).toEqual(['Đồng ý', 'Từ chối'])
  }
  expect(person(cast.head).messages()).toEqual([])
  await person(cast.lecturer).close()
  const again = await ask(cast.lecturer, 'name')
  expect(JSON.stringify(again.view?.errors ?? again)).toContain('vẫn đang chờ')
})

test('full erasure leaves no name, address, account, role or message; submissions stay', async () => {
  await handIn()
  await person(cast.head).click('Xác nhận')
  await sent()
  await leaveDraft()
  await ask(cast.lecturer, 'all', 'Tôi chuyển trường')
  const value = buttonValue(stage, 'erasure.agree')
  await person(cast.office).click('Đồng ý')
  await sent()

  expect(lastText(cast.lecturer)).toContain('Đã xóa* mọi thứ có thể xóa')
  expect(lastText(cast.lecturer)).toContain('Vẫn giữ')
  const told = person(cast.office)
    .messages()
    .find((m) => m.visibleText.includes('đề nghị xóa dữ liệu'))
  expect(told?.visibleText).toContain('Đã đồng ý và đã xóa* – Trương Mỹ Duyên')
  expect(told?.visibleText).toMatch(/Người đã xóa #[0-9A-F]{6}/)
  expect(told?.buttons).toEqual([])
  // The head's message no longer names the person.
  expect(lastText(cast.head)).toMatch(/Người đã xóa #[0-9A-F]{6}\* nộp minh chứng/)
  expect(lastText(cast.head)).toContain('Huấn luyện 25/25 đạt 100%')
  expect((await say(cast.head, '/thidua trangthai'))?.visibleText).toContain('Đã có 1/11')
  expect((await say(cast.head, '/thidua nhatky 1'))?.visibleText).toMatch(/nộp\* – Người đã xóa #[0-9A-F]{6}/)

  // A second decider is told who was first; a second click by the same one says nothing.
  expect(await forge(stage, second, 'erasure.agree', value)).toContain('Đã đồng ý và đã xóa – Trương Mỹ Duyên')
  expect(await forge(stage, cast.office, 'erasure.agree', value)).toBe('')

  // No row of the database contains data of the person.
  const db = new Database(fileOf(stage.databaseUrl), { readonly: true })
  const tables = db.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[]
  for (const table of tables) {
    const rows = JSON.stringify(db.prepare(`select * from "${table}"`).all())
    for (const trace of ['Lê Hoàng Phúc', 'phuclh', 'UPHUCLH', 'Tôi chuyển trường', 'Trực đêm dang dở'])
      expect(rows.includes(trace), `${trace} in ${table}`).toBe(false)
  }
  db.close()

  // A person who comes back is unknown, and a new person after a roster import.
  expect((await say(cast.lecturer, '/thidua'))?.visibleText).toContain('chưa có trong danh sách')
  const { workspaceId } = stage.bot
  const roster = await exampleRoster()
  await stage.store.write((tx) => importRoster({ tx, now: stage.now(), newId, workspaceId }, roster))
  expect((await say(cast.lecturer, '/thidua dulieu'))?.visibleText).toContain('0 minh chứng đã nộp')
})

test('erasure of the name removes it from submissions, and the person stays', async () => {
  await handIn()
  await ask(cast.lecturer, 'name')
  await person(cast.office).click('Đồng ý')
  await sent()
  expect(lastText(cast.head)).toMatch(/Người đã xóa #[0-9A-F]{6}\* nộp minh chứng/)
  expect((await say(cast.head, '/thidua nhatky'))?.visibleText).not.toContain('Lê Hoàng Phúc')
  expect((await say(cast.head, '/thidua nhatky 1'))?.visibleText).not.toContain('Lê Hoàng Phúc')
  expect(lastText(cast.lecturer)).toContain('Đã xóa* tên trên những gì đã nộp')
  expect((await say(cast.lecturer, '/thidua dulieu'))?.visibleText).toContain('0 minh chứng đã nộp')
  // The head can still decide; the erased author gets no message and is not reported as unreachable.
  await person(cast.head).click('Xác nhận')
  await sent()
  const request = person(cast.head)
    .messages()
    .find((m) => m.visibleText.includes('nộp minh chứng'))
  expect(request?.visibleText).toContain('đã xác nhận')
  expect(lastText(cast.office)).not.toContain('Không gửi được tin')
  await handIn('Việc khác')
  expect((await say(cast.lecturer, '/thidua dulieu'))?.visibleText).toContain('1 minh chứng đã nộp')
})

test.each(['all', 'name'] as const)('submissions are no longer found by the name (%s)', async (what) => {
  await handIn()
  expect((await say(cast.head, '/thidua tim Hoàng Phúc'))?.visibleText).toContain('TĐ-2024-000001')
  await ask(cast.lecturer, what)
  await person(cast.office).click('Đồng ý')
  await sent()
  expect((await say(cast.head, '/thidua tim Hoàng Phúc'))?.visibleText).not.toContain('TĐ-2024-000001')
  expect((await say(cast.head, '/thidua tim Huấn luyện'))?.visibleText).toContain('TĐ-2024-000001')
})

test('an erased head is no longer named in messages to authors', async () => {
  await handIn()
  await person(cast.head).click('Xác nhận')
  await sent()
  expect(lastText(cast.lecturer)).toContain('Nguyễn Văn Khánh')
  await ask(cast.head, 'all')
  const request = lastText(cast.office)
  expect(request).toContain('trưởng đơn vị của Khoa Điện – Điện tử')
  await person(cast.office).click('Đồng ý')
  await sent()
  for (const message of person(cast.lecturer).messages()) expect(message.visibleText).not.toContain('Nguyễn Văn Khánh')
  expect(lastText(cast.lecturer)).toMatch(/đã được xác nhận\* – Người đã xóa #/)
})

test('erasure of drafts deletes only the drafts', async () => {
  await handIn()
  await leaveDraft()
  expect((await say(cast.lecturer, '/thidua dulieu'))?.visibleText).toContain('1 minh chứng đã nộp* · 1 bản nháp')
  await ask(cast.lecturer, 'drafts')
  await person(cast.office).click('Đồng ý')
  await sent()
  expect(lastText(cast.lecturer)).toContain('Đã xóa* các bản nháp')
  const held = await say(cast.lecturer, '/thidua dulieu')
  expect(held?.visibleText).toContain('1 minh chứng đã nộp* · 0 bản nháp')
  expect(held?.visibleText).toContain('Lê Hoàng Phúc')
})

test('the Office is warned when the person is the last admin', async () => {
  await ask(cast.admin, 'all')
  expect(lastText(cast.office)).toContain('người quản trị cuối cùng')
  await ask(cast.lecturer, 'all')
  expect(lastText(cast.office)).not.toContain('quản trị cuối cùng')
})

test('a refusal needs a reason, which the person is told; nothing is erased', async () => {
  await ask(cast.lecturer, 'all')
  await person(cast.office).click('Từ chối')
  await person(cast.office).fill({ 'Lý do từ chối': '  ' })
  expect((await person(cast.office).submit()).view?.errors?.reason).toContain('lý do')
  await person(cast.office).fill({ 'Lý do từ chối': 'Đang chờ tổng kết' })
  await person(cast.office).submit()
  await sent()
  expect(lastText(cast.lecturer)).toContain('Chưa xóa')
  expect(lastText(cast.lecturer)).toContain('Đang chờ tổng kết')
  expect(lastText(second)).toContain('Đã từ chối* – Trương Mỹ Duyên')
  expect((await say(cast.lecturer, '/thidua dulieu'))?.visibleText).toContain('Lê Hoàng Phúc')
})

test('a person can withdraw their request, and then nobody can decide it', async () => {
  await ask(cast.lecturer, 'all')
  const value = buttonValue(stage, 'erasure.agree')
  const held = await say(cast.lecturer, '/thidua dulieu')
  expect(held?.visibleText).toContain('Đề nghị đang chờ*: xóa mọi thứ có thể xóa')
  expect(held?.buttons).not.toContain('Đề nghị xóa')
  await person(cast.lecturer).click('Rút đề nghị')
  await sent()
  expect(lastText(cast.office)).toContain('Người gửi đã rút đề nghị')
  expect(await forge(stage, cast.office, 'erasure.agree', value)).toContain('đã rút đề nghị')
  expect((await say(cast.lecturer, '/thidua dulieu'))?.visibleText).toContain('Lê Hoàng Phúc')
})

test('only the Office decides, and none of its members their own request', async () => {
  await ask(cast.lecturer, 'all')
  const value = buttonValue(stage, 'erasure.agree')
  for (const id of [cast.lecturer, cast.head, cast.board, cast.admin, cast.rector]) {
    expect(await forge(stage, id, 'erasure.agree', value)).toContain('do Phòng Tổ chức – Hành chính xem xét')
    expect(await forge(stage, id, 'erasure.refuse', value)).toContain('do Phòng Tổ chức – Hành chính xem xét')
  }
  expect(await forge(stage, cast.office, 'erasure.agree', '{"id":"none"}')).toContain('Không tìm thấy đề nghị xóa')
  expect(await forge(stage, cast.head, 'erasure.take_back', value)).toContain('Không tìm thấy đề nghị xóa')
  await ask(cast.office, 'all')
  const own = buttonValue(stage, 'erasure.agree')
  const asked = person(cast.office)
    .messages()
    .filter((m) => m.visibleText.includes('đề nghị xóa dữ liệu cá nhân'))
  expect(asked.map((m) => m.visibleText.includes('Lê Hoàng Phúc'))).toEqual([true])
  expect(await forge(stage, cast.office, 'erasure.agree', own)).toContain('không phải chính người gửi')
})

test('a reason with a secrecy mark is refused, and nothing is sent', async () => {
  const { view } = await ask(cast.lecturer, 'all', 'Theo quyết định MẬT số 3')
  expect(view?.errors?.reason).toContain('bản giấy cho Ban Chỉ huy')
  expect(person(cast.office).messages()).toEqual([])
})

test('a request that arrives again after its outcome, days later, asks nothing anew', async () => {
  await ask(cast.lecturer, 'name', 'Xin bỏ tên')
  await person(cast.office).click('Từ chối')
  await person(cast.office).fill({ 'Lý do từ chối': 'Cần cho hồ sơ' })
  await person(cast.office).submit()
  await sent()
  const before = person(cast.office).messages().length
  const form = stage.slack.deliveries.find(
    ({ payload }) => (payload as { view?: { callback_id?: string } }).view?.callback_id === 'erasure',
  )
  await stage.tick('2024-05-27T09:00:00+07:00')
  await stage.slack.deliver(form?.type as never, form?.payload as never, { retry: 1 } as never)
  await sent()
  expect(
    person(cast.office)
      .messages()
      .filter((m) => m.visibleText.includes('Xin bỏ tên')),
  ).toHaveLength(1)
  expect(before).toBeGreaterThan(0)
  expect((await say(cast.lecturer, '/thidua dulieu'))?.buttons).toContain('Đề nghị xóa')
})
