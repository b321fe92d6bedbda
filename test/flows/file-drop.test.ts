import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { jpeg, scan } from '../evidence/samples.js'
import { buttonValue, cast, forge, type Stage, setStage } from './stage.js'

let stage: Stage
beforeEach(async () => {
  stage = await setStage()
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

const person = (id: string) => stage.slack.as(id)
const last = (id: string) => person(id).messages().at(-1)
const sent = () => stage.bot.outbox.idle(5000)
const photo = (n: number) => ({
  name: `anh${n}.jpg`,
  mimetype: 'image/jpeg',
  bytes: jpeg({ picture: Buffer.concat([Buffer.alloc(1000, n), scan]) }),
})
const counts = () => stage.store.read((tx) => tx.attachments.counts())
const photosFirst = async (text = 'a2 Huấn luyện 25/25 đạt 100%') => {
  await person(cast.lecturer).say(text, { files: [photo(1), photo(2), photo(3)] })
  await sent()
}

describe('photos that are sent to the bot', () => {
  test('are fetched at once; the criterion is chosen after, and they come along', async () => {
    await photosFirst()
    expect(last(cast.lecturer)?.words).toContain('Đã nhận 3 ảnh')
    expect(last(cast.lecturer)?.words).toContain('✅ anh1.jpg')
    expect(await counts()).toMatchObject({ stored: 3, waiting: 0 })

    const form = await person(cast.lecturer).click('Chọn tiêu chí và nộp')
    expect(form.view?.words).toContain('Tệp đi kèm')
    expect(form.view?.words).toContain('anh3.jpg')
    const field = (label: string) => form.view?.fields.find((f) => f.label === label)?.value
    expect(field('Kết quả')).toMatchObject({ value: 'Huấn luyện 25/25 đạt 100%' })
    expect(field('Tiêu chí')).toMatchObject({ selected_option: { value: 'a2' } })
    await person(cast.lecturer).fill({ 'Thêm ảnh, tệp': [photo(4)] })
    const taken = await person(cast.lecturer).submit()
    expect(taken.view?.words).toContain('4 tệp: 3 đã lưu, 1 đang lưu')
    await sent()
    for (const n of [1, 2, 3, 4]) expect(last(cast.head)?.words).toContain(`✅ anh${n}.jpg`)
    const card = person(cast.lecturer)
      .messages()
      .find((m) => m.words.includes('Đã nộp cùng TĐ-2024-000001'))
    expect(card?.buttons).toEqual(['Xem'])
  })

  test('are handed in once, and only by whoever sent them', async () => {
    await photosFirst()
    const value = buttonValue(stage, 'drop.open')
    expect(await forge(stage, cast.head, 'drop.open', value)).toContain('Không có gì thay đổi')
    await person(cast.lecturer).click('Chọn tiêu chí và nộp')
    const stolen = person(cast.lecturer).modal()?.privateMetadata ?? ''
    await person(cast.lecturer).submit()
    await sent()
    // The head sends the same hidden data with a form of their own.
    await person(cast.head).command('/thidua nop a3 Trực 12/12 đủ 100%')
    const view = stage.slack.world.stacks.get(cast.head)?.at(-1)
    if (view) view.content.private_metadata = stolen
    const other = await person(cast.head).submit()
    expect(other.view?.words).toContain('Đã nhận TĐ-2024-000002')
    expect(other.view?.words).not.toContain('tệp:')
    await person(cast.lecturer).close()
    expect(await forge(stage, cast.lecturer, 'drop.open', value)).toContain('đã được nộp')
  })

  test('stay with the form that was closed, and come along when it is taken up again', async () => {
    await photosFirst('Huấn luyện 25/25 đạt 100%')
    await person(cast.lecturer).click('Chọn tiêu chí và nộp')
    await person(cast.lecturer).fill({ 'Tiêu chí': 'a2', 'Kết quả': 'Huấn luyện 25/25 người, đạt 100%' })
    await person(cast.lecturer).close()
    const again = await person(cast.lecturer).command('/thidua nop')
    expect(again.view?.words).toContain('anh1.jpg')
    await person(cast.lecturer).submit()
    await sent()
    expect(last(cast.head)?.words).toContain('25/25 người')
    expect(last(cast.head)?.words).toContain('✅ anh3.jpg')
  })

  test('whose event Slack repeats are taken once', async () => {
    await photosFirst()
    const event = stage.slack.deliveries.findLast((d) => d.type === 'events_api')
    await stage.slack.deliver('events_api', event?.payload ?? {})
    await sent()
    expect(await counts()).toMatchObject({ stored: 3 })
    expect(
      person(cast.lecturer)
        .messages()
        .filter((m) => m.words.includes('Đã nhận 3 ảnh')),
    ).toHaveLength(1)
  })

  test('are refused, and not stored, with the mark of a state secret beside them or in their names', async () => {
    await person(cast.lecturer).say('Kế hoạch TUYỆT MẬT', { files: [photo(1)] })
    await sent()
    expect(last(cast.lecturer)?.words).toContain('“TUYỆT MẬT”')
    await person(cast.lecturer).say('', { files: [{ ...photo(1), name: 'ke-hoach_TỐI_MẬT.jpg' }] })
    await sent()
    expect(last(cast.lecturer)?.words).toContain('Tên tệp có chữ “TỐI MẬT”')
    expect(stage.slack.downloads).toEqual([])
    expect(await counts()).toMatchObject({ stored: 0, waiting: 0 })
  })

  test('that cannot be stored say so on the card, and again when they are handed in', async () => {
    const page = { name: 'anh9.jpg', mimetype: 'image/jpeg', bytes: Buffer.from('<html><body>Sign in</body></html>') }
    await person(cast.lecturer).say('Huấn luyện 25/25 đạt 100%', { files: [photo(1), page] })
    await sent()
    expect(last(cast.lecturer)?.words).toContain('anh9.jpg · không lưu được: nhận được một trang web')
    await person(cast.lecturer).click('Chọn tiêu chí và nộp')
    await person(cast.lecturer).fill({ 'Tiêu chí': 'a2' })
    await person(cast.lecturer).submit()
    await sent()
    expect(last(cast.head)?.words).toContain('✅ anh1.jpg')
    expect(last(cast.head)?.words).toContain('↩️ anh9.jpg')
    expect(last(cast.lecturer)?.words).toContain('1 tệp không lưu được')
    expect(last(cast.lecturer)?.buttons).toEqual(['Gửi lại ảnh'])
  })

  test('that nobody hands in are let go after a month', async () => {
    await photosFirst()
    await stage.tick('2024-06-18T09:00:00+07:00')
    expect(await counts()).toMatchObject({ stored: 3 })
    await stage.tick('2024-06-20T09:00:00+07:00')
    expect(await counts()).toMatchObject({ stored: 0 })
    await person(cast.lecturer).click('Chọn tiêu chí và nộp')
    expect(last(cast.lecturer)?.words).toContain('quá 30 ngày')
  })

  test('of somebody who hands in nothing are not taken', async () => {
    await person(cast.rector).say('', { files: [photo(1)] })
    await sent()
    expect(last(cast.rector)?.words).toContain('chưa thuộc đơn vị nào')
    expect(stage.slack.downloads).toEqual([])
  })
})

describe('the shortcut in a message’s menu', () => {
  test('opens the form at once, with the words and the photos of anybody’s message', async () => {
    const channel = 'C0CHUNG'
    await person(cast.head).say('Huấn luyện <#C1|doan> 25/25 đạt 100% &amp; an toàn', { channel, files: [photo(1)] })
    const opened = await person(cast.lecturer).shortcut('Dùng làm minh chứng', { channel })
    expect(opened.view?.fields.find((f) => f.label === 'Kết quả')?.value).toMatchObject({
      value: 'Huấn luyện #doan 25/25 đạt 100% & an toàn',
    })
    expect(opened.view?.words).toContain('anh1.jpg')
    await person(cast.lecturer).fill({ 'Tiêu chí': 'a2' })
    await person(cast.lecturer).submit()
    await sent()
    expect(last(cast.head)?.words).toContain('✅ anh1.jpg')
  })

  test('works on words alone', async () => {
    const channel = 'C0CHUNG'
    await person(cast.head).say('Trực sẵn sàng chiến đấu 12/12 ca, đủ 100%', { channel })
    await person(cast.lecturer).shortcut('Dùng làm minh chứng', { channel })
    await person(cast.lecturer).fill({ 'Tiêu chí': 'a3' })
    const taken = await person(cast.lecturer).submit()
    expect(taken.view?.words).toContain('Đã nhận TĐ-2024-000001')
  })

  test('says what to do where the bot is not let at the file', async () => {
    const channel = 'C0CHUNG'
    stage.slack.failDownload({ status: 403, times: 9 })
    await person(cast.head).say('Huấn luyện 25/25 đạt 100%', { channel, files: [photo(1)] })
    await person(cast.lecturer).shortcut('Dùng làm minh chứng', { channel })
    await person(cast.lecturer).fill({ 'Tiêu chí': 'a2' })
    await person(cast.lecturer).submit()
    await sent()
    const words = person(cast.lecturer)
      .messages()
      .map((m) => m.words)
    expect(words.join()).toContain('xin gửi thẳng tệp vào tin nhắn riêng với bot')
  })
})
