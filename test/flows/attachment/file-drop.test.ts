import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eraseName } from '../../../src/core/privacy/erase.js'
import { jpeg } from '../../files/samples.js'
import { onStage } from '../on-stage.js'
import { buttonValue, cast, forge, type Stage, setStage } from '../stage.js'

let stage: Stage
const { last, person, sent } = onStage(() => stage)
beforeEach(async () => {
  stage = await setStage()
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

const photo = (n: number) => ({
  name: `anh${n}.jpg`,
  mimetype: 'image/jpeg',
  bytes: jpeg({ id: n }),
})
const counts = () => stage.store.read((tx) => tx.attachments.counts())
const photosFirst = async (text = 'a2 Huấn luyện 25/25 đạt 100%') => {
  await person(cast.lecturer).say(text, { files: [photo(1), photo(2), photo(3)] })
  await sent()
}

describe('photos that are sent to the bot', () => {
  test('are fetched at once and attached to the submission whose criterion is chosen later', async () => {
    await photosFirst()
    expect(last(cast.lecturer)?.visibleText).toContain('Đã nhận 3 ảnh')
    expect(last(cast.lecturer)?.visibleText).toContain('✅ anh1.jpg')
    expect(await counts()).toMatchObject({ stored: 3, waiting: 0 })

    const form = await person(cast.lecturer).click('Chọn tiêu chí và nộp')
    expect(form.view?.visibleText).toContain('Tệp đi kèm')
    expect(form.view?.visibleText).toContain('anh3.jpg')
    const field = (label: string) => form.view?.fields.find((f) => f.label === label)?.value
    expect(field('Kết quả')).toMatchObject({ value: 'Huấn luyện 25/25 đạt 100%' })
    expect(field('Tiêu chí')).toMatchObject({ selected_option: { value: 'a2' } })
    await person(cast.lecturer).fill({ 'Thêm ảnh, tệp': [photo(4)] })
    const taken = await person(cast.lecturer).submit()
    expect(taken.view?.visibleText).toContain('4 tệp: 3 đã lưu, 1 đang lưu')
    await sent()
    for (const n of [1, 2, 3, 4]) expect(last(cast.head)?.visibleText).toContain(`✅ anh${n}.jpg`)
    const card = person(cast.lecturer)
      .messages()
      .find((m) => m.visibleText.includes('Đã nộp cùng TĐ-2024-000001'))
    expect(card?.buttons).toEqual(['Xem'])
  })

  test('are acknowledged to Slack after they are stored, not before', async () => {
    const { workspace, actions } = stage.slack
    const [channel, ts] = [`D${cast.lecturer.slice(1)}`, workspace.newTs()]
    const files = [actions.upload(cast.lecturer, photo(1))]
    const event = {
      type: 'message',
      subtype: 'file_share',
      channel,
      channel_type: 'im',
      user: cast.lecturer,
      ts,
      files,
    }
    // The bot does not know this person yet and has to look them up in Slack first.
    const answer = await actions.event({ ...event, text: 'a2 Huấn luyện' })
    expect(answer.status).toBe(200)
    const { waiting, stored } = await counts()
    expect(waiting + stored).toBe(1)
    await sent()

    // Sent again, as after a lost response: stored once, and not skipped because a killed bot had marked the event as processed.
    const seen = (id: string) =>
      stage.store.write((tx) => tx.processedEvents.firstTime(stage.bot.workspaceId, `event:${id}`, stage.now()))
    await seen('Ev0DIED')
    await actions.event({ ...event, text: 'a3' }, { eventId: 'Ev0DIED' })
    await actions.event({ ...event, text: 'a3' }, { eventId: 'Ev0DIED', retry: { num: 1, reason: 'http_timeout' } })
    await sent()
    expect(await counts()).toMatchObject({ waiting: 0, stored: 2 })
  })

  test('are submitted once, and only by the person who sent them', async () => {
    await photosFirst()
    const value = buttonValue(stage, 'drop.open')
    expect(await forge(stage, cast.head, 'drop.open', value)).toMatch(/của người khác|Không tìm thấy/)
    await person(cast.lecturer).click('Chọn tiêu chí và nộp')
    const stolen = person(cast.lecturer).modal()?.privateMetadata ?? ''
    await person(cast.lecturer).submit()
    await sent()
    // The head submits a form of their own with the same hidden data.
    await person(cast.head).command('/thidua nop a3 Trực 12/12 đủ 100%')
    const view = stage.slack.workspace.stacks.get(cast.head)?.at(-1)
    if (view) view.content.private_metadata = stolen
    const other = await person(cast.head).submit()
    expect(other.view?.visibleText).toContain('Đã nhận TĐ-2024-000002')
    expect(other.view?.visibleText).not.toContain('tệp:')
    await person(cast.lecturer).close()
    expect(await forge(stage, cast.lecturer, 'drop.open', value)).toContain('đã được nộp')
  })

  test('stay with a closed form and are attached when its draft is reopened', async () => {
    await photosFirst('Huấn luyện 25/25 đạt 100%')
    await person(cast.lecturer).click('Chọn tiêu chí và nộp')
    await person(cast.lecturer).fill({ 'Tiêu chí': 'a2', 'Kết quả': 'Huấn luyện 25/25 người, đạt 100%' })
    await person(cast.lecturer).close()
    const again = await person(cast.lecturer).command('/thidua nop')
    expect(again.view?.visibleText).toContain('anh1.jpg')
    await person(cast.lecturer).submit()
    await sent()
    expect(last(cast.head)?.visibleText).toContain('25/25 người')
    expect(last(cast.head)?.visibleText).toContain('✅ anh3.jpg')
  })

  test('are taken once when Slack repeats the event', async () => {
    await photosFirst()
    const event = stage.slack.deliveries.findLast((d) => d.type === 'events_api')
    await stage.slack.deliver('events_api', event?.payload ?? {})
    await sent()
    expect(await counts()).toMatchObject({ stored: 3 })
    expect(
      person(cast.lecturer)
        .messages()
        .filter((m) => m.visibleText.includes('Đã nhận 3 ảnh')),
    ).toHaveLength(1)
  })

  test('are refused and not stored with a secrecy mark in the text or in a file name', async () => {
    await person(cast.lecturer).say('Kế hoạch TUYỆT MẬT', { files: [photo(1)] })
    await sent()
    expect(last(cast.lecturer)?.visibleText).toContain('“TUYỆT MẬT”')
    await person(cast.lecturer).say('', { files: [{ ...photo(1), name: 'ke-hoach_TỐI_MẬT.jpg' }] })
    await sent()
    expect(last(cast.lecturer)?.visibleText).toContain('Tên tệp có chữ “TỐI MẬT”')
    expect(stage.slack.downloads).toEqual([])
    expect(await counts()).toMatchObject({ stored: 0, waiting: 0 })
  })

  test('are marked on the card when they cannot be stored, and again when they are submitted', async () => {
    const page = { name: 'anh9.jpg', mimetype: 'image/jpeg', bytes: Buffer.from('<html><body>Sign in</body></html>') }
    await person(cast.lecturer).say('Huấn luyện 25/25 đạt 100%', { files: [photo(1), page] })
    await sent()
    expect(last(cast.lecturer)?.visibleText).toContain('anh9.jpg · không lưu được: nội dung là trang web')
    await person(cast.lecturer).click('Chọn tiêu chí và nộp')
    await person(cast.lecturer).fill({ 'Tiêu chí': 'a2' })
    await person(cast.lecturer).submit()
    await sent()
    expect(last(cast.head)?.visibleText).toContain('✅ anh1.jpg')
    expect(last(cast.head)?.visibleText).toContain('⬜ anh9.jpg')
    expect(last(cast.lecturer)?.visibleText).toContain('1 tệp không lưu được')
    expect(last(cast.lecturer)?.buttons).toEqual(['Gửi lại ảnh'])
  })

  test('are deleted after a month when they are not submitted', async () => {
    await photosFirst()
    await stage.tick('2024-06-18T09:00:00+07:00')
    expect(await counts()).toMatchObject({ stored: 3 })
    await stage.tick('2024-06-20T09:00:00+07:00')
    expect(await counts()).toMatchObject({ stored: 0 })
    await person(cast.lecturer).click('Chọn tiêu chí và nộp')
    expect(last(cast.lecturer)?.visibleText).toContain('quá 30 ngày')
  })

  test('are not taken from a person who belongs to no unit', async () => {
    await person(cast.rector).say('', { files: [photo(1)] })
    await sent()
    expect(last(cast.rector)?.visibleText).toContain('chưa thuộc đơn vị nào')
    expect(stage.slack.downloads).toEqual([])
  })
})

describe('a person whose data is erased', () => {
  /** Rows of the whole database that still name an account or a person. */
  const naming = (id: string, table: string) => {
    const db = new Database(stage.databaseUrl.replace('file:', ''), { readonly: true })
    const rows = db.prepare(`select * from "${table}"`).all() as object[]
    db.close()
    return rows.filter((row) => JSON.stringify(row).includes(id))
  }
  const idOf = async (account: string) =>
    (await stage.store.read((tx) => tx.accounts.byExternalId(stage.bot.workspaceId, 'slack', account)))?.personId ?? ''

  test('loses the files that were dropped and never submitted', async () => {
    await photosFirst('Huấn luyện của tôi 25/25')
    const { workspaceId } = stage.bot
    const personId = await idOf(cast.lecturer)
    await stage.store.write((tx) => tx.personalData.dropDrafts(workspaceId, personId))
    expect(naming('Huấn luyện của tôi', 'file_drop')).toEqual([])
    expect(await counts()).toMatchObject({ stored: 0, removed: 3 })
    await person(cast.lecturer).click('Chọn tiêu chí và nộp')
    expect(last(cast.lecturer)?.visibleText).toContain('quá 30 ngày')
  })

  test('is no longer named on the files of their submissions, which stay', async () => {
    stage.slack.failDownload({ status: 500, times: 99, file: 'anh4.jpg' })
    await photosFirst()
    await person(cast.lecturer).click('Chọn tiêu chí và nộp')
    await person(cast.lecturer).fill({ 'Thêm ảnh, tệp': [photo(4)] })
    await person(cast.lecturer).submit()
    await sent()
    const { workspaceId } = stage.bot
    const personId = await idOf(cast.lecturer)
    const standIn = { id: 'STANDIN', fullName: 'Viên chức X', email: null }
    const known = await stage.store.read((tx) => tx.people.byId(workspaceId, personId))
    if (!known) throw new Error('nobody')
    await stage.store.write((tx) => eraseName({ tx, workspaceId, now: stage.now() }, known, { ...known, ...standIn }))
    for (const table of ['attachment', 'file_drop']) expect(naming(personId, table)).toEqual([])
    expect(naming('attachment.fetch', 'outbox').filter((r) => JSON.stringify(r).includes(personId))).toEqual([])
    stage.slack.clearFaults()
    stage.setClock('2024-05-20T09:10:00+07:00')
    await sent()
    expect(await counts()).toMatchObject({ stored: 4, waiting: 0 })
  })
})

describe('the shortcut in a message’s menu', () => {
  test('opens the form at once with the text and the photos of any person’s message', async () => {
    const channel = 'C0CHUNG'
    await person(cast.head).say('Huấn luyện <#C1|doan> 25/25 đạt 100% &amp; an toàn', { channel, files: [photo(1)] })
    const opened = await person(cast.lecturer).shortcut('Dùng làm minh chứng', { channel })
    expect(opened.view?.fields.find((f) => f.label === 'Kết quả')?.value).toMatchObject({
      value: 'Huấn luyện #doan 25/25 đạt 100% & an toàn',
    })
    expect(opened.view?.visibleText).toContain('anh1.jpg')
    await person(cast.lecturer).fill({ 'Tiêu chí': 'a2' })
    await person(cast.lecturer).submit()
    await sent()
    expect(last(cast.head)?.visibleText).toContain('✅ anh1.jpg')
  })

  test('works on a message without files', async () => {
    const channel = 'C0CHUNG'
    await person(cast.head).say('Trực sẵn sàng chiến đấu 12/12 ca, đủ 100%', { channel })
    await person(cast.lecturer).shortcut('Dùng làm minh chứng', { channel })
    await person(cast.lecturer).fill({ 'Tiêu chí': 'a3' })
    const taken = await person(cast.lecturer).submit()
    expect(taken.view?.visibleText).toContain('Đã nhận TĐ-2024-000001')
  })

  test('says what to do when the bot has no access to the file', async () => {
    const channel = 'C0CHUNG'
    stage.slack.failDownload({ status: 403, times: 9 })
    await person(cast.head).say('Huấn luyện 25/25 đạt 100%', { channel, files: [photo(1)] })
    await person(cast.lecturer).shortcut('Dùng làm minh chứng', { channel })
    await person(cast.lecturer).fill({ 'Tiêu chí': 'a2' })
    await person(cast.lecturer).submit()
    await sent()
    const words = person(cast.lecturer)
      .messages()
      .map((m) => m.visibleText)
    expect(words.join()).toContain('xin gửi thẳng tệp vào tin nhắn riêng với Thi đua')
  })
})
