import { afterEach, beforeEach, expect, test } from 'vitest'
import { verifyCounts } from '../../../src/core/progress/tally.js'
import { onStage } from '../on-stage.js'
import { cast, forge, type Stage, setStage } from '../stage.js'

let stage: Stage
const { person, say } = onStage(() => stage)
beforeEach(async () => {
  stage = await setStage()
})
afterEach(async () => {
  const wrong = await stage.store.read(async (tx) => {
    const campaign = await tx.campaigns.current(stage.bot.workspaceId)
    return campaign ? verifyCounts(tx, campaign) : ['no campaign']
  })
  expect(wrong).toEqual([])
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

async function record(rest = 'Khoa Cơ khí a3', fields: Record<string, string> = {}) {
  await person(cast.board).command(`/thidua bản giấy ${rest}`)
  await person(cast.board).fill(fields)
  return person(cast.board).submit()
}

test('a paper receipt of the Command Board counts as evidence of the unit everywhere, with its date', async () => {
  const { view } = await record('Khoa Cơ khí a3', { 'Ngày nhận': '2024-05-17' })
  expect(view?.visibleText).toContain('Đã nhận bản giấy* · Khoa Cơ khí · a3')
  expect(view?.visibleText).toContain('17/05/2024')
  expect(view?.visibleText).toContain('Đơn vị đã có 1/11 tiêu chí')
  const status = await say(cast.board, '/thidua trangthai Khoa Cơ khí')
  expect(status?.visibleText).toContain('Đã có 1/11 tiêu chí')
  expect(status?.visibleText).toMatch(/✅ \*a3\* · [^\n]* – bản giấy \(nhận 17\/05\/2024\)/)
  expect((await say(cast.board, '/thidua tonghop'))?.visibleText).toContain(
    'Khoa Cơ khí | 1 | 0 | 0 | 0 | 1 | 0 | a1 a2 a4 a5',
  )
  expect((await say(cast.board, '/thidua tonghop tiêu chí'))?.visibleText).toMatch(
    /a3 · [^|]* \| 21 \| 0 \| 0 \| 1 \| 0 \| 1/,
  )
  expect((await say(cast.board, '/thidua tonghop a3'))?.visibleText).not.toContain('Khoa Cơ khí')
})

test('the form has fields for the unit, the criterion and the date only', async () => {
  const opened = await person(cast.board).command('/thidua bangiay')
  expect(opened.view?.fields.map((f) => f.label)).toEqual(['Đơn vị', 'Tiêu chí', 'Ngày nhận'])
  expect(opened.view?.visibleText).toContain('Không ghi nội dung, trích yếu, số hay độ mật')
  await person(cast.board).fill({ 'Đơn vị': 'Khoa Cơ khí', 'Tiêu chí': 'a2', 'Ngày nhận': '2024-05-21' })
  const late = await person(cast.board).submit()
  expect(late.view?.errors?.date).toContain('đến hôm nay (20/05/2024)')
  await person(cast.board).fill({ 'Ngày nhận': '2023-12-31' })
  expect((await person(cast.board).submit()).view?.errors?.date).toContain('01/01/2024')
  await person(cast.board).fill({ 'Ngày nhận': '2024-05-20' })
  expect((await person(cast.board).submit()).view?.title).toBe('Đã ghi nhận')
})

test('the same paper receipt twice is stored once; withdrawn, the criterion is missing again', async () => {
  await record()
  await person(cast.board).close()
  await record()
  await person(cast.board).close()
  await say(cast.board, '/thidua trangthai Khoa Cơ khí')
  const cell = await person(cast.board).click('Xem')
  expect(cell.view?.visibleText.match(/Bản giấy/g)).toHaveLength(1)
  expect(cell.view?.visibleText).toContain('Trần Quốc Hùng')
  const after = await person(cast.board).click('Bỏ ghi nhận')
  expect(after.view?.visibleText).toContain('Chưa có minh chứng nào')
  await person(cast.board).close()
  expect((await say(cast.board, '/thidua trangthai Khoa Cơ khí'))?.visibleText).toContain('Đã có 0/11')
  const log = (await say(cast.board, '/thidua nhatky'))?.visibleText ?? ''
  expect(log.match(/Khoa Cơ khí\* – nhận bản giấy: a3, nhận ngày 20\/05\/2024/g)).toHaveLength(1)
  expect(log).toContain('bỏ ghi nhận bản giấy: a3')
})

test('a unit with a paper receipt needs no nil report, and its head sees the receipt without a button to withdraw it', async () => {
  await record('Khoa Điện a3')
  await person(cast.board).close()
  const status = await say(cast.head, '/thidua trangthai')
  expect(status?.buttons.filter((b) => b === 'Không phát sinh')).toHaveLength(10)
  expect(status?.buttons).not.toContain('Đã nhận bản giấy')
  const cell = await person(cast.head).click('Xem')
  expect(cell.view?.visibleText).toContain('Bản giấy')
  expect(cell.view?.buttons).not.toContain('Bỏ ghi nhận')
})

test('the button in a unit’s status records a paper receipt of that unit', async () => {
  await say(cast.board, '/thidua trangthai Khoa Cơ khí')
  const opened = await person(cast.board).click('Đã nhận bản giấy')
  expect(opened.view?.visibleText).toContain('Đơn vị: Khoa Cơ khí')
  await person(cast.board).fill({ 'Tiêu chí': 'b1' })
  expect((await person(cast.board).submit()).view?.visibleText).toContain('Khoa Cơ khí · b1')
})

test('only the Command Board records and withdraws paper receipts, also against forged requests', async () => {
  await record()
  await person(cast.board).close()
  const unit = (await stage.store.read((tx) => tx.units.list(stage.bot.workspaceId))).find((u) => u.code === 'KCK')
  const receipt = JSON.stringify({ unit: unit?.id, criterion: 'a3', on: '2024-05-20' })
  await say(cast.office, '/thidua')
  for (const id of [cast.office, cast.head, cast.rector, cast.admin]) {
    expect((await say(id, '/thidua bangiay'))?.visibleText).toContain('Chỉ Ban Chỉ huy quân sự')
    expect(await forge(stage, id, 'paper.undo', receipt)).toContain('Chỉ Ban Chỉ huy quân sự')
    expect(await forge(stage, id, 'paper.new', '{}')).toContain('Chỉ Ban Chỉ huy quân sự')
  }
  expect(await forge(stage, cast.board, 'paper.undo', JSON.stringify({ unit: 'x', criterion: 'a3' }))).toContain(
    'đã cũ',
  )
  expect((await say(cast.board, '/thidua trangthai Khoa Cơ khí'))?.visibleText).toContain('Đã có 1/11')
})
