import { readFileSync } from 'node:fs'
import path from 'node:path'
import exifr from 'exifr'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openVault } from '../../../src/files/vault.js'
import { type JpegParts, jpeg, pictureOf, SECRET, scan } from '../../files/samples.js'
import { gate } from '../../helpers/gate.js'
import { onStage } from '../on-stage.js'
import { cast, forge, type Stage, setStage } from '../stage.js'

let stage: Stage
const { lastText, person, sent } = onStage(() => stage)
beforeEach(async () => {
  stage = await setStage()
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

const all = (id: string) =>
  person(id)
    .messages()
    .map((m) => m.visibleText)
    .join('\n---\n')
const photo = (name: string, parts: JpegParts = {}) => ({ name, mimetype: 'image/jpeg', bytes: jpeg(parts) })
/** A photo whose bytes differ from all others. */
const another = (n: number) => photo(`anh${n}.jpg`, { id: n })
const vault = () => openVault(path.join(stage.dir, 'evidence'))
const rows = () => stage.store.read((tx) => tx.attachments.storedAfter('', 100))
const later = (seconds: number) => stage.setClock(new Date(stage.now().getTime() + seconds * 1000).toISOString())

/** Submits evidence under a2 as the lecturer, with files in the form. */
async function submitWithFiles(files: unknown[], text = 'Huấn luyện ngày 17/05/2024: 25/25 người đạt 100%') {
  const lecturer = person(cast.lecturer)
  await lecturer.command(`/thidua nop a2 ${text}`)
  await lecturer.fill({ 'Ảnh, tệp minh chứng': files as never })
  return lecturer.submit()
}

describe('files of the form', () => {
  test('are fetched at once, cleaned and stored, and every card shows it', async () => {
    const taken = await submitWithFiles([photo('IMG_0042.JPG')])
    expect(taken.view?.visibleText).toContain('Đã nhận TĐ-2024-000001')
    expect(taken.view?.visibleText).toContain('1 tệp: 1 đang lưu')
    await sent()
    expect(lastText(cast.lecturer)).toContain('1 tệp: 1 đã lưu')
    expect(lastText(cast.head)).toContain('✅ IMG_0042.JPG · 82 KB')
    const [row] = await rows()
    const bytes = readFileSync((await vault()).pathOf(row?.sha256 ?? ''))
    expect(bytes.length).toBe(row?.size)
    expect(bytes.includes(scan)).toBe(true)
    expect(bytes.includes(Buffer.from(SECRET))).toBe(false)
    expect(await exifr.gps(jpeg())).toBeDefined()
    expect(await exifr.gps(bytes)).toBeUndefined()
  })

  test('are shown as in progress, and the submission does not wait for them', async () => {
    const hold = gate()
    stage.slack.failDownload({ after: hold.opened })
    const taken = await submitWithFiles([photo('anh1.jpg')])
    expect(taken.view?.visibleText).toContain('1 tệp: 1 đang lưu')
    await stage.slack.waitFor(() => all(cast.head).includes('🕓 anh1.jpg · đang lưu'))
    hold.open()
    await sent()
    expect(lastText(cast.head)).toContain('✅ anh1.jpg')
  })

  test('are stored once when two photos have the same bytes, with a row each', async () => {
    await submitWithFiles([photo('anh1.jpg'), photo('anh2.jpg')])
    await sent()
    expect(await rows()).toHaveLength(2)
    expect((await (await vault()).list()).stored).toHaveLength(1)
  })

  test('are at most ten; another one is refused at its field and not stored', async () => {
    await submitWithFiles(Array.from({ length: 10 }, (_, n) => another(n)))
    await sent()
    expect(await rows()).toHaveLength(10)
    await person(cast.lecturer).close()
    await person(cast.lecturer).click('Thêm ảnh')
    await person(cast.lecturer).fill({ 'Ảnh, tệp minh chứng': [another(11)] })
    const refused = await person(cast.lecturer).submit()
    expect(refused.view?.errors.files).toContain('tối đa 10 tệp (đã có 10)')
    expect(await rows()).toHaveLength(10)
  })

  test('with a secrecy mark in a name are refused at the field, together with the other faults of the form', async () => {
    const lecturer = person(cast.lecturer)
    await lecturer.command('/thidua nop a2 Huấn luyện 25/25')
    await lecturer.fill({ 'Số liệu': '25', 'Ảnh, tệp minh chứng': [photo('KE_HOACH-MẬT.jpg')] })
    const { view } = await lecturer.submit()
    expect(view?.errors.files).toContain('Tên tệp có chữ “MẬT”')
    expect(view?.errors.figureUnit).toContain('đơn vị tính')
    await sent()
    expect(stage.slack.downloads).toEqual([])
    expect((await stage.store.read((tx) => tx.attachments.counts())).waiting).toBe(0)
  })

  test('stay in the form when it comes back with a hint, and are fetched meanwhile', async () => {
    await stage.store.write((tx) => tx.settings.set(stage.bot.workspaceId, 'coach', true, null, stage.now()))
    const hinted = await submitWithFiles([photo('anh1.jpg')], 'Đã làm tốt')
    expect(hinted.view?.callbackId).toBe('submission')
    await sent()
    expect(hinted.view?.visibleText).toContain('anh1.jpg')
    await person(cast.lecturer).fill({ 'Thêm ảnh, tệp': [another(2)] })
    const taken = await person(cast.lecturer).submit()
    expect(taken.view?.visibleText).toContain('2 tệp: 1 đã lưu, 1 đang lưu')
    await sent()
    expect(lastText(cast.head)).toContain('✅ anh1.jpg')
    expect(lastText(cast.head)).toContain('✅ anh2.jpg')
  })

  test('are not duplicated when Slack repeats the form', async () => {
    await submitWithFiles([photo('anh1.jpg')])
    const form = stage.slack.deliveries.findLast((d) => d.payload.type === 'view_submission')
    await stage.slack.deliver('interactive', form?.payload ?? {}, {
      retry: { num: 1, reason: 'http_timeout' },
    } as never)
    await sent()
    expect(await rows()).toHaveLength(1)
  })
})

describe('a submission', () => {
  test('takes more photos from its receipt, and needs another confirmation then', async () => {
    await submitWithFiles([])
    await sent()
    await person(cast.head).click('Xác nhận')
    await sent()
    await person(cast.lecturer).close()
    const form = await person(cast.lecturer).click('Thêm ảnh')
    expect(form.view?.visibleText).toContain('gửi lại cho trưởng đơn vị')
    await person(cast.lecturer).fill({ 'Ảnh, tệp minh chứng': [photo('them.jpg')] })
    const added = await person(cast.lecturer).submit()
    expect(added.view?.visibleText).toContain('Đã nhận 1 tệp')
    await sent()
    expect(lastText(cast.head)).toContain('✅ them.jpg')
    expect(person(cast.head).messages().at(-1)?.buttons).toContain('Xác nhận')
  })

  test('loses a file that its author removes, and lists its files while it is edited', async () => {
    await submitWithFiles([photo('anh1.jpg'), another(2)])
    await sent()
    await person(cast.lecturer).close()
    await person(cast.lecturer).click('Xem', { in: 'message' })
    await person(cast.lecturer).click('Gỡ', { nth: 0 })
    expect(person(cast.lecturer).modal()?.visibleText).not.toContain('anh1.jpg')
    await person(cast.lecturer).click('Sửa')
    expect(person(cast.lecturer).modal()?.visibleText).toContain('*Tệp đã có:* anh2.jpg')
    await person(cast.lecturer).fill({ 'Thêm ảnh, tệp': [another(3)] })
    await person(cast.lecturer).submit()
    await sent()
    expect(lastText(cast.head)).toContain('✅ anh2.jpg')
    expect(lastText(cast.head)).toContain('✅ anh3.jpg')
    expect(lastText(cast.head)).not.toContain('anh1.jpg')
  })

  test('lets only its author change its files, also against forged buttons', async () => {
    await submitWithFiles([photo('anh1.jpg')])
    await sent()
    const [row] = await rows()
    expect(await forge(stage, cast.head, 'attachment.remove', JSON.stringify({ id: row?.id }))).toContain(
      'Chỉ người đã nộp',
    )
    const id = row?.submissionId
    expect(await forge(stage, cast.head, 'attachment.add', JSON.stringify({ id }))).toContain('Chỉ người đã nộp')
    const stranger = 'UNGHIANH'
    expect(await forge(stage, stranger, 'attachment.show', JSON.stringify({ id }))).toContain('đơn vị khác')
    expect(await rows()).toHaveLength(1)
  })

  test('sends its files once, also when the answer of the chat is lost after it has posted them', async () => {
    await submitWithFiles([photo('anh1.jpg'), another(2)])
    await sent()
    stage.slack.fail('files.completeUploadExternal', { dropAfter: true })
    await person(cast.head).click('Xem ảnh, tệp')
    await sent()
    stage.setClock('2024-05-20T09:05:00+07:00')
    await sent()
    expect(
      person(cast.head)
        .messages()
        .filter((m) => m.files.length > 0),
    ).toHaveLength(1)
    expect(stage.slack.callsOf('files.completeUploadExternal')).toHaveLength(1)
    // An attempt that did not arrive is made again.
    stage.slack.fail('files.completeUploadExternal', { status: 500 })
    await person(cast.head).click('Xem ảnh, tệp')
    await sent()
    stage.setClock('2024-05-20T09:10:00+07:00')
    await sent()
    expect(
      person(cast.head)
        .messages()
        .filter((m) => m.files.length > 0),
    ).toHaveLength(2)
  })

  test('tells a person whose files the chat refuses for good, offers them again, and tells who is in charge', async () => {
    await submitWithFiles([photo('anh1.jpg')])
    await sent()
    stage.slack.fail('files.getUploadURLExternal', { error: 'file_uploads_disabled' })
    await person(cast.head).click('Xem ảnh, tệp')
    await sent()
    expect(lastText(cast.head)).toContain('Chưa gửi được ảnh, tệp của *TĐ-2024-000001*')
    expect(person(cast.head).messages().at(-1)?.buttons).toEqual(['Gửi lại'])
    const report = person(cast.office)
      .messages()
      .find((m) => m.visibleText.includes('không gửi được'))
    expect(report?.visibleText).toContain('gửi tệp cho người xem')
    expect(report?.visibleText).toContain('file_uploads_disabled')
    const entries = await stage.store.read((tx) => tx.outboxView.inState(stage.bot.workspaceId, ['failed'], 10))
    expect(entries.map((e) => e.kind)).toEqual(['attachment.show'])
    await person(cast.head).click('Gửi lại')
    await sent()
    expect(
      person(cast.head)
        .messages()
        .filter((m) => m.files.length > 0),
    ).toHaveLength(1)
    // An operator has the first request sent as well: the message says so.
    await stage.store.write((tx) => tx.outboxView.requeue(stage.bot.workspaceId))
    await sent()
    expect(
      person(cast.head)
        .messages()
        .some((m) => m.visibleText.includes('✅ Đã gửi lại ảnh, tệp')),
    ).toBe(true)
  })

  test('sends its files as a direct message to a person who may see it', async () => {
    await submitWithFiles([photo('anh1.jpg'), another(2)])
    await sent()
    const pressed = await person(cast.head).click('Xem ảnh, tệp')
    expect(pressed.messages.map((m) => m.visibleText)).toContain('Đang gửi 2 tệp vào tin nhắn riêng với Thi đua.')
    await sent()
    const shown = person(cast.head).messages().at(-1)
    expect(shown?.visibleText).toContain('TĐ-2024-000001 · a2')
    expect(shown?.files.map((f) => f.name)).toEqual(['anh1.jpg', 'anh2.jpg'])
    const bytes = stage.slack.workspace.files.get(String(shown?.files[0]?.id))?.bytes
    expect(bytes?.includes(scan)).toBe(true)
    expect(bytes?.includes(Buffer.from(SECRET))).toBe(false)
  })
})

describe('the Command Board', () => {
  test('sees files in its queue and has them sent; files added later must be seen before it accepts', async () => {
    await submitWithFiles([photo('anh1.jpg')])
    await sent()
    await person(cast.head).click('Xác nhận')
    await sent()
    const queue = await person(cast.board).command('/thidua duyet')
    expect(queue.messages.at(-1)?.visibleText).toContain('✅ anh1.jpg')
    await person(cast.board).click('Xem ảnh, tệp')
    await sent()
    expect(
      person(cast.board)
        .messages()
        .flatMap((m) => m.files.map((f) => f.name)),
    ).toEqual(['anh1.jpg'])

    await person(cast.lecturer).close()
    await person(cast.lecturer).click('Thêm ảnh')
    await person(cast.lecturer).fill({ 'Ảnh, tệp minh chứng': [another(2)] })
    await person(cast.lecturer).submit()
    await sent()
    await person(cast.head).click('Xác nhận')
    await sent()
    await person(cast.board).click('Duyệt')
    await sent()
    expect(all(cast.lecturer)).not.toContain('đã được duyệt')
  })
})

describe('a download', () => {
  test('is retried until it succeeds when Slack answers 429, breaks off, stalls or fails', async () => {
    await stage.close()
    stage = await setStage({ stallMs: 300 })
    stage.slack.failDownload({ retryAfter: 5 })
    stage.slack.failDownload({ breakAfter: 1000 })
    stage.slack.failDownload({ stallAfter: 1000 })
    stage.slack.failDownload({ status: 500 })
    await submitWithFiles([photo('anh1.jpg')])
    await sent()
    // On a busy machine a sound download may stall, too.
    for (; !lastText(cast.head).includes('✅ anh1.jpg'); await sent()) {
      expect(lastText(cast.head)).toContain('🕓 anh1.jpg · đang lưu')
      later(310)
    }
    expect(stage.slack.downloads.length).toBeGreaterThan(4)
    expect((await (await vault()).list()).stored).toHaveLength(1)
  })

  test('is recorded with the reason of its last failure while it is retried', async () => {
    stage.slack.failDownload({ status: 500 })
    await submitWithFiles([photo('anh1.jpg')])
    await sent()
    const waiting = await stage.store.read((tx) => tx.outboxView.inState(stage.bot.workspaceId, ['waiting'], 10))
    expect(waiting.map((w) => [w.kind, w.error])).toEqual([['attachment.fetch', '[chat_fault] broken: server']])
  })

  test('fails with a reason when the file can never be stored, and the author is told once, with a button to send it again', async () => {
    const html = { name: 'anh.jpg', mimetype: 'image/jpeg', bytes: Buffer.from('<!DOCTYPE html><title>Slack</title>') }
    const empty = { name: 'rong.jpg', mimetype: 'image/jpeg', bytes: Buffer.alloc(0) }
    const program = {
      name: 'anh.png',
      mimetype: 'image/png',
      bytes: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]),
    }
    const huge = { ...photo('to.jpg'), size: 200_000_000 }
    await submitWithFiles([html, empty, program, huge, photo('tot.jpg')])
    await sent()
    const told = person(cast.lecturer)
      .messages()
      .filter((m) => m.visibleText.includes('không lưu được') && m.buttons.includes('Gửi lại ảnh'))
    expect(told).toHaveLength(1)
    expect(told[0]?.visibleText).toContain('4 tệp không lưu được')
    for (const reason of ['trang web', '0 byte', 'chương trình', '100 MB'])
      expect(told[0]?.visibleText).toContain(reason)
    expect(told[0]?.visibleText).toContain('Minh chứng vẫn được giữ nguyên')
    expect(lastText(cast.head)).toContain('✅ tot.jpg')
    expect((await (await vault()).list()).stored).toHaveLength(1)

    await person(cast.lecturer).close()
    await person(cast.lecturer).click('Gửi lại ảnh')
    await person(cast.lecturer).fill({ 'Ảnh, tệp minh chứng': [1, 2, 3, 4].map(another) })
    await person(cast.lecturer).submit()
    await sent()
    expect(lastText(cast.head)).not.toContain('không lưu được')
    expect(all(cast.lecturer)).toContain('đã được gửi lại')
    expect(await rows()).toHaveLength(5)
  })

  test('is aborted at the size limit when 200 MB arrive, and leaves nothing behind', async () => {
    stage.slack.failDownload({ endless: 200_000_000, contentLength: 'none' })
    await submitWithFiles([photo('to.jpg')])
    const before = process.memoryUsage().rss
    await sent()
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
    expect(all(cast.lecturer)).toContain('lớn quá 100 MB')
    expect(await (await vault()).list()).toEqual({ stored: [], strays: [] })
  })

  test('does not delay messages while ten photos of 10 MB are fetched', async () => {
    const big = (n: number) => photo(`anh${n}.jpg`, { id: n, picture: pictureOf(10_000_000) })
    const files = Array.from({ length: 10 }, (_, n) => big(n))
    await submitWithFiles(files)
    await stage.slack.waitFor(() => all(cast.head).includes('TĐ-2024-000001'))
    expect(all(cast.head)).toContain('đang lưu')
    await sent()
    expect(await rows()).toHaveLength(10)
  })

  test('is given up after a day of failures', async () => {
    stage.slack.failDownload({ status: 500, times: 1000 })
    await submitWithFiles([photo('anh1.jpg')])
    await sent()
    later(3600)
    await sent()
    expect(lastText(cast.head)).toContain('đang lưu')
    later(86_400)
    await sent()
    expect(all(cast.lecturer)).toContain('tải một ngày vẫn không được')
  })

  test('stores a file with a dangerous name under a harmless one', async () => {
    await submitWithFiles([photo('../../etc/pas\u202Egpj.exe')])
    await sent()
    expect((await rows()).map((r) => r.name)).toEqual(['pasgpj.exe.jpg'])
    expect(lastText(cast.head)).toContain('✅ pasgpj.exe.jpg')
  })

  test('leaves no untracked bytes when the file is removed while it is fetched', async () => {
    const hold = gate()
    stage.slack.failDownload({ after: hold.opened })
    await submitWithFiles([photo('anh1.jpg')])
    await stage.slack.waitFor(() => stage.slack.downloads.length > 0)
    const { workspaceId } = stage.bot
    const [work] = await stage.store.read((tx) => tx.outbox.byKeys(workspaceId, 'attachment:'))
    await stage.store.write((tx) => tx.attachments.remove(work?.key.split(':')[1] ?? ''))
    hold.open()
    await sent()
    expect(await rows()).toEqual([])
    expect(await stage.store.read((tx) => tx.attachments.withBytesToDelete(9))).toHaveLength(1)
    expect((await (await vault()).list()).stored).toHaveLength(1)
  })

  test('is aborted at a stop and made after the restart', async () => {
    stage.slack.failDownload({ stallAfter: 1000 })
    await submitWithFiles([photo('anh1.jpg')])
    await stage.slack.waitFor(() => stage.slack.downloads.length > 0)
    const { workspaceId } = stage.bot
    const download = () => stage.store.read((tx) => tx.outbox.byKeys(workspaceId, 'attachment:'))
    expect((await download()).map((work) => work.state)).toEqual(['sending'])
    // A stopped bot holds no lease, so the next one does not wait for it to expire.
    await stage.restart(async () => expect((await download()).map((work) => work.state)).toEqual(['waiting']))
    await sent()
    expect(lastText(cast.head)).toContain('✅ anh1.jpg')
  })
})
