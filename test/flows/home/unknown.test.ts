import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { onStage } from '../on-stage.js'
import { cast, type Stage, setStage } from '../stage.js'

/** Text that is no command: nothing of it is lost, and what was done is offered to be handed in. */

let stage: Stage
const { last, person } = onStage(() => stage)
beforeEach(async () => {
  stage = await setStage()
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

const lecturer = () => person(cast.lecturer)
const field = (label: string) =>
  (
    lecturer()
      .modal()
      ?.fields.find((f) => f.label === label)?.value as { value?: string } | undefined
  )?.value
const sentence = 'Khoa đã tổ chức dọn vệ sinh, 12 người tham gia'

/** Leaves a draft of something else. */
async function oldDraft(): Promise<void> {
  await lecturer().command('/thidua nop a3')
  await lecturer().fill({ 'Kết quả': 'Trực lễ' })
  await lecturer().close()
}

test.each([
  ['a message', (text: string) => lecturer().say(text)],
  ['a command', (text: string) => lecturer().command(`/thidua ${text}`)],
])('a plain sentence as %s is offered to be handed in, beside an older draft', async (_, type) => {
  await oldDraft()
  await type(sentence)
  expect(last(cast.lecturer)?.visibleText).toContain('Nộp câu này làm minh chứng?')
  expect(last(cast.lecturer)?.visibleText).toContain(sentence)
  expect(last(cast.lecturer)?.buttons).toEqual(['Nộp câu này', 'Xem các lệnh', 'Viết tiếp bản nháp (a3 Trực lễ)'])
  const form = await lecturer().click('Nộp câu này')
  expect(field('Kết quả')).toBe(sentence)
  expect(form.view?.visibleText).not.toContain('bản nháp')
  await lecturer().fill({ 'Tiêu chí': 'a2' })
  expect((await lecturer().submit()).view?.visibleText).toContain('Đã nhận TĐ-2024-000001')
})

test.each([
  ['nopp a2 Huấn luyện 25/25 đạt 100%', 'Nộp minh chứng'],
  ['nộpp minh chứng a2 Huấn luyện 25/25 đạt 100%', 'Nộp minh chứng'],
])('“%s” carries the words after the misspelt command', async (typed, button) => {
  await oldDraft()
  await lecturer().command(`/thidua ${typed}`)
  const form = last(cast.lecturer)?.buttons.includes(button) ? await lecturer().click(button) : undefined
  expect(form?.view?.visibleText ?? '').not.toContain('bản nháp')
  expect(field('Kết quả')).toBe('Huấn luyện 25/25 đạt 100%')
  expect(
    JSON.stringify(
      lecturer()
        .modal()
        ?.fields.find((f) => f.label === 'Tiêu chí')?.value,
    ),
  ).toContain('a2')
})

test('other misspelt commands take their words along too', async () => {
  await person(cast.board).command('/thidua tonghp tổng kết')
  const shown = await person(cast.board).click('Tổng hợp')
  expect(shown.messages.at(-1)?.visibleText).toContain('Tổng hợp tổng kết')
  await person(cast.board).command('/thidua trang thaii Khoa Cơ khí')
  const status = await person(cast.board).click('Trạng thái đơn vị')
  expect(status.messages.at(-1)?.visibleText).toContain('Khoa Cơ khí')
})

test.each([
  ['a sentence', '', 'Nộp câu này'],
  ['the words after “nop”', 'nop ', 'Mở biểu mẫu'],
  ['the words after a misspelt “nop”', 'nopp ', 'Nộp minh chứng'],
])('%s longer than a button are kept whole, once', async (_, before, button) => {
  const long = `Khoa đã "tổ chức"\n${'dọn vệ sinh khuôn viên, 12 người; '.repeat(80)}xong`
  for (let time = 0; time < 2; time++) await lecturer().say(before + long)
  await lecturer().click(button)
  expect(field('Kết quả')).toBe(long)
  await lecturer().fill({ 'Tiêu chí': 'a2' })
  expect((await lecturer().submit()).view?.visibleText).toContain('Đã nhận')
  await lecturer().close()
  expect((await lecturer().command('/thidua')).messages.at(-1)?.buttons.join()).not.toContain('bản nháp')
})

test('a sentence longer than the form’s field is shown whole, and typing in the form does not cut what was kept', async () => {
  const long = `Khoa đã tổ chức ${'dọn vệ sinh khuôn viên, 12 người; '.repeat(200)}hết bài`
  await lecturer().say(long)
  const form = await lecturer().click('Nộp câu này')
  expect(field('Kết quả')).toBe(long.slice(0, 3000))
  expect(form.view?.visibleText).toContain('hết bài')
  await lecturer().fill({ 'Kết quả': 'Viết gọn lại' })
  await lecturer().close()
  const { default: Database } = await import('better-sqlite3')
  const db = new Database(path.join(stage.dir, 'thidua.db'), { readonly: true })
  const texts = (db.prepare('select content from draft').all() as { content: string }[]).map(
    ({ content }) => JSON.parse(content).text,
  )
  db.close()
  expect(texts.sort()).toEqual([long, 'Viết gọn lại'].sort())
})

test('a sentence that begins like a command is offered too, with what that command says', async () => {
  await lecturer().say('Nhắc nhở sinh viên giữ gìn vệ sinh, 40 em tham gia')
  expect(last(cast.lecturer)?.visibleText).toContain('Nộp câu này')
  await lecturer().say('Ngày 20/11 khoa đã tổ chức dọn vệ sinh')
  await lecturer().click('Nộp câu này')
  expect(field('Kết quả')).toBe('Ngày 20/11 khoa đã tổ chức dọn vệ sinh')
})

test('a person who hands in nothing is shown the commands', async () => {
  await person(cast.rector).say('Trường ta đã làm tốt')
  expect(last(cast.rector)?.visibleText).toContain('Chưa hiểu')
  expect(last(cast.rector)?.buttons).not.toContain('Nộp câu này')
})
