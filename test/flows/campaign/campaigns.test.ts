import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Campaign } from '../../../src/core/campaign/campaign.js'
import { verifyCounts } from '../../../src/core/progress/tally.js'
import { importPlan } from '../../../src/core/setup/import-plan.js'
import { importRoster } from '../../../src/core/setup/import-roster.js'
import type { ViewSnapshot } from '../../../src/local-slack/user/snapshot.js'
import { newId } from '../../../src/new-id.js'
import { onStage } from '../on-stage.js'
import { cast, examplePlan, exampleRoster, forge, handInMany, type Stage, setStage } from '../stage.js'

let stage: Stage
const { last, person, say, sent } = onStage(() => stage)
const other = 'Phong trào khác: Tổ chức thực hiện phong trào thi đua'
const newer = 'Phong trào khác: Văn hóa công sở'

/** The criteria in the menu of the open form. */
const criterionIn = (view: ViewSnapshot | undefined) => JSON.stringify(view?.blocks)

/** Another plan, imported a month after the real one, with two criteria, one of them with a code of the real plan. */
function secondPlan() {
  const plan = examplePlan()
  const group = plan.groups[0] as (typeof plan.groups)[number]
  const [a1, a2] = group.criteria as [(typeof group.criteria)[number], (typeof group.criteria)[number]]
  return {
    ...plan,
    code: 'vhcs-2024',
    number: '99/KH-CĐN',
    title: 'Văn hóa công sở',
    submissionPrefix: 'VH-2024',
    groups: [
      {
        ...group,
        criteria: [
          { ...a1, short: 'Trang phục' },
          { ...a2, short: 'Giao tiếp văn minh' },
        ],
      },
    ],
  }
}

const all = (): Promise<Campaign[]> => stage.store.read((tx) => tx.campaigns.all(stage.bot.workspaceId))
const older = async () => (await all()).find((c) => c.prefix === 'TĐ-2024') as Campaign

async function importSecond() {
  stage.setClock('2024-06-03T09:00:00+07:00')
  const { workspaceId } = stage.bot
  await stage.store.write((tx) => importPlan({ tx, now: stage.now(), newId, workspaceId }, secondPlan(), 'second'))
}

/** Submits to the older campaign with the button that `nop` shows. */
async function handInToOlder(text = 'Huấn luyện 25/25 đạt 100%', files: object[] = []) {
  const lecturer = person(cast.lecturer)
  await lecturer.command(`/thidua nop a2 ${text}`)
  await lecturer.click(other)
  if (files.length > 0) await lecturer.fill({ 'Ảnh, tệp': files as never })
  const taken = await lecturer.submit()
  await lecturer.close()
  await sent()
  return taken
}

beforeEach(async () => {
  stage = await setStage()
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

test('with one campaign, no message mentions another', async () => {
  for (const word of ['trạng thái', 'tiêu chí', 'lịch', 'báo cáo']) {
    const shown = await say(cast.head, `/thidua ${word}`)
    expect(shown?.visibleText).not.toContain('hong trào khác')
    expect(JSON.stringify(shown?.blocks)).not.toContain('campaign')
  }
  expect((await person(cast.lecturer).command('/thidua nop')).view?.visibleText).not.toContain('hong trào khác')
})

test('a message sent before another campaign was imported still acts on its own campaign', async () => {
  await person(cast.board).command('/thidua lịch sơ kết 14/06/2024')
  await person(cast.lecturer).command('/thidua nop a2 Huấn luyện 25/25')
  await person(cast.lecturer).submit()
  await person(cast.lecturer).close()
  await say(cast.head, '/thidua báo cáo')
  await person(cast.head).click('Gửi báo cáo')
  await sent()
  const [asked] = person(cast.board).messages().slice(-1)
  await importSecond()
  await person(cast.board).click('Duyệt', { ts: asked?.ts })
  await person(cast.head).click('Xác nhận')
  await sent()
  expect(last(cast.lecturer)?.visibleText).toContain('TĐ-2024-000001 đã được xác nhận')
  const campaign = await older()
  const counts = await stage.store.read((tx) => tx.unitReports.counts(campaign.id, 'preliminary'))
  expect(counts.approved).toBe(1)
  for (const one of await all()) expect(await stage.store.read((tx) => verifyCounts(tx, one))).toEqual([])
})

describe('with two campaigns', () => {
  beforeEach(importSecond)

  test('a command goes to the newest campaign; a button switches to the older one, and every later step stays there', async () => {
    const lecturer = person(cast.lecturer)
    const opened = await lecturer.command('/thidua nop a2 Huấn luyện 25/25 đạt 100%')
    expect(criterionIn(opened.view)).toContain('Giao tiếp văn minh')
    const changed = await lecturer.click(other)
    expect(criterionIn(changed.view)).toContain('Xây dựng Dân quân tự vệ')
    expect(changed.view?.buttons).toContain(newer)
    const taken = await lecturer.submit()
    expect(taken.view?.visibleText).toContain('Đã nhận TĐ-2024-000001* · a2 · Xây dựng Dân quân tự vệ')
    // “Nộp tiếp” stays in the same campaign.
    await lecturer.click('Nộp tiếp')
    expect(criterionIn(lecturer.modal())).toContain('Xây dựng Dân quân tự vệ')
    await lecturer.close({ all: true })
    await sent()
    expect(last(cast.lecturer)?.visibleText).toContain('TĐ-2024-000001* · a2 · Xây dựng Dân quân tự vệ')
    expect(last(cast.lecturer)?.visibleText).toContain('1/11 tiêu chí')
    expect(last(cast.head)?.visibleText).toContain('a2 · Xây dựng Dân quân tự vệ')

    await lecturer.command('/thidua nop a2 Chào hỏi đúng mực')
    expect((await lecturer.submit()).view?.visibleText).toContain('Đã nhận VH-2024-000001* · a2 · Giao tiếp văn minh')
    await lecturer.close()
    await sent()
    // The author edits and withdraws with the older campaign's criteria.
    const receipt = lecturer.messages().find((m) => m.visibleText.includes('TĐ-2024-000001'))
    expect(criterionIn((await lecturer.click('Sửa', { ts: receipt?.ts })).view)).toContain('Xây dựng Dân quân tự vệ')
    await lecturer.fill({ 'Tiêu chí': 'b6', 'Kết quả': 'Huấn luyện 26/26' })
    expect((await lecturer.submit()).view?.visibleText).toContain('Đã lưu TĐ-2024-000001* · b6')
    await lecturer.close()
    await sent()

    const asked = person(cast.head)
      .messages()
      .find((m) => m.visibleText.includes('Huấn luyện 26/26'))
    await person(cast.head).click('Xác nhận', { ts: asked?.ts })
    await sent()
    expect(last(cast.lecturer)?.visibleText).toContain('TĐ-2024-000001 đã được xác nhận')
    const campaign = await older()
    for (const one of await all()) expect(await stage.store.read((tx) => verifyCounts(tx, one))).toEqual([])
    const isMissing = async (criterion: string) => {
      const units = await stage.store.read((tx) => tx.progress.unitsMissing(campaign.id, 'final', criterion))
      return units.some((unit) => unit.name === 'Khoa Điện – Điện tử')
    }
    expect([await isMissing('a2'), await isMissing('b6')]).toEqual([true, false])
  })

  test('a card links to the same card of the other campaign, whose menus and buttons keep that campaign', async () => {
    await handInToOlder()
    await person(cast.head).click('Xác nhận')
    await sent()
    const board = person(cast.board)
    const summary = await say(cast.board, '/thidua tổng hợp')
    expect(summary?.visibleText).toContain('Phong trào: Văn hóa công sở')
    expect(summary?.visibleText).toContain('Khoa Điện – Điện tử | 0 | 0 | 0 | 0 | 0 | a1 a2')
    await board.click(other)
    await board.click('Theo tiêu chí')
    expect(last(cast.board)?.visibleText).toContain('b6')
    expect(last(cast.board)?.visibleText).toContain('a2 · Xây dựng Dân quân tự vệ | 21 | 0 | 1')

    expect((await say(cast.board, '/thidua duyệt'))?.visibleText).not.toContain('TĐ-2024-000001')
    await board.click(other)
    expect(last(cast.board)?.visibleText).toContain('1 minh chứng chờ duyệt')
    const menu = JSON.stringify(last(cast.board)?.blocks)
    const action = /"action_id":"(desk@[^"]+)"/.exec(menu)?.[1] as string
    await board.click(action, { choose: 'Khoa Điện – Điện tử (1)' })
    expect(last(cast.board)?.visibleText).toContain('TĐ-2024-000001')
    const done = await board.click('Duyệt')
    expect(done.messages.at(-1)?.visibleText).toContain('Đã duyệt TĐ-2024-000001')
    await sent()

    expect((await say(cast.head, '/thidua trạng thái'))?.visibleText).toContain('0/2')
    await person(cast.head).click(other)
    expect(last(cast.head)?.visibleText).toContain('1/11')
    await person(cast.head).click('Không phát sinh')
    await person(cast.head).fill({ 'Lý do': 'Không có đợt nào' })
    expect((await person(cast.head).submit()).view?.visibleText).toContain('2/11')
    expect((await say(cast.lecturer, '/thidua tiêu chí'))?.visibleText).toContain('99/KH-CĐN')
    await person(cast.lecturer).click(other)
    expect(last(cast.lecturer)?.visibleText).toContain('484/KH-CĐN')
  })

  test('review dates and unit reports belong to the campaign in which they were set and sent', async () => {
    await say(cast.board, '/thidua lịch')
    await person(cast.board).click(other)
    await person(cast.board).click('Đặt ngày')
    await person(cast.board).fill({ 'Ngày sơ kết': '2024-06-28' })
    await person(cast.board).submit()
    await person(cast.board).close()
    const [second, first] = await all()
    const datesOf = (c?: Campaign) => stage.store.read((tx) => tx.reviews.list(c?.id as string))
    expect(await datesOf(first)).toEqual([{ kind: 'preliminary', date: '2024-06-28' }])
    expect(await datesOf(second)).toEqual([])

    const head = person(cast.head)
    await say(cast.head, '/thidua báo cáo')
    await head.click(other)
    await head.click('Ghi tự đánh giá')
    await head.fill({ 'Tự đánh giá': 'Đạt' })
    await head.submit()
    await head.click('Gửi báo cáo')
    await head.close({ all: true })
    await sent()
    const asked = person(cast.board).messages().at(-1)
    expect(asked?.visibleText).toContain('Đạt')
    await person(cast.board).click('Duyệt', { ts: asked?.ts })
    await sent()
    const states = await Promise.all(
      [first, second].map((c) => stage.store.read((tx) => tx.unitReports.counts(c?.id as string, 'preliminary'))),
    )
    expect(states.map((s) => s.approved)).toEqual([1, 0])
    const log = await say(cast.board, '/thidua nhật ký')
    expect(log?.visibleText).toContain('Khoa Điện – Điện tử · TĐ-2024')
  })

  test('lookup by number, search, the audit log and personal data cover both campaigns, each with its own criteria', async () => {
    await handInToOlder()
    await handInMany(stage, cast.lecturer, 'a2', ['Huấn luyện chào hỏi'])
    await sent()
    const found = await say(cast.lecturer, '/thidua tìm huấn luyện')
    expect(found?.visibleText).toMatch(/TĐ-2024-000001.*a2 · Xây dựng Dân quân tự vệ/)
    expect(found?.visibleText).toMatch(/VH-2024-000001.*a2 · Giao tiếp văn minh/)
    await sent()
    expect((await say(cast.lecturer, '/thidua tìm TĐ-2024-000001'))?.visibleText).not.toContain('VH-2024')
    expect((await say(cast.lecturer, '/thidua nhật ký TĐ-2024-000001'))?.visibleText).toContain(
      'Xây dựng Dân quân tự vệ',
    )
    expect((await say(cast.lecturer, '/thidua nhật ký 1'))?.visibleText).toContain('Giao tiếp văn minh')
    expect((await say(cast.lecturer, '/thidua nhật ký XX-2024-000001'))?.visibleText).toContain('Không tìm thấy')
    for (const list of ['/thidua nhật ký', '/thidua dữ liệu']) {
      const { visibleText } = (await say(cast.lecturer, list)) ?? {}
      expect(visibleText).toContain('TĐ-2024-000001')
      expect(visibleText).toContain('VH-2024-000001')
    }
  })

  test('a draft reopens in its own campaign', async () => {
    const lecturer = person(cast.lecturer)
    await lecturer.command('/thidua nop')
    await lecturer.click(other)
    await lecturer.type('Kết quả', 'Đang viết dở')
    await lecturer.close()
    const menu = await lecturer.command('/thidua')
    expect(menu.messages.at(-1)?.buttons.join()).toContain('Đang viết dở')
    const draft = menu.messages.at(-1)?.buttons.find((b) => b.includes('Đang viết dở')) as string
    expect(criterionIn((await lecturer.click(draft)).view)).toContain('Xây dựng Dân quân tự vệ')
    await lecturer.fill({ 'Tiêu chí': 'b6' })
    expect((await lecturer.submit()).view?.visibleText).toContain('Đã nhận TĐ-2024-000001* · b6')
  })

  test('dropped photos are submitted to the campaign that is chosen', async () => {
    const lecturer = person(cast.lecturer)
    const photo = { name: 'anh.jpg', mimetype: 'image/jpeg', bytes: Buffer.from('no photo') }
    await lecturer.say('Hội thao', { files: [photo] })
    await sent()
    await lecturer.click('Chọn tiêu chí và nộp')
    await lecturer.click(other)
    await lecturer.fill({ 'Tiêu chí': 'b6' })
    expect((await lecturer.submit()).view?.visibleText).toContain('Đã nhận TĐ-2024-000001* · b6')
    await lecturer.close()
    await sent()
    const words = lecturer.messages().map((m) => m.visibleText)
    expect(words.join('\n')).toContain('Đã nộp cùng TĐ-2024-000001')
  })

  test('a campaign of another workspace, an unknown one and a mix of two are refused and change nothing', async () => {
    await handInToOlder()
    const elsewhere = await stage.store.write(async (tx) => {
      const workspaceId = await tx.workspaces.adopt('slack', 'T0ELSEWHERE', stage.now())
      await importPlan({ tx, now: stage.now(), newId, workspaceId }, secondPlan(), 'elsewhere')
      return (await tx.campaigns.current(workspaceId))?.id
    })
    for (const campaign of [elsewhere, 'nonsense', '', 5, { id: 1 }, null]) {
      const value = JSON.stringify({ campaign, name: 'tieuchi' })
      expect(await forge(stage, cast.lecturer, 'command', value)).toContain('Nút này đã cũ')
    }
    expect(await forge(stage, cast.board, `desk@${elsewhere}`, '{}')).toContain('Nút này đã cũ')
    expect(await forge(stage, cast.lecturer, 'command@', '{"name":"tieuchi"}')).toContain('Nút này đã cũ')
    // The desk of the newer campaign with ids of the older one.
    await handInMany(stage, cast.lecturer, 'a2', ['Chào hỏi'])
    const ids = await stage.store.read(async (tx) => {
      const me = await tx.people.byEmail(stage.bot.workspaceId, 'phuclh@cdn-angiang.example')
      return (await tx.submissions.writtenBy(stage.bot.workspaceId, me?.id as string, 9)).map((s) => s.id)
    })
    const stateOf = () =>
      stage.store.read(async (tx) => {
        const states = []
        for (const id of ids) states.push((await tx.submissions.byId(stage.bot.workspaceId, id))?.state)
        return states
      })
    await stage.store.write((tx) => tx.settings.set(stage.bot.workspaceId, 'headConfirms', false, null, stage.now()))
    const seen = await stage.store.read(async (tx) => {
      const items = []
      for (const id of ids) items.push({ id, seen: (await tx.submissions.lastWriting(id))?.id })
      return items
    })
    await forge(stage, cast.board, 'desk.many', JSON.stringify({ at: {}, items: seen }))
    await person(cast.board).submit()
    expect(JSON.stringify(stage.slack.workspace.messages)).toContain('thuộc phong trào thi đua khác')
    expect((await stateOf()).toSorted()).toEqual(['accepted', 'submitted'])
    for (const one of await all()) expect(await stage.store.read((tx) => verifyCounts(tx, one))).toEqual([])
    // A button that names the newer campaign for a submission of the older one confirms in the older one.
    const [second] = await all()
    for (const id of ids)
      await forge(stage, cast.head, 'submission.confirm', JSON.stringify({ id, campaign: second?.id }))
    expect((await stateOf()).toSorted()).toEqual(['accepted', 'confirmed'])
    for (const one of await all()) expect(await stage.store.read((tx) => verifyCounts(tx, one))).toEqual([])
  })

  test('a new roster import updates the units of both campaigns', async () => {
    const roster = await exampleRoster()
    const { workspaceId } = stage.bot
    roster.units.push({ code: 'MOI', name: 'Khoa Mới', kind: 'faculty', position: 99 })
    await stage.store.write((tx) => importRoster({ tx, now: stage.now(), newId, workspaceId }, roster))
    for (const one of await all()) {
      expect(await stage.store.read((tx) => verifyCounts(tx, one))).toEqual([])
      const missing = await stage.store.read((tx) => tx.progress.unitsMissing(one.id, 'final', 'a2'))
      expect(missing.map((u) => u.name)).toContain('Khoa Mới')
    }
  })

  test('one reminder covers both campaigns and names each, also when it is repeated', async () => {
    await say(cast.board, '/thidua lịch sơ kết 28/06/2024')
    await stage.store.write(async (tx) => {
      const by = (await tx.people.byEmail(stage.bot.workspaceId, 'hungtq@cdn-angiang.example'))?.id as string
      const review = { kind: 'preliminary' as const, date: '2024-06-28' }
      await tx.reviews.set(stage.bot.workspaceId, (await older()).id, review, by, stage.now())
    })
    await stage.tick('2024-06-14T08:00:00+07:00')
    const head = person(cast.head)
    const reminder = () => head.messages().filter((m) => m.visibleText.includes('còn thiếu'))
    expect(reminder()).toHaveLength(1)
    const [message] = reminder()
    expect(message?.visibleText).toContain('còn thiếu 2/2')
    expect(message?.visibleText).toContain('còn thiếu 11/11')
    const headings = message?.visibleText.match(/Còn 10 ngày làm việc đến sơ kết \(28\/06\/2024\)\*?\n(Kế hoạch .*)/g)
    expect(headings?.map((h) => h.split('\n')[1])).toEqual([
      'Kế hoạch 99/KH-CĐN: Văn hóa công sở',
      expect.stringMatching(/^Kế hoạch 484\/KH-CĐN: Tổ chức/),
    ])
    await stage.tick('2024-06-21T08:00:00+07:00')
    // The update of the older one is due a moment later.
    stage.setClock('2024-06-21T08:01:00+07:00')
    await sent()
    expect(reminder()).toHaveLength(2)
    expect(
      message &&
        head
          .messages()
          .find((m) => m.ts === message.ts)
          ?.visibleText.match(/Kế hoạch .*: /g),
    ).toHaveLength(2)
    const choice = await head.click('Giao cho…', { ts: reminder().at(-1)?.ts })
    expect(choice.view?.visibleText).toContain('(Kế hoạch 99/KH-CĐN)')
    expect(choice.view?.visibleText).toContain('(Kế hoạch 484/KH-CĐN)')
    await head.close()
    await say(cast.admin, '/thidua thử nhắc 26/06/2024')
    expect(last(cast.admin)?.visibleText).toContain('Mốc nhắc sơ kết 28/06/2024 (Kế hoạch 99/KH-CĐN)')
  })

  test('a button of a reminder acts on its own campaign', async () => {
    await say(cast.board, '/thidua lịch sơ kết 28/06/2024')
    await stage.store.write(async (tx) => {
      const by = (await tx.people.byEmail(stage.bot.workspaceId, 'hungtq@cdn-angiang.example'))?.id as string
      const review = { kind: 'preliminary' as const, date: '2024-06-28' }
      await tx.reviews.set(stage.bot.workspaceId, (await older()).id, review, by, stage.now())
    })
    await stage.tick('2024-06-14T08:00:00+07:00')
    const head = person(cast.head)
    const reminder = () => head.messages().filter((m) => m.visibleText.includes('còn thiếu'))
    const [message] = reminder()
    // The rows belong to the newest campaign; the older one is a line with a button to its own status.
    const opened = await head.click('Không phát sinh', { ts: message?.ts })
    expect(opened.view?.visibleText).toContain('a1 · Trang phục')
    await head.close()
    const status = (await head.click('Xem trạng thái', { ts: message?.ts })).messages.at(-1)
    expect(status?.visibleText).toContain('Lãnh đạo, đoàn kết')
    await head.click('Không phát sinh', { ts: status?.ts })
    await head.submit()
    await sent()
    expect(reminder()[0]?.visibleText).toContain('còn thiếu 10/11')
    expect(reminder()[0]?.visibleText).toContain('còn thiếu 2/2')
  })

  test('a campaign that is over is no longer offered', async () => {
    stage.setClock('2025-03-03T09:00:00+07:00')
    expect((await say(cast.head, '/thidua tiêu chí'))?.buttons).toEqual([])
  })
})
