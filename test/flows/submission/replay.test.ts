import { afterEach, beforeEach, expect, test } from 'vitest'
import { onStage } from '../on-stage.js'
import { buttonValue, cast, forge, type Stage, setStage } from '../stage.js'

/** Requests that were valid arrive again after the state has changed. */

let stage: Stage
const { handIn, person, sent } = onStage(() => stage)
beforeEach(async () => {
  stage = await setStage()
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

async function editTo(text: string) {
  await person(cast.lecturer).click('Sửa')
  await person(cast.lecturer).fill({ 'Kết quả': text })
  await person(cast.lecturer).submit()
  await person(cast.lecturer).close()
  await sent()
}

/** Delivers the newest submitted form again. */
async function repeatForm(callback: string) {
  const form = (p: unknown) => p as { type?: string; view?: { callback_id?: string } }
  const delivery = [...stage.slack.deliveries]
    .reverse()
    .find(({ payload }) => form(payload).type === 'view_submission' && form(payload).view?.callback_id === callback)
  await stage.slack.deliver(delivery?.type as never, delivery?.payload as never, { retry: 1 } as never)
  await sent()
}

/** The state and the text of the only submission. */
async function standing() {
  const one = await stage.store.read(async (tx) => {
    const campaign = await tx.campaigns.current(stage.bot.workspaceId)
    return tx.submissions.byNumber(campaign?.id ?? '', 1)
  })
  return [one?.state, one?.text]
}

test('an old “Xác nhận” does not confirm a text that has changed since, and says who changed it', async () => {
  await handIn()
  const old = buttonValue(stage, 'submission.confirm')
  await person(cast.head).click('Xác nhận')
  await sent()
  await editTo('Huấn luyện 24/25')
  expect(await forge(stage, cast.head, 'submission.confirm', old)).toContain(
    'TĐ-2024-000001 vừa được Lê Hoàng Phúc sửa',
  )
  expect(await standing()).toEqual(['submitted', 'Huấn luyện 24/25'])
  await person(cast.head).click('Xác nhận')
  expect(await standing()).toEqual(['confirmed', 'Huấn luyện 24/25'])
})

test('a repeated return does not return what was submitted again since', async () => {
  await handIn()
  await person(cast.head).click('Trả lại')
  await person(cast.head).fill({ 'Lý do': 'Xin ghi số người' })
  await person(cast.head).submit()
  await sent()
  await person(cast.lecturer).click('Sửa và nộp lại')
  await person(cast.lecturer).fill({ 'Kết quả': '25 người, đạt 100%' })
  await person(cast.lecturer).submit()
  await sent()
  await repeatForm('submission.return')
  expect(await standing()).toEqual(['submitted', '25 người, đạt 100%'])
})

test('a repeated edit does not undo the head’s confirmation', async () => {
  await handIn()
  await editTo('Huấn luyện 24/25')
  await person(cast.head).click('Xác nhận')
  await sent()
  await repeatForm('submission')
  expect(await standing()).toEqual(['confirmed', 'Huấn luyện 24/25'])
})

/** What the audit log says was done, oldest first, without what the tests do before. */
const done = async (...names: string[]) =>
  (await stage.store.read((tx) => tx.audit.after(stage.bot.workspaceId, 0, 1000)))
    .map((r) => r.action)
    .filter((action) => names.includes(action))

test('a repeated “Không phát sinh” does not come back after it was undone', async () => {
  const head = person(cast.head)
  await head.command('/thidua trangthai')
  await head.click('Không phát sinh')
  await head.submit()
  await head.close()
  await head.command('/thidua trangthai')
  await head.click('Bỏ “Không phát sinh”')
  await repeatForm('nil')
  expect(await done('nil.said', 'nil.taken_back')).toEqual(['nil.said', 'nil.taken_back'])
})

test('a repeated absence does not come back after it was cancelled', async () => {
  const head = person(cast.head)
  await head.command('/thidua vang')
  await head.click('Báo vắng')
  await head.fill({ 'Từ ngày': '2024-06-10', 'Đến hết ngày': '2024-06-14' })
  await head.submit()
  await head.close()
  await head.command('/thidua vang')
  await head.click('Hủy')
  await repeatForm('absence')
  expect(await done('absence.told', 'absence.cancelled')).toEqual(['absence.told', 'absence.cancelled'])
})

test('a repeated date of a review does not undo a later one', async () => {
  const board = person(cast.board)
  await board.command('/thidua lich')
  await board.click('calendar.set')
  await board.fill({ 'Ngày sơ kết': '2024-06-28' })
  await board.submit()
  await board.close()
  await board.command('/thidua lich sơ kết 27/06/2024')
  await repeatForm('calendar')
  expect((await board.command('/thidua lich')).messages.at(-1)?.visibleText).toContain('27/06/2024')
})
