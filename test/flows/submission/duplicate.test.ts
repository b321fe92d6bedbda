import { afterEach, beforeEach, expect, test } from 'vitest'
import { jpeg } from '../../files/samples.js'
import { onStage } from '../on-stage.js'
import { cast, type Stage, setStage } from '../stage.js'

let stage: Stage
const { handIn, last, person, say, sent } = onStage(() => stage)
const text = 'Khoa tổ chức dọn vệ sinh khuôn viên, 12 người tham gia'

beforeEach(async () => {
  stage = await setStage()
  for (const who of [cast.head, cast.lecturer, cast.board]) await person(who).command('/thidua')
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

test('nearly the same text of one unit, criterion and day is pointed out to author, head and Board, and hinders nothing', async () => {
  await handIn(text, 'a2')
  await handIn('Trực sẵn sàng chiến đấu', 'a2')
  await handIn(text, 'a3')
  expect(last(cast.lecturer)?.visibleText).not.toContain('Gần giống')
  await handIn(text.toUpperCase(), 'a2')
  const words = 'Gần giống TĐ-2024-000001 (cùng đơn vị, tiêu chí, ngày)'
  expect(last(cast.lecturer)?.visibleText).toContain(words)
  expect(last(cast.head)?.visibleText).toContain(words)
  await person(cast.head).click('Xem TĐ-2024-000001', { in: 'message' })
  expect(person(cast.head).modal()?.title).toBe('TĐ-2024-000001')
  await person(cast.head).close()
  for (let i = 0; i < 4; i++) {
    await person(cast.head).click('Xác nhận', { in: 'message' })
    await sent()
  }
  const desk = await say(cast.board, '/thidua duyet')
  expect(desk?.visibleText).toContain(words)
  expect(desk?.buttons).toContain('Xem TĐ-2024-000001')
})

test('the same photo is pointed out, whatever the text and the criterion', async () => {
  const photo = { name: 'anh.jpg', mimetype: 'image/jpeg', bytes: jpeg() }
  for (const [criterion, words] of [
    ['a2', 'Huấn luyện'],
    ['b1', 'Học chính trị'],
  ]) {
    await person(cast.lecturer).command(`/thidua nop ${criterion} ${words}`)
    await person(cast.lecturer).fill({ 'Ảnh, tệp minh chứng': [photo] as never })
    await person(cast.lecturer).submit()
    await person(cast.lecturer).close()
    await sent()
  }
  const request = person(cast.head)
    .messages()
    .find((m) => m.visibleText.includes('Học chính trị'))
  expect(request?.visibleText).toContain('Có ảnh, tệp trùng với TĐ-2024-000001')
})
