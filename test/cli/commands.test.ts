import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { withStore } from '../../src/cli/database.js'
import { doctor } from '../../src/cli/doctor.js'
import { plan } from '../../src/cli/plan.js'
import { roster } from '../../src/cli/roster.js'
import { parseInstant, tickOnce } from '../../src/cli/tick.js'
import type { Tx } from '../../src/core/ports.js'
import { commandLine } from './command-line.js'

const example = {
  plan: new URL('../../db/campaigns/qptd-2024.yaml', import.meta.url).pathname,
  roster: new URL('../../db/roster.example.csv', import.meta.url).pathname,
}
const fixture = (name: string) => new URL(`../fixtures/rosters/${name}`, import.meta.url).pathname
const header = 'unit_code,unit_name,unit_kind,full_name,email,role'
const loc = 'KCK,Khoa Cơ khí,faculty,Huỳnh Tấn Lộc,loc@cdn.example'

const { run, write: file } = commandLine()
const read = <T>(query: (tx: Tx, workspaceId: string) => Promise<T>): Promise<T> =>
  withStore((store, workspaceId) => store.read((tx) => query(tx, workspaceId)))
const edited = (from: string, to: string) => file('other.yaml', readFileSync(example.plan, 'utf8').replace(from, to))

describe('plan import', () => {
  it('creates the campaign of plan 484, and changes nothing the second time', async () => {
    expect(await run(() => plan(['import', example.plan]))).toEqual({ code: 0, out: 'Đã nạp kế hoạch 484/KH-CĐN.' })
    const before = await read((tx, workspaceId) => tx.campaigns.byCode(workspaceId, 'qptd-2024'))
    expect(await run(() => plan(['import', example.plan]))).toEqual({
      code: 0,
      out: 'Kế hoạch 484/KH-CĐN đã có sẵn, không có gì thay đổi.',
    })
    expect(await read((tx, workspaceId) => tx.campaigns.byCode(workspaceId, 'qptd-2024'))).toEqual(before)
  })

  it('changes nothing when the same plan is written differently', async () => {
    await plan(['import', example.plan])
    const crlf = file('crlf.yaml', readFileSync(example.plan, 'utf8').replaceAll('\n', '\r\n'))
    expect((await run(() => plan(['import', crlf]))).out).toContain('không có gì thay đổi')
  })

  it('updates the campaign of a changed plan', async () => {
    await plan(['import', example.plan])
    expect((await run(() => plan(['import', edited('place: An Giang', 'place: Long Xuyên')]))).out).toBe(
      'Đã cập nhật kế hoạch 484/KH-CĐN.',
    )
  })

  it('refuses a plan that is not UTF-8 with one sentence', async () => {
    const { code, out } = await run(() => plan(['import', fixture('plan-windows-1258.yaml')]))
    expect(code).toBe(1)
    expect(out).toMatch(
      /^plan-windows-1258\.yaml, dòng 1, cột 1: tệp không phải UTF-8.*\nplan-windows-1258\.yaml: 1 lỗi/,
    )
  })

  it('names the fault of a plan and imports nothing', async () => {
    const { code, out } = await run(() => plan(['import', edited('date: 2024-03-11', 'date: 2024-13-11')]))
    expect(code).toBe(1)
    expect(out).toMatch(/^other\.yaml, dòng \d+, cột \d+.*\nother\.yaml: 1 lỗi, chưa nạp gì cả\.$/)
    expect(await read((tx, workspaceId) => tx.campaigns.current(workspaceId))).toBeUndefined()
  })

  it.each<[string, string[]]>([
    ['a missing file', ['import', '/no/such/file.yaml']],
    ['no file', ['import']],
    ['an unknown word', ['nap', example.plan]],
    ['no words', []],
  ])('explains what is wrong when called with %s', async (_, args) => {
    const { code, out } = await run(() => plan(args))
    expect(code).toBe(2)
    expect(out).toMatch(/Không có lệnh|cần một tệp|Không mở được tệp/)
    expect(out).not.toMatch(/undefined|Error|\n\s+at /)
  })
})

describe('plan check', () => {
  it('imports nothing', async () => {
    expect(await run(() => plan(['check', example.plan]))).toEqual({
      code: 0,
      out: 'qptd-2024.yaml: không có lỗi; 11 tiêu chí.',
    })
    expect(await read((tx, workspaceId) => tx.campaigns.current(workspaceId))).toBeUndefined()
  })
})

describe('roster import', () => {
  const people = () =>
    read(async (tx, workspaceId) =>
      (await tx.people.roster(workspaceId)).map((r) => `${r.person.fullName} ${r.role} ${r.unit.code}`),
    )

  it('prints what it imported from the example, and does the same the second time', async () => {
    const first = await run(() => roster(['import', example.roster]))
    expect(first).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Đã nạp danh sách: 25 đơn vị, 60 người, \d+ vai trò\.$/),
    })
    const before = await people()
    expect(await run(() => roster(['import', example.roster]))).toEqual(first)
    expect(await people()).toEqual(before)
  })

  it('shows what it converted from an old encoding, and imports it only with --yes', async () => {
    const tcvn3 = fixture('roster-tcvn3.xlsx')
    const first = await run(() => roster(['import', tcvn3]))
    expect(first.code).toBe(1)
    expect(first.out).toContain('bảng mã cũ TCVN3 (ABC)')
    expect(first.out).toContain('  NguyÔn V¨n An → Nguyễn Văn An')
    expect(first.out).toMatch(/Chưa nạp gì cả\. .*--yes/)
    expect(await people()).toEqual([])
    expect((await run(() => roster(['import', tcvn3, '--yes']))).code).toBe(0)
    expect((await people()).sort()).toEqual(['Lê Văn Cường head PDT', 'Nguyễn Văn An head KCK'])
  })

  it('names the sheet that it read, and takes the name of another', async () => {
    const guided = fixture('roster-guide-sheet-first.xlsx')
    expect((await run(() => roster(['import', guided]))).out).toContain('\nĐã đọc trang “Sheet”.')
    for (const args of [['--sheet', 'Hướng dẫn'], ['--sheet=Hướng dẫn']])
      expect((await run(() => roster(['import', guided, ...args]))).out).toContain('không tìm thấy dòng tiêu đề')
  })

  it('refuses an option that it does not know', async () => {
    const { code, out } = await run(() => roster(['import', example.roster, '--replase']))
    expect([code, out]).toEqual([2, expect.stringContaining('“--replase”')])
    expect(await people()).toEqual([])
  })

  it('names every bad row with its line and imports nothing', async () => {
    const bad = [header, `${loc},head`, `${loc},truong`, 'KX,,faculty,A B,a@b.example,head', 'KX,Khoa X,x,A B,a@b,head']
    const { code, out } = await run(() => roster(['import', file('ds.csv', bad.join('\n'))]))
    expect(code).toBe(1)
    for (const place of ['Dòng 3, cột role', 'Dòng 4, cột unit_name', 'Dòng 5, cột unit_kind', 'Dòng 5, cột email'])
      expect(out).toContain(place)
    expect(out).toContain('ds.csv: 4 lỗi, chưa nạp gì cả.')
    expect(await people()).toEqual([])
  })

  it('replaces the roles of people in the file and keeps other people', async () => {
    const an = 'KCK,Khoa Cơ khí,faculty,Lê Văn An,an@cdn.example'
    const rows = [header, `${loc},head`, `${loc},admin`, `${an},member`]
    await roster(['import', file('a.csv', rows.join('\n'))])
    expect((await people()).sort()).toEqual([
      'Huỳnh Tấn Lộc admin KCK',
      'Huỳnh Tấn Lộc head KCK',
      'Lê Văn An member KCK',
    ])
    const { out } = await run(() => roster(['import', file('b.csv', `${header}\n${loc},member`)]))
    expect((await people()).sort()).toEqual(['Huỳnh Tấn Lộc member KCK', 'Lê Văn An member KCK'])
    expect(out).toContain('1 người không có trong tệp này vẫn được giữ nguyên: Lê Văn An')
    expect(out).toContain('Chưa có trưởng đơn vị: Khoa Cơ khí.')
  })

  it('with --replace removes people who are not in the file, and restores them when they are in it again', async () => {
    const an = 'KCK,Khoa Cơ khí,faculty,Lê Văn An,an@cdn.example,member'
    await roster(['import', file('a.csv', [header, `${loc},head`, an].join('\n'))])
    const { out } = await run(() => roster(['import', file('b.csv', `${header}\n${loc},head`), '--replace']))
    expect(await people()).toEqual(['Huỳnh Tấn Lộc head KCK'])
    expect(out).toContain('1 người không có trong tệp này đã ra khỏi danh sách')
    await roster(['import', file('a.csv', [header, `${loc},head`, an].join('\n'))])
    expect((await people()).sort()).toEqual(['Huỳnh Tấn Lộc head KCK', 'Lê Văn An member KCK'])
  })

  it.each<[string, string[]]>([
    ['a missing file', ['import', '/no/such/file.csv']],
    ['a folder', ['import', '/']],
    ['no file', ['import']],
    ['an unknown word', ['nap', example.roster]],
  ])('explains what is wrong when called with %s', async (_, args) => {
    const { code, out } = await run(() => roster(args))
    expect(code).toBe(2)
    expect(out).toMatch(/Không có lệnh|cần một tệp|Không mở được tệp/)
    expect(out).not.toMatch(/undefined|Error|\n\s+at /)
  })
})

describe('doctor', () => {
  it('names what is missing in an empty database', async () => {
    const { code, out } = await run(doctor)
    expect(code).toBe(1)
    expect(out.match(/❌/g)).toHaveLength(3)
    expect(out).toContain('✅ cơ sở dữ liệu mở được')
    expect(out).toContain('❌ chưa nạp kế hoạch')
    expect(out).toContain('❌ chưa nạp danh sách')
  })

  it('finds nothing wrong when everything is set up, and names wrong counts', async () => {
    await plan(['import', example.plan])
    await roster(['import', example.roster])
    vi.stubEnv('SLACK_BOT_TOKEN', 'xoxb-1')
    vi.stubEnv('SLACK_SIGNING_SECRET', 'secret')
    await withStore((store, workspaceId) =>
      store.write(async (tx) => {
        const campaign = await tx.campaigns.current(workspaceId)
        const [entry] = await tx.people.roster(workspaceId)
        for (const [kind, date] of [
          ['preliminary', '2024-06-28'],
          ['final', '2024-12-27'],
        ] as const)
          await tx.reviews.set(workspaceId, campaign?.id ?? '', { kind, date }, entry?.person.id ?? '', new Date())
      }),
    )
    const good = await run(doctor)
    expect(good.out).not.toContain('❌')
    expect(good.code).toBe(0)

    await withStore((store, workspaceId) =>
      store.write(async (tx) => {
        const campaign = await tx.campaigns.current(workspaceId)
        const [unit] = await tx.units.list(workspaceId)
        await tx.progress.addToTally(workspaceId, campaign?.id ?? '', unit?.id ?? '', 'a2', 'confirmed', 1)
      }),
    )
    const bad = await run(doctor)
    expect(bad.code).toBe(1)
    expect(bad.out).toMatch(/❌ số đếm sai ở: \S+ a2/)
  })
})

describe('tick', () => {
  it.each<[string, string[]]>([
    ['nothing', []],
    ['no value', ['--at']],
    ['a word', ['--at', 'mai']],
    ['a date in Vietnamese notation', ['--at', '14/06/2024']],
    ['a date without a time', ['--at', '2024-06-14']],
    ['a day that does not exist', ['--at', '2024-02-30T08:00:00+07:00']],
    ['an hour that does not exist', ['--at', '2024-06-14T25:00:00+07:00']],
    ['an unknown option', ['--when', '2024-06-14T08:00:00+07:00']],
  ])('explains what it needs when called with %s, before it reads the Slack settings', async (_, args) => {
    const { code, out } = await run(() => tickOnce(args))
    expect(code).toBe(2)
    expect(out).toContain('2024-06-14T08:00:00+07:00')
  })

  it('refuses a moment more than a day ahead without --force, and sends nothing', async () => {
    const ahead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
    const { code, out } = await run(() => tickOnce(['--at', ahead(1.1)]))
    expect([code, out]).toEqual([2, expect.stringContaining('--force')])
    await expect(tickOnce(['--at', ahead(0.9)])).rejects.toThrow('SLACK_BOT_TOKEN: missing')
    await expect(tickOnce(['--at', ahead(30), '--force'])).rejects.toThrow('SLACK_BOT_TOKEN: missing')
  })

  it('names missing Slack settings', async () => {
    await expect(tickOnce(['--at', '2024-06-14T08:00:00+07:00'])).rejects.toThrow('SLACK_BOT_TOKEN: missing')
  })

  it.each([
    ['2024-06-14T08:00:00+07:00', '2024-06-14T01:00:00.000Z'],
    ['2024-06-14T08:00+07:00', '2024-06-14T01:00:00.000Z'],
    ['2024-06-14T01:00:00Z', '2024-06-14T01:00:00.000Z'],
    ['2024-06-14T01:00:00.000Z', '2024-06-14T01:00:00.000Z'],
    ['2024-06-14T08:00:00', '2024-06-14T01:00:00.000Z'],
    ['2024-06-14T08:00', '2024-06-14T01:00:00.000Z'],
  ])('parses %s in the given time zone, not in that of the machine', (text, expected) => {
    expect(parseInstant(text, 'Asia/Ho_Chi_Minh')?.toISOString()).toBe(expected)
  })
})
