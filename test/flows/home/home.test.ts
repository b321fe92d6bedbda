import { afterEach, describe, expect, test } from 'vitest'
import { importRoster } from '../../../src/core/setup/import-roster.js'
import type { Roster } from '../../../src/core/setup/roster.js'
import { newId } from '../../../src/new-id.js'
import { gate } from '../../helpers/gate.js'
import { onStage } from '../on-stage.js'
import { patient } from '../patient.js'
import { cast, forge, handInMany, type Stage, type StageOptions, setStage } from '../stage.js'

let stage: Stage
const { handIn, person } = onStage(() => stage)
const words = (id: string) => person(id).home()?.visibleText ?? ''
const current = async () => expect(await stage.bot.homes.idle(5000)).toBe(true)
const publishesTo = (id: string) => stage.slack.callsOf('views.publish').filter((c) => c.args.user_id === id).length
const open = async (options?: StageOptions) => {
  stage = await setStage(options)
}
async function openHome(...accounts: string[]): Promise<void> {
  for (const account of accounts) await person(account).openHome()
  await current()
}
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

describe('the home of', () => {
  test('a lecturer shows the days left, one main button, their submissions and what the unit lacks', async () => {
    await open()
    await person(cast.board).command('/thidua lich 28/06/2024')
    await handIn()
    await openHome(cast.lecturer)
    const home = person(cast.lecturer).home()
    expect(home?.visibleText.split('\n')[0]).toBe('Còn 29 ngày làm việc đến sơ kết (28/06/2024)')
    expect(home?.buttons[0]).toBe('Nộp minh chứng')
    expect(home?.visibleText).toContain('🕓 *TĐ-2024-000001* · a2 · Xây dựng Dân quân tự vệ – chờ xác nhận')
    expect(home?.visibleText).toContain('Đã có 1/11 tiêu chí')
    expect(home?.buttons.filter((b) => b === 'Nộp')).toHaveLength(10)
    expect(home?.buttons).not.toContain('Không phát sinh')
    expect(home?.visibleText).toContain('Cập nhật 09:00 20/05/2024')
    await person(cast.lecturer).click('Nộp', { in: 'home' })
    expect(person(cast.lecturer).modal()?.title).toBe('Nộp minh chứng')
  })

  test('a lecturer with a returned submission shows it first, with the reason and a button to correct it', async () => {
    await open()
    await handIn()
    await openHome(cast.head, cast.lecturer)
    await person(cast.head).click('Trả lại', { in: 'home' })
    await person(cast.head).fill({ 'Lý do': 'Xin ghi rõ số người' })
    await person(cast.head).submit()
    await current()
    const home = person(cast.lecturer).home()
    expect(home?.visibleText).toContain('1 minh chứng được trả lại')
    expect(home?.visibleText).toContain('Lý do: Xin ghi rõ số người')
    expect(home?.visibleText.indexOf('được trả lại')).toBeLessThan(home?.visibleText.indexOf('Đã có 0/11') ?? 0)
    // Its buttons appear once, not again in the list of missing criteria.
    expect(home?.buttons.filter((b) => b === 'Sửa và nộp lại')).toHaveLength(1)
    await person(cast.lecturer).click('Sửa và nộp lại', { in: 'home' })
    expect(person(cast.lecturer).modal()?.title).toBe('Sửa và nộp lại')
    await person(cast.lecturer).submit()
    await current()
    expect(words(cast.lecturer)).not.toContain('được trả lại')
    expect(words(cast.head)).toContain('1 minh chứng chờ Thầy/Cô xác nhận')
  })

  test('a lecturer with a draft offers to reopen it until it is submitted', async () => {
    await open()
    await openHome(cast.lecturer)
    const lecturer = person(cast.lecturer)
    await lecturer.command('/thidua nop a2')
    await lecturer.fill({ 'Kết quả': 'Huấn luyện 25/25' })
    await lecturer.close()
    await stage.slack.waitFor(() => words(cast.lecturer).includes('Huấn luyện 25/25'))
    await lecturer.click('draft.open', { in: 'home' })
    await lecturer.submit()
    await current()
    expect(lecturer.modal()?.title).toBe('Đã nhận')
    expect(lecturer.home()?.buttons.join()).not.toContain('Huấn luyện 25/25')
    expect(words(cast.lecturer)).toContain('TĐ-2024-000001')
  })

  test('a lecturer with many submissions shows the latest, and all of them in a modal', async () => {
    await open()
    await handIn()
    await handInMany(stage, cast.lecturer, 'a2', Array(7).fill('Buổi khác'))
    await openHome(cast.lecturer)
    expect(words(cast.lecturer)).toContain('Minh chứng của tôi (8)')
    expect(words(cast.lecturer)).toContain('000008')
    expect(words(cast.lecturer)).not.toContain('000003')
    await person(cast.lecturer).click('Xem tất cả', { in: 'home' })
    expect(person(cast.lecturer).modal()?.visibleText).toContain('000001')
  })

  test.each([cast.head, cast.deputy])('%s, a leader, shows the five oldest submissions that wait', async (who) => {
    await open()
    await openHome(who)
    expect(words(who)).toContain('Không có minh chứng nào chờ')
    await handIn('Buổi 1')
    await handInMany(
      stage,
      cast.lecturer,
      'a2',
      [2, 3, 4, 5, 6].map((n) => `Buổi ${n}`),
    )
    await handIn('Buổi 7')
    await current()
    const home = person(who).home()
    expect(home?.visibleText).toContain('7 minh chứng chờ Thầy/Cô xác nhận')
    expect(home?.visibleText).toContain('“Buổi 1” – nộp 20/05/2024')
    expect(home?.visibleText).toContain('và 2 minh chứng nữa')
    expect(home?.buttons.filter((b) => b === 'Xác nhận')).toHaveLength(5)
    expect(home?.visibleText.indexOf('chờ Thầy/Cô')).toBeLessThan(home?.visibleText.indexOf('Đã có 1/11') ?? 0)
    expect(home?.buttons.filter((b) => b === 'Không phát sinh')).toHaveLength(10)
    // The confirmed one disappears at once, before the job runs, and the next takes its place.
    await person(who).click('Xác nhận', { in: 'home' })
    expect(words(who)).toContain('6 minh chứng chờ')
    expect(words(who)).not.toContain('“Buổi 1”')
    expect(words(who)).toContain('“Buổi 6”')
  })

  test.each([cast.board, cast.office, cast.rector])(
    '%s, who sees everything: the whole, what waits, who is late',
    async (who) => {
      await open()
      await handIn()
      await handIn('Khen thưởng', 'b1')
      await openHome(cast.head, who)
      await person(cast.head).click('Xác nhận', { in: 'home' })
      await current()
      const home = person(who).home()
      expect(home?.visibleText).toContain('*0/22 đơn vị đã đủ tiêu chí* · 22 đơn vị còn thiếu 240 tiêu chí')
      expect(home?.visibleText).toContain('▰▱▱▱▱▱▱▱▱▱ 1/110 · a) Xây dựng lực lượng')
      expect(home?.visibleText).toContain('*1 minh chứng* chờ Ban Chỉ huy duyệt')
      expect(home?.visibleText).toContain('*1 minh chứng* chờ trưởng đơn vị xác nhận')
      expect(home?.visibleText).toContain('và 17 đơn vị khác còn thiếu')
      await person(who).click('Tổng hợp', { in: 'home' })
      expect(person(who).modal()?.visibleText).toContain('22 đơn vị còn thiếu')
      await person(who).close()
      await person(who).click('Xem', { in: 'home' })
      expect(person(who).modal()?.visibleText).toContain('Đã có 0/11 tiêu chí')
    },
  )

  test('the Office names people who cannot be reached, and no other home does', async () => {
    await open({ without: ['khanhnv@cdn-angiang.example'] })
    await openHome(cast.office, cast.board)
    expect(words(cast.office)).not.toContain('chưa nhận được tin')
    await handIn()
    await stage.sent()
    await current()
    expect(words(cast.office)).toContain('1 người chưa nhận được tin')
    expect(words(cast.office)).toContain('Nguyễn Văn Khánh (khanhnv@cdn-angiang.example)')
    expect(words(cast.board)).not.toContain('chưa nhận được tin')
  })

  test('an admin on the first day shows what to do next, and is updated', async () => {
    const users = [{ id: 'UADMIN', real_name: 'Quản trị', email: 'it@truong.vn' }]
    await open({ roster: false, admins: ['UADMIN'], users })
    await openHome('UADMIN')
    expect(words('UADMIN')).toContain('⬜ Nạp danh sách')
    expect(words('UADMIN')).toContain('✅ Đã nạp kế hoạch')
    await person('UADMIN').command('/thidua lich sơ kết 28/06/2024 tổng kết 20/12/2024')
    await current()
    expect(words('UADMIN')).toContain('Còn 29 ngày làm việc đến sơ kết')
    expect(words('UADMIN')).not.toContain('⬜ Đặt ngày')
  })

  test('a person who is not on the roster shows whom to ask, and becomes their home after an import', async () => {
    await open({ without: [], users: [{ id: 'UNEW', real_name: 'Người Mới', email: 'moi@cdn.example' }] })
    await openHome('UNEW')
    expect(words('UNEW')).toContain('chưa có trong danh sách')
    const roster: Roster = {
      units: [{ code: 'KCK', name: 'Khoa Cơ khí', kind: 'faculty', position: 6 }],
      people: [{ fullName: 'Người Mới', email: 'moi@cdn.example' }],
      roles: [{ unitCode: 'KCK', email: 'moi@cdn.example', role: 'member' }],
    }
    await stage.store.write((tx) =>
      importRoster({ tx, now: stage.now(), newId, workspaceId: stage.bot.workspaceId }, roster),
    )
    await current()
    expect(words('UNEW')).toContain('Khoa Cơ khí')
    expect(words('UNEW')).toContain('Đã có 0/11 tiêu chí')
  })

  test('a person with every role in many units shows everything within Slack’s limits, the most urgent first', async () => {
    await open({ roster: everything() })
    for (let n = 1; n <= 6; n++) await handIn('x'.repeat(2900), 'a1', 'UALL')
    await openHome('UALL')
    const home = person('UALL').home()
    const at = (text: string) => home?.visibleText.indexOf(text) ?? -1
    expect(home?.blocks.length).toBeLessThanOrEqual(100)
    expect(home?.visibleText).not.toContain('còn nữa; xin mở')
    const order = [
      '6 minh chứng chờ Thầy/Cô',
      'Đã có 1/11',
      '0/10 đơn vị đã đủ tiêu chí',
      'Còn thiếu nhiều nhất',
      'Minh chứng của tôi',
      'Việc khác',
    ]
    expect(order.map(at)).toEqual([...order.map(at)].sort((a, b) => a - b))
    expect(order.filter((text) => at(text) < 0)).toEqual([])
  })
})

describe('an open home', () => {
  test('is updated without a click when others act', async () => {
    await open()
    await openHome(cast.head, cast.board, cast.lecturer)
    await handIn()
    await current()
    expect(words(cast.head)).toContain('“Huấn luyện 25/25 đạt 100%”')
    expect(words(cast.board)).toContain('*1 minh chứng* chờ trưởng đơn vị')
    expect(words(cast.lecturer)).toContain('TĐ-2024-000001')
    await person(cast.board).command('/thidua lich 28/06/2024')
    await current()
    for (const who of [cast.head, cast.board, cast.lecturer]) expect(words(who)).toContain('Còn 29 ngày làm việc')
  })

  test('is published a few times for a burst of thirty submissions', async () => {
    await open()
    await openHome(cast.head, cast.board)
    const before = [cast.head, cast.board].map(publishesTo)
    const hold = gate()
    stage.slack.fail('views.publish', { after: hold.opened, times: 2 })
    const lecturer = patient(stage.slack, cast.lecturer)
    for (let n = 1; n <= 30; n++) await lecturer.send(await lecturer.form(`/thidua nop a2 Buổi ${n}`, {}))
    hold.open()
    await current()
    expect(words(cast.head)).toContain('30 minh chứng chờ Thầy/Cô xác nhận')
    for (const [i, who] of [cast.head, cast.board].entries()) {
      const n = publishesTo(who) - (before[i] ?? 0)
      expect(n).toBeGreaterThan(0)
      expect(n).toBeLessThanOrEqual(3)
    }
  })

  test('is not published when nothing on it has changed, nor for a person who never opened it', async () => {
    await open()
    await openHome(cast.lecturer)
    const before = stage.slack.callsOf('views.publish').length
    await person(cast.lecturer).command('/thidua trangthai')
    await stage.bot.tick()
    await current()
    expect(stage.slack.callsOf('views.publish')).toHaveLength(before)
    await handIn()
    await current()
    const accounts = stage.slack.callsOf('views.publish').map((c) => c.args.user_id)
    expect(new Set(accounts)).toEqual(new Set([cast.lecturer]))
  })

  test('is published after a pause that Slack requests, and after a fault', async () => {
    await open()
    await openHome(cast.head)
    stage.slack.fail('views.publish', { retryAfter: 1 })
    const before = publishesTo(cast.head)
    await handIn()
    await current()
    expect(words(cast.head)).toContain('1 minh chứng chờ')
    expect(publishesTo(cast.head)).toBeGreaterThan(before + 1)
    stage.slack.fail('views.publish', { status: 500, times: 2 })
    await handIn()
    await current()
    expect(words(cast.head)).toContain('2 minh chứng chờ')
  })

  test('is updated after a restart with what has happened meanwhile', async () => {
    await open()
    await openHome(cast.head)
    stage.slack.fail('views.publish', { error: 'fatal_error', times: 50 })
    await handIn()
    await stage.slack.settled()
    await stage.restart()
    stage.slack.clearFaults()
    await current()
    expect(words(cast.head)).toContain('1 minh chứng chờ')
  })

  test('shows nothing of the unit to a person who was removed from the roster', async () => {
    await open()
    await openHome(cast.lecturer)
    expect(words(cast.lecturer)).toContain('Khoa Điện – Điện tử')
    await stage.store.write(async (tx) => {
      const met = await tx.accounts.ofAccount(stage.bot.workspaceId, 'slack', cast.lecturer)
      await tx.people.retire(stage.bot.workspaceId, met?.person.id as string)
    })
    await current()
    expect(words(cast.lecturer)).not.toContain('Khoa Điện – Điện tử')
    expect(words(cast.lecturer)).toContain('chưa có trong danh sách')
  })

  test('shows a person their own data when they forge a button of another home', async () => {
    await open()
    await handIn()
    await stage.sent()
    await forge(stage, cast.board, 'home.mine', '{"person":"someone"}')
    expect(person(cast.board).modal()?.visibleText).toContain('chưa nộp minh chứng nào')
  })
})

function everything(): Roster {
  const email = 'all@truong.vn'
  const units: Roster['units'] = Array.from({ length: 10 }, (_, i) => ({
    code: `DV${i + 1}`,
    name: `Đơn vị số ${i + 1} có một cái tên khá dài của trường`,
    kind: 'faculty',
    position: i,
  }))
  const above: Roster['units'][number] = { code: 'BCH', name: 'Ban Chỉ huy', kind: 'board', position: 10 }
  return {
    units: [...units, above],
    people: [{ fullName: 'Người Nhiều Việc', email }],
    roles: [
      ...units.map((u, i) => ({
        unitCode: u.code,
        email,
        role: i % 3 === 2 ? ('member' as const) : ('head' as const),
      })),
      ...(['command_board', 'org_office', 'school_board', 'admin'] as const).map((role) => ({
        unitCode: 'BCH',
        email,
        role,
      })),
    ],
  }
}
