import { afterEach, beforeEach, expect, test } from 'vitest'
import { objectsIn } from '../../../src/local-slack/json.js'
import { HANG_MS } from '../../helpers/until.js'
import { onStage } from '../on-stage.js'
import { cast, forge, handInMany, type Stage, setStage } from '../stage.js'

let stage: Stage
const { handIn, holding, lastText, person, say, sent } = onStage(() => stage)
const unit = 'Khoa Điện – Điện tử'

beforeEach(async () => {
  stage = await setStage()
  for (const who of [cast.head, cast.lecturer, cast.board]) await person(who).command('/thidua')
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
const give = async (n: number, from = 1) => {
  await handInMany(
    stage,
    cast.lecturer,
    'a2',
    Array.from({ length: n }, (_, i) => `Buổi huấn luyện ${i + from}`),
  )
  stage.bot.outbox.kick()
  await sent()
}

test('a head confirms all that waits on the home; what came since stays and is named', async () => {
  await give(7)
  expect(await home(cast.head)).toContain('7 minh chứng chờ')
  const element = person(cast.head)
    .home()
    ?.buttons.find((b) => b.startsWith('Xác nhận tất cả'))
  expect(element).toBe('Xác nhận tất cả (7)')
  const stale = JSON.stringify(person(cast.head).home()?.blocks)
  expect(stale).toContain(`Xác nhận cả 7 minh chứng đang chờ của ${unit}?`)
  const elements = person(cast.head)
    .home()
    ?.blocks.flatMap((b) => objectsIn(b.elements))
    .filter((e) => String(e.action_id).startsWith('waiting.confirm_all'))
  const value = String(elements?.[0]?.value)
  // One more arrives after the home was drawn, and one of the seven is edited.
  await give(1, 8)
  await person(cast.lecturer).click('Sửa', { in: 'message', nth: 3 })
  await person(cast.lecturer).fill({ 'Kết quả': 'Buổi huấn luyện đã sửa' })
  await person(cast.lecturer).submit()
  await person(cast.lecturer).close()
  await sent()
  await forge(stage, cast.head, 'waiting.confirm_all', value)
  await sent()
  expect(person(cast.head).modal()?.visibleText).toContain('Đã xác nhận 6 minh chứng')
  expect(person(cast.head).modal()?.visibleText).toMatch(/Mới nộp hoặc mới sửa.*TĐ-2024-000008/)
  expect(await home(cast.head)).toContain('2 minh chứng chờ')
  expect(holding(cast.lecturer, 'đã được xác nhận')).toHaveLength(6)

  expect(await forge(stage, cast.lecturer, 'waiting.confirm_all', value)).toContain('Chỉ trưởng đơn vị')
})

test('a head confirms all on the unit’s card, which is shown again', async () => {
  await give(3)
  await say(cast.head, '/thidua trangthai')
  const after = await person(cast.head).click('Xác nhận tất cả (3)', { in: 'message' })
  expect(after.messages.find((m) => m.ephemeral)?.visibleText).toContain('Đã xác nhận 3 minh chứng')
  expect(after.messages.find((m) => m.ephemeral)?.buttons.join()).not.toContain('Xác nhận tất cả')
  await sent()
  expect((await say(cast.board, '/thidua tonghop'))?.visibleText).not.toContain('chờ trưởng đơn vị xác nhận\n')
})

test('a head takes a confirmation back until the Board accepts; author, counts, desk and history follow', async () => {
  await handIn()
  await person(cast.head).click('Xác nhận', { in: 'message' })
  await sent()
  expect((await say(cast.board, '/thidua duyet'))?.visibleText).toContain('1 minh chứng chờ duyệt')
  await person(cast.head).click('Bỏ xác nhận', { in: 'message' })
  await sent()
  expect(lastText(cast.lecturer)).toContain('TĐ-2024-000001 được bỏ xác nhận, chờ xác nhận lại* – Nguyễn Văn Khánh')
  expect((await say(cast.board, '/thidua duyet'))?.visibleText).toContain('Không còn minh chứng nào chờ duyệt')
  expect(await home(cast.head)).toContain('1 minh chứng chờ Thầy/Cô xác nhận')
  expect((await say(cast.head, '/thidua nhatky 1'))?.visibleText).toContain('bỏ xác nhận')
  expect((await say(cast.head, '/thidua nhatky 1'))?.visibleText).not.toMatch(/\*sửa\*/)
  // The request offers to confirm again; the page of the submission offers to take it back.
  await person(cast.head).click('Xác nhận', { in: 'home' })
  await sent()
  await say(cast.head, '/thidua tim TĐ-2024-000001')
  await person(cast.head).click('Xem', { in: 'message' })
  expect(person(cast.head).modal()?.buttons).toContain('Bỏ xác nhận')
  await person(cast.head).close()
  await say(cast.board, '/thidua duyet')
  await person(cast.board).click('Duyệt', { in: 'message' })
  await sent()
  const id = /"id\\*":\\*"([0-9a-f-]{36})/.exec(JSON.stringify(person(cast.head).messages()))?.[1]
  expect(await forge(stage, cast.head, 'submission.unconfirm', JSON.stringify({ id }))).toContain('đã duyệt')
  expect(await forge(stage, cast.lecturer, 'submission.unconfirm', JSON.stringify({ id }))).toContain('Chỉ trưởng')
})

test('the Board accepts all of a unit with one question; what was confirmed since stays', async () => {
  await give(7)
  await say(cast.head, '/thidua trangthai')
  await person(cast.head).click('Xác nhận tất cả (7)', { in: 'message' })
  await sent()
  const desk = await say(cast.board, `/thidua duyet ${unit}`)
  expect(JSON.stringify(desk?.blocks)).toContain(`Duyệt cả 7 minh chứng đang chờ của ${unit}?`)
  await handIn('Trực sẵn sàng chiến đấu', 'a3')
  await person(cast.head).click('Xác nhận', { in: 'message' })
  await sent()
  const after = await person(cast.board).click('Duyệt tất cả của đơn vị (7)', { in: 'message' })
  const card = after.messages.find((m) => m.ephemeral)
  expect(card?.visibleText).toContain('Đã duyệt 7 minh chứng')
  expect(card?.visibleText).toContain('1 minh chứng mới có sau khi Thầy/Cô xem')
  expect(card?.visibleText).toContain('Trực sẵn sàng chiến đấu')
  await sent()
  expect(holding(cast.lecturer, 'đã được duyệt')).toHaveLength(7)
  expect((await say(cast.board, '/thidua duyet'))?.buttons.join()).not.toContain('Duyệt tất cả của đơn vị')
})
