import { afterEach, beforeEach, expect, test } from 'vitest'
import { onStage } from '../on-stage.js'
import { cast, type Stage, setStage } from '../stage.js'

/** Looking things up by words: one criterion, one unit's log, a search that finds nothing; a setting is asked about first. */

let stage: Stage
const { handIn, person, say } = onStage(() => stage)
beforeEach(async () => {
  stage = await setStage({ admins: [cast.admin] })
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

test('one criterion is shown with its wording and how the reader’s unit stands', async () => {
  await handIn()
  const shown = await say(cast.head, '/thidua tieuchi a2')
  expect(shown?.visibleText).toContain('a2 · Xây dựng Dân quân tự vệ')
  expect(shown?.visibleText).toContain('Tập trung xây dựng lực lượng Dân quân tự vệ đạt chỉ tiêu')
  expect(shown?.visibleText).not.toContain('a1 · ')
  expect(shown?.visibleText).toContain('Khoa Điện – Điện tử')
  expect(shown?.visibleText).toMatch(/🕓 .*a2/)
  expect(shown?.buttons).toEqual(['Xem', 'Tất cả tiêu chí'])
  const board = await say(cast.board, '/thidua tiêu chí A2')
  expect(board?.buttons.slice(-2)).toEqual(['Các đơn vị', 'Tất cả tiêu chí'])
  expect((await person(cast.board).click('Các đơn vị')).messages.at(-1)?.visibleText).toContain('a2')
  const words = await say(cast.lecturer, '/thidua tieuchi dan quan tu ve')
  expect(words?.visibleText).toContain('a2 · ')
  expect(words?.visibleText).not.toContain('b6 · ')
  const group = await say(cast.lecturer, '/thidua tieuchi nhóm b')
  expect(group?.visibleText).toContain('b6 · ')
  expect(group?.visibleText).not.toContain('a2 · ')
  expect((await say(cast.lecturer, '/thidua tieuchi z9'))?.visibleText).toContain('Không có tiêu chí “z9”')
  expect((await say(cast.lecturer, '/thidua tieuchi'))?.visibleText).toContain('b6 · ')
})

test('a unit’s log is shown to its leaders and to those who see everything, without a row for each stored file', async () => {
  const photo = (n: number) => ({ name: `a${n}.jpg`, mimetype: 'image/jpeg', bytes: Buffer.from(`not a photo ${n}`) })
  await person(cast.lecturer).say('Huấn luyện', { files: [photo(1), photo(2)] })
  await stage.sent()
  await handIn()
  for (const who of [cast.board, cast.office, cast.head]) {
    const log = await say(who, '/thidua nhatky Khoa Điện – Điện tử')
    expect(log?.visibleText).toContain('Nhật ký · Khoa Điện – Điện tử')
    expect(log?.visibleText).toContain('TĐ-2024-000001')
    expect(log?.visibleText).not.toContain('lưu xong một tệp')
  }
  expect((await say(cast.board, '/thidua nhatky KDDT'))?.visibleText).toContain('TĐ-2024-000001')
  expect((await say(cast.board, '/thidua nhatky Khoa Cơ khí'))?.visibleText).not.toContain('TĐ-2024-000001')
  expect((await say(cast.head, '/thidua nhatky Khoa Cơ khí'))?.visibleText).toContain('không dành cho vai trò')
  expect((await say(cast.board, '/thidua nhatky 1'))?.visibleText).toContain('Lịch sử TĐ-2024-000001')
  expect((await say(cast.board, '/thidua nhatky qqqqqq'))?.visibleText).toContain('cũng không phải tên đơn vị')
})

test('a search says why it found nothing, and offers it without its filter', async () => {
  await handIn()
  const unknown = await say(cast.head, '/thidua tim huấn luyện xyzt')
  expect(unknown?.visibleText).toContain('Không minh chứng nào có “xyzt”')
  const filtered = await say(cast.head, '/thidua tim đã duyệt huấn luyện')
  expect(filtered?.visibleText).toContain('Có 1 minh chứng với các từ này, nhưng ở trạng thái hoặc ngày khác')
  const all = await person(cast.head).click('Bỏ lọc trạng thái, ngày')
  expect(all.messages.at(-1)?.visibleText).toContain('1 kết quả')
  expect((await say(cast.head, '/thidua tim chờ xác nhận'))?.visibleText).toContain('TĐ-2024-000001')
})

test('a setting is changed only after a question that names the change', async () => {
  const shown = await say(cast.admin, '/thidua caidat')
  const asked = JSON.stringify(shown?.blocks)
  for (const label of ['Bỏ bắt buộc', 'Bật gợi ý', 'Tắt nhắc báo cáo']) {
    const button = shown?.blocks.map((b) => b.accessory as { text: { text: string }; confirm?: unknown } | undefined)
    expect(button?.find((b) => b?.text.text === label)?.confirm).toBeDefined()
  }
  expect(asked).toContain('Trưởng đơn vị xác nhận trước – sẽ đổi thành “Không bắt buộc')
})
