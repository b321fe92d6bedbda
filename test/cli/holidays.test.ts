import { describe, expect, it } from 'vitest'
import { withStore } from '../../src/cli/database.js'
import { holidays } from '../../src/cli/holidays.js'
import { calendarOf } from '../../src/core/calendar/holiday-calendar.js'
import { commandLine } from './command-line.js'
import { asTcvn3, asUtf8Twice } from './table/old-text.js'

const shell = commandLine()
const run = (...args: string[]) => shell.run(() => holidays(args))
const file = (text: string): string => shell.write('nghi.csv', text)

describe('holidays', () => {
  it('shows the proposed holidays of a year', async () => {
    const { code, out } = await run('show', '2024')
    expect(code).toBe(0)
    expect(out).toContain('Ngày nghỉ năm 2024 – Thi đua đề xuất')
    expect(out).toMatch(/08\/02–14\/02 +nghỉ +Tết Nguyên đán/)
    expect(out).toMatch(/04\/05 +làm bù +Làm bù cho 29\/04/)
  })

  it.each([asTcvn3, asUtf8Twice])('does not import names in an encoding older than Unicode (%#)', async (write) => {
    const { code, out } = await run('import', file(`date,kind,name\n2024-06-20,off,${write('Hội thao')}\n`))
    expect(code).toBe(1)
    expect(out).toMatch(/^nghi\.csv: tiếng Việt trong tệp (viết bằng bảng mã cũ|bị mã hóa) .*lẽ ra là “Hội thao/)
  })

  it.each([
    ['commas and ISO dates', 'date,kind,name\n2024-06-20,off,Hội thao\n2024-06-22,work,Bù\n2025-01-02,off,Nghỉ\n'],
    [
      'semicolons, Vietnamese words, a byte order mark and dd/MM/yyyy',
      '\uFEFFTên;Ngày;Loại\r\nHội thao;20/06/2024;nghỉ\r\n;;\r\nBù;22/06/2024;Làm bù\r\nNghỉ;2/1/2025;NGHỈ\r\n',
    ],
  ])('imports a file with %s and replaces each year in it', async (_, text) => {
    const { code, out } = await run('import', file(text))
    expect(out).toBe(
      'Đã nạp bảng ngày nghỉ năm 2024: 1 ngày nghỉ, 1 ngày làm bù.\nĐã nạp bảng ngày nghỉ năm 2025: 1 ngày nghỉ.',
    )
    expect(code).toBe(0)
    const working = await withStore((store, workspaceId) =>
      store.read(async (tx) => {
        const isWorkingDay = await calendarOf(tx, workspaceId)
        return ['2024-06-20', '2024-06-22', '2024-09-02', '2025-01-01', '2026-01-01'].filter(isWorkingDay)
      }),
    )
    expect(working).toEqual(['2024-06-22', '2024-09-02', '2025-01-01'])
    expect((await run('show', '2024')).out).toContain('nạp từ dòng lệnh')
  })

  it('names every bad row with its line and imports nothing', async () => {
    const rows = [
      'date,kind,name',
      '2024-06-20,off,Hội thao',
      '20/06/2024,off,Nữa',
      '31/06/2024,off,Hè',
      '20/07,off,Không năm',
      '2024-07-01,maybe,Gì đó',
      '2024-07-01,work,Bù',
      '2024-07-02,off,',
    ]
    const { code, out } = await run('import', file(rows.join('\n')))
    expect(code).toBe(1)
    const lines = out.split('\n')
    expect(lines.map((l) => l.slice(0, 7))).toEqual([...[3, 4, 5, 6, 7, 8].map((n) => `Dòng ${n}:`), 'nghi.cs'])
    expect(lines.at(-1)).toBe('nghi.csv: 6 lỗi, chưa nạp gì cả.')
    expect((await run('show', '2024')).out).toContain('Thi đua đề xuất')
  })

  it.each<[string, string[], string]>([
    ['an unknown word', ['nap'], 'Không có lệnh “holidays nap”'],
    ['no words', [], 'Không có lệnh “holidays”'],
    ['no file', ['import'], 'cần một tệp'],
    ['a missing file', ['import', '/no/such.csv'], 'Không mở được tệp'],
    ['a year that is no number', ['show', 'sau'], '“sau” không phải năm'],
    ['a year out of range', ['show', '1850'], '“1850” không phải năm'],
  ])('explains what is wrong when called with %s', async (_, args, sentence) => {
    const { code, out } = await run(...args)
    expect(code).toBe(2)
    expect(out).toContain(sentence)
    expect(out).not.toMatch(/undefined|NaN|Error|\n\s+at /)
  })

  it.each([
    ['no header', '2024-06-20,off,Hội thao\n', 'thiếu dòng tiêu đề'],
    ['no rows', 'date,kind,name\n', 'chưa có dòng nào'],
    ['an open quote', 'date,kind,name\n2024-06-20,off,"Hội\n', 'ngoặc kép'],
    ['a year out of range', 'date,kind,name\n1850-06-20,off,x\n', '1850'],
  ])('refuses a file with %s', async (_, text, word) => {
    const { code, out } = await run('import', file(text))
    expect(code).toBe(1)
    expect(out).toContain(word)
  })
})
