import { afterEach, beforeEach, expect, test } from 'vitest'
import { type JsonObject, objectsIn } from '../../../src/local-slack/json.js'
import type { MessageSnapshot } from '../../../src/local-slack/user/snapshot.js'
import { HANG_MS } from '../../helpers/until.js'
import { onStage } from '../on-stage.js'
import { cast, type Stage, setStage } from '../stage.js'

let stage: Stage
const { handIn, person, say, sent } = onStage(() => stage)
const unit = 'Khoa Điện – Điện tử'

beforeEach(async () => {
  stage = await setStage({ at: '2024-06-10T09:00:00+07:00' })
  await say(cast.board, '/thidua lich sơ kết 14/06/2024 tổng kết 20/12/2024')
  for (const who of [cast.head, cast.office, cast.lecturer]) await person(who).command('/thidua')
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

/** The rows of a message's table as texts, by their first cell. */
function rowsOf(message: MessageSnapshot | undefined): Map<string, string[]> {
  const table = message?.blocks.find((b) => b.type === 'data_table')
  const rows = (table?.rows ?? []) as JsonObject[][]
  return new Map(rows.map(([first, ...rest]) => [String(first?.text), rest.map((c) => String(c.text))]))
}

const nilForTheRest = async () => {
  await say(cast.head, '/thidua trangthai')
  await person(cast.head).click('nil.all', { in: 'message' })
  await person(cast.head).fill({ 'Lý do': 'Không có đợt nào' })
  await person(cast.head).submit()
  await person(cast.head).close()
  await sent()
}

test('the summary tells apart what waits, is confirmed, accepted and nil, by unit and by criterion, with a legend', async () => {
  for (const criterion of ['a1', 'a2', 'a3']) await handIn(`Huấn luyện ${criterion}`, criterion)
  for (let i = 0; i < 2; i++) {
    await person(cast.head).click('Xác nhận', { in: 'message' })
    await sent()
  }
  const before = await say(cast.board, '/thidua tonghop')
  const header = ['a (5)', 'b (6)', 'Chờ', 'Xác nhận', 'Duyệt', 'Không p.s.', 'Còn thiếu']
  expect(rowsOf(before).get('Đơn vị')).toEqual(header)
  expect(rowsOf(before).get(unit)?.slice(0, 6)).toEqual(['3', '0', '1', '2', '0', '0'])
  expect(before?.visibleText).toContain('Chờ: đã nộp, chờ trưởng đơn vị xác nhận')

  await say(cast.board, '/thidua duyet')
  await person(cast.board).click('Duyệt', { in: 'message' })
  await sent()
  await nilForTheRest()
  const after = await say(cast.board, '/thidua tonghop')
  expect(rowsOf(after).get(unit)).toEqual(['5', '6', '1', '1', '1', '8', 'chỉ còn báo cáo'])
  const criteria = await say(cast.board, '/thidua tonghop tiêu chí')
  expect(rowsOf(criteria).get('Tiêu chí')).toEqual(['Còn thiếu', 'Chờ', 'Xác nhận', 'Duyệt', 'Không p.s.'])
  const rows = [...rowsOf(criteria)].filter(([name]) => /^a[123] /.test(name))
  expect(rows.map(([, cells]) => cells.slice(1, 4).join(' ')).sort()).toEqual(['0 0 1', '0 1 0', '1 0 0'])
  expect(criteria?.visibleText).toContain('Duyệt: Ban Chỉ huy đã duyệt')
})

test('a unit that lacks only its report is counted and named alike everywhere', async () => {
  await handIn()
  await nilForTheRest()
  const owed = '21 đơn vị còn thiếu 231 tiêu chí, 1 đơn vị chỉ còn báo cáo'
  expect((await say(cast.board, '/thidua tonghop'))?.visibleText).toContain(`1/22 đơn vị đã đủ tiêu chí* · ${owed}`)
  await person(cast.board).openHome()
  expect(await stage.bot.homes.idle(HANG_MS)).toBe(true)
  expect(person(cast.board).home()?.visibleText).toContain(owed)
  const split = '21 đơn vị thiếu tiêu chí, 1 đơn vị chỉ còn báo cáo'
  const menu = await say(cast.board, '/thidua nhac')
  expect(menu?.visibleText).toContain(`*22 đơn vị* còn thiếu cho sơ kết (14/06/2024): ${split}`)

  await stage.tick('2024-06-13T08:00:00+07:00')
  const eve = person(cast.board)
    .messages()
    .find((m) => m.visibleText.includes('Còn 1 ngày làm việc đến sơ kết'))
  expect(eve?.visibleText).toContain(owed)
  await stage.tick('2024-06-17T08:00:00+07:00')
  const late = person(cast.office)
    .messages()
    .find((m) => m.visibleText.includes('đơn vị trễ'))
  expect(late?.visibleText).toContain(`*22 đơn vị trễ sơ kết (14/06/2024)*: ${split}`)
  await say(cast.board, '/thidua tonghop')
  const preview = await person(cast.board).click('Chốt sơ kết', { in: 'message' })
  expect(preview.messages.at(-1)?.visibleText).toContain(`22 đơn vị còn thiếu* (${split})`)

  await say(cast.head, '/thidua baocao')
  await person(cast.head).click('Gửi báo cáo', { in: 'message' })
  await sent()
  const sentOne = await say(cast.board, '/thidua tonghop')
  expect(sentOne?.visibleText).toContain('21 đơn vị còn thiếu 231 tiêu chí')
  expect(sentOne?.visibleText).not.toContain('chỉ còn báo cáo')
  expect(rowsOf(sentOne).get(unit)?.at(-1)).toBe('–')
})

test('a menu under the summary opens a unit, or a criterion and from there a unit', async () => {
  const shown = await say(cast.board, '/thidua tonghop')
  const select = shown?.blocks.flatMap((b) => objectsIn(b.elements)).find((e) => e.type === 'static_select')
  expect(objectsIn(select?.options)).toHaveLength(22)
  const opened = await person(cast.board).click('status.open', { in: 'message', choose: unit })
  expect(opened.messages.at(-1)?.visibleText).toContain(`${unit}\nĐã có`.replace('Đã có', '*Đã có 0/11'))
  await say(cast.board, '/thidua tonghop tiêu chí')
  const criterion = await person(cast.board).click('summary.criterion', {
    in: 'message',
    choose: 'a2 · Xây dựng Dân quân tự vệ',
  })
  expect(criterion.messages.at(-1)?.visibleText).toContain('22 đơn vị còn thiếu* a2')
  const again = await person(cast.board).click('status.open', { in: 'message', choose: unit })
  expect(again.messages.at(-1)?.visibleText).toContain('Đã có 0/11')

  await person(cast.board).openHome()
  await person(cast.board).click('Tổng hợp', { in: 'home' })
  await person(cast.board).click('status.open', { in: 'view', choose: unit })
  expect(person(cast.board).modal()?.visibleText).toContain('Đã có 0/11')
})
