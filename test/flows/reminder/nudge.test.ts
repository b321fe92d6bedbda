import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Roster } from '../../../src/core/setup/roster.js'
import { onStage } from '../on-stage.js'
import { accountOf, cast, exampleRoster, forge, type Stage, setStage } from '../stage.js'

let stage: Stage
const { holding, person, say, sent } = onStage(() => stage)
const clock = (at: string) => stage.setClock(`${at}:00+07:00`)
const heads = async () => (await exampleRoster()).roles.filter((r) => r.role === 'head').map((r) => accountOf(r.email))

async function open(options: Parameters<typeof setStage>[0] = {}) {
  stage = await setStage(options)
  await person(cast.board).command('/thidua lich sơ kết 28/06/2024')
}
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

describe('a nudge', () => {
  beforeEach(() => open())

  test('reaches exactly the people in its preview; nobody gets another within four hours, no matter who presses', async () => {
    clock('2024-06-04T09:00')
    const menu = await say(cast.board, '/thidua nhắc')
    expect(menu?.visibleText).toMatch(/^Nhắc đơn vị\n\*?22 đơn vị\*? còn thiếu cho sơ kết \(28\/06\/2024\)/)
    const preview = await say(cast.board, '/thidua NHẮC tất cả')
    const named = [...(preview?.visibleText ?? '').matchAll(/^• (.+?) – /gm)].map((m) => m[1])
    expect(preview?.visibleText).toContain(`${named.length} người sẽ được nhắc về sơ kết`)
    expect(holding(cast.head, 'ngày làm việc đến sơ kết')).toEqual([])
    const done = await person(cast.board).click(`Gửi (${named.length})`)
    expect(done.messages.at(-1)?.visibleText).toContain(`Đã nhắc ${named.length} người`)
    await sent()
    const all = new Set(await heads())
    expect(all.size).toBe(named.length)
    for (const head of all) expect(holding(head, 'Còn 18 ngày làm việc đến sơ kết')).toHaveLength(1)
    expect(holding(cast.head, 'Còn 18 ngày')[0]?.visibleText).toContain('nhắc')
    expect(holding(cast.lecturer, 'sơ kết')).toEqual([])

    const again = await say(cast.office, '/thidua nhac tất cả')
    expect(again?.visibleText).toContain('Không có ai để nhắc lúc này')
    expect(again?.visibleText).toContain('đã có tin nhắc lúc 09:00 04/06/2024, chưa quá 4 giờ')
    clock('2024-06-04T12:59')
    expect((await say(cast.office, '/thidua nhac khoa điện'))?.visibleText).toContain('chưa quá 4 giờ')
    clock('2024-06-04T13:00')
    const one = await say(cast.office, '/thidua nhac Khoa Điện – Điện tử')
    expect(one?.visibleText).toContain('1 người sẽ được nhắc')
    await person(cast.office).click('Gửi (1)', { copies: 2 } as never)
    await sent()
    expect(holding(cast.head, 'Còn 18 ngày')).toHaveLength(2)
    // The next regular reminder still comes.
    await stage.tick('2024-06-14T08:00:00+07:00')
    expect(holding(cast.head, 'Còn 10 ngày')).toHaveLength(1)
    expect((await say(cast.board, '/thidua nhac tất cả'))?.visibleText).toContain('Không có ai để nhắc lúc này')
  })

  test('waits for the morning outside working hours, and is merged with that day’s reminder', async () => {
    clock('2024-06-13T20:15')
    const preview = await say(cast.board, '/thidua nhac tat ca')
    expect(preview?.visibleText).toContain('tin sẽ gửi lúc 08:00 thứ Sáu 14/06/2024')
    const button = preview?.buttons.find((b) => b.startsWith('Gửi (')) ?? ''
    expect((await person(cast.board).click(button)).messages.at(-1)?.visibleText).toContain('08:00 thứ Sáu 14/06/2024')
    expect((await say(cast.board, '/thidua nhac tat ca'))?.visibleText).toContain('Không có ai để nhắc lúc này')
    await stage.tick('2024-06-14T07:59:00+07:00')
    expect(holding(cast.head, 'ngày làm việc đến sơ kết')).toEqual([])
    for (const at of ['08:00', '08:01', '10:00']) await stage.tick(`2024-06-14T${at}:00+07:00`)
    for (const head of new Set(await heads())) expect(holding(head, 'Còn 10 ngày làm việc đến sơ kết')).toHaveLength(1)
    await stage.tick('2024-06-21T08:00:00+07:00')
    expect(holding(cast.head, 'Còn 5 ngày')).toHaveLength(1)
  })

  test('goes to the deputy when the head is away; is refused to other roles and for a forged button', async () => {
    clock('2024-06-04T09:00')
    await person(cast.head).command('/thidua vắng từ 03/06 đến 07/06')
    await person(cast.board).command('/thidua nhac Khoa Điện – Điện tử')
    await person(cast.board).click('Gửi (1)')
    await sent()
    expect(holding(cast.head, 'Còn 18 ngày')).toEqual([])
    expect(holding(cast.deputy, 'Còn 18 ngày')).toHaveLength(1)
    for (const who of [cast.lecturer, cast.head])
      expect((await say(who, '/thidua nhac tất cả'))?.visibleText).toContain('Nhắc đơn vị do Ban Chỉ huy quân sự')
    const value = JSON.stringify({ kind: 'preliminary', units: 'all' })
    for (const action of ['nudge.send', 'nudge.now', 'nudge.preview'])
      expect(await forge(stage, cast.head, action, value)).toContain(
        'do Ban Chỉ huy quân sự hoặc Phòng Tổ chức – Hành chính làm',
      )
    expect(await forge(stage, cast.board, 'nudge.send', '{"kind":"x","units":"all"}')).toContain('Nút này đã cũ')
    await sent()
    expect(holding(cast.deputy, 'Còn 18 ngày')).toHaveLength(1)
  })
})

describe('overdue units', () => {
  test('are reported to the Board on the eve and to the Office on each working day, with a button that nudges', async () => {
    await open()
    await stage.tick('2024-06-26T08:00:00+07:00')
    expect(holding(cast.board, 'đơn vị đã đủ tiêu chí')).toEqual([])
    for (const at of ['27T08:00', '27T08:01', '28T08:00']) await stage.tick(`2024-06-${at}:00+07:00`)
    const eve = holding(cast.board, 'Còn 1 ngày làm việc đến sơ kết (28/06/2024)')
    expect(eve).toHaveLength(1)
    expect(eve[0]?.visibleText).toContain('0/22 đơn vị đã đủ tiêu chí')
    const late = () => holding(cast.office, 'đơn vị trễ sơ kết')
    expect(late()).toEqual([])
    for (const at of ['2024-06-29T09:00', '2024-07-01T08:00', '2024-07-01T08:05']) await stage.tick(`${at}:00+07:00`)
    expect(late()).toHaveLength(1)
    expect(late()[0]?.visibleText).toMatch(/22 đơn vị trễ sơ kết \(28\/06\/2024\)/)
    expect(late()[0]?.visibleText).toMatch(
      /Khoa Điện – Điện tử.*thiếu cả 11 tiêu chí.*\n?.*đã nhắc 4 lần, lần cuối 08:00 hôm nay/,
    )
    expect(late()[0]?.buttons).not.toContain('Nhắc ngay')

    // No regular reminder is due on the second day; the Office nudges, and the digest is updated.
    await stage.tick('2024-07-02T08:00:00+07:00')
    expect(late()).toHaveLength(2)
    const [, second] = late()
    expect(second?.buttons.filter((b) => b === 'Nhắc ngay')).toHaveLength(15)
    const done = await person(cast.office).click('Nhắc ngay', { ts: second?.ts })
    expect(done.messages.at(-1)?.visibleText).toContain('Đã nhắc 1 người')
    await sent()
    const after = late()[1]
    expect(after?.ts).toBe(second?.ts)
    expect(after?.visibleText).toMatch(/lần cuối 08:00 hôm nay .* ✅ vừa nhắc/)
    expect(after?.buttons.filter((b) => b === 'Nhắc ngay')).toHaveLength(14)

    // Sent while a unit is overdue, but only for four weeks.
    await stage.tick('2024-07-26T08:00:00+07:00')
    expect(late()).toHaveLength(3)
    await stage.tick('2024-07-29T08:00:00+07:00')
    expect(late()).toHaveLength(3)
    for (const who of [cast.lecturer, cast.head, cast.board]) expect(holding(who, 'đơn vị trễ')).toEqual([])
  })

  test('fit into one message, the menu and the preview when there are five hundred', async () => {
    const example = await exampleRoster()
    const units = Array.from({ length: 480 }, (_, i) => ({
      code: `X${i}`,
      name: `Khoa Công nghệ kỹ thuật và quản trị tổng hợp thứ ${i}`,
      kind: 'faculty' as const,
      position: 1000 + i,
    }))
    const people = units.map((u) => ({ fullName: `Trần Thị ${u.code}`, email: `${u.code.toLowerCase()}@cdn.example` }))
    const roster: Roster = {
      units: [...example.units, ...units],
      people: [...example.people, ...people],
      roles: [
        ...example.roles,
        ...units.map((u, i) => ({ unitCode: u.code, email: people[i]?.email ?? '', role: 'head' as const })),
      ],
    }
    await open({ roster })
    await stage.tick('2024-07-02T08:00:00+07:00')
    expect(holding(cast.office, '502 đơn vị trễ sơ kết')).toHaveLength(1)
    clock('2024-07-03T09:00')
    expect((await say(cast.office, '/thidua nhac'))?.visibleText).toContain('502 đơn vị')
    const preview = await say(cast.office, '/thidua nhac tất cả')
    expect(preview?.visibleText).toMatch(/người sẽ được nhắc/)
    expect(preview?.visibleText).toMatch(/… và \d{3} người nữa/)
  })
})
