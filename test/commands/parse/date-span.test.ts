import { describe, expect, it } from 'vitest'
import { datesOf } from '../../../src/commands/parse/date-span.js'
import { readWords, withoutFillers } from '../../../src/commands/parse/date-words.js'
import { findPeople } from '../../../src/commands/parse/person-finder.js'

/** A Tuesday. */
const TODAY = '2024-05-21'
const read = (typed: string, today = TODAY): string | undefined => {
  const { span, before, isUnclear } = readWords(typed)
  if (!span) return undefined
  const { from, until } = datesOf(span, today)
  return `${before && `${before}: `}${from}${until === from ? '' : ` ${until ?? '…'}`}${isUnclear ? ' ?' : ''}`
}

describe('the dates of an absence, as people type them', () => {
  it.each([
    ['từ 10/06 đến 14/06', '2024-06-10 2024-06-14'],
    ['tu 10/06/2024 den 14/06/2024', '2024-06-10 2024-06-14'],
    ['10/6-14/6', '2024-06-10 2024-06-14'],
    ['10/6 – 14/6', '2024-06-10 2024-06-14'],
    ['10/6→14/6', '2024-06-10 2024-06-14'],
    ['10.6 - 14.6', '2024-06-10 2024-06-14'],
    ['10-6-2024 đến 14-6-2024', '2024-06-10 2024-06-14'],
    ['10-06 đến 14-06', '2024-06-10 2024-06-14'],
    ['10-06-2024 - 14-06-2024', '2024-06-10 2024-06-14'],
    ['2024-06-10 2024-06-14', '2024-06-10 2024-06-14'],
    ['10/6 14/6', '2024-06-10 2024-06-14'],
    ['10/6, 14/6', '2024-06-10 2024-06-14'],
    ['10-14/6', '2024-06-10 2024-06-14'],
    ['từ 10 đến 14/6', '2024-06-10 2024-06-14'],
    ['từ ngày 10 đến hết ngày 14 tháng 6', '2024-06-10 2024-06-14'],
    ['Từ Ngày 10 Tháng 6 Năm 2024 Tới 14/6', '2024-06-10 2024-06-14'],
    ['từ 10/6/24 đến 14/6/24', '2024-06-10 2024-06-14'],
    ['từ thứ hai 10/06 đến thứ sáu 14/06', '2024-06-10 2024-06-14'],
    ['10/06', '2024-06-10'],
    ['ngày 10/06', '2024-06-10'],
    ['10-06', '2024-06-10'],
    ['10/06/2024', '2024-06-10'],
    ['hôm nay', '2024-05-21'],
    ['HOM NAY', '2024-05-21'],
    ['ngày mai', '2024-05-22'],
    ['tomorrow', '2024-05-22'],
    ['ngày kia', '2024-05-23'],
    ['hôm nay đến 24/5', '2024-05-21 2024-05-24'],
    ['từ mai đến thứ sáu', '2024-05-22 2024-05-24'],
    ['thứ sáu', '2024-05-24'],
    ['thứ ba', '2024-05-21'],
    ['thứ hai', '2024-05-27'],
    ['t2 tuần sau đến t4 tuần sau', '2024-05-27 2024-05-29'],
    ['từ thứ 5 đến chủ nhật', '2024-05-23 2024-05-26'],
    ['tuần này', '2024-05-21 2024-05-26'],
    ['tuần sau', '2024-05-27 2024-06-02'],
    ['3 ngày', '2024-05-21 2024-05-23'],
    ['3 ngày từ 10/6', '2024-06-10 2024-06-12'],
    ['từ mai 3 ngày', '2024-05-22 2024-05-24'],
    ['10/6 trong 5 ngày', '2024-06-10 2024-06-14'],
    ['từ 10/06', '2024-06-10 …'],
    // Invalid dates are returned as typed; the caller validates them.
    ['14/06 đến 10/06', '2024-06-14 2024-06-10'],
    ['31/06', '2024-06-31'],
    ['từ 30/02 đến 14/03', '2024-02-30 2024-03-14'],
  ])('%s', (typed, dates) => {
    expect(read(typed)).toBe(dates)
    expect(read(typed.normalize('NFD'))).toBe(dates)
  })

  it.each([
    ['2024-12-20', '28/12 đến 03/01', '2024-12-28 2025-01-03'],
    ['2024-12-30', '28/12-03/01', '2024-12-28 2025-01-03'],
    ['2025-01-02', '28/12-03/01', '2024-12-28 2025-01-03'],
    ['2025-01-04', '28/12-03/01', '2025-12-28 2026-01-03'],
    ['2024-12-20', '02/01 đến 05/01', '2025-01-02 2025-01-05'],
    ['2024-12-20', '28/12 đến 03/01/2025', '2024-12-28 2025-01-03'],
    ['2024-12-20', '28/12/2024 đến 03/01', '2024-12-28 2025-01-03'],
    ['2024-12-20', '02/01', '2025-01-02'],
    ['2024-06-12', '10/06 đến 14/06', '2024-06-10 2024-06-14'],
    ['2024-06-12', '10/06', '2024-06-10'],
    ['2024-12-20', '31/12 đến 1/1', '2024-12-31 2025-01-01'],
  ])('on %s, %s', (today, typed, dates) => {
    expect(read(typed, today)).toBe(dates)
  })

  it.each([
    ['Nguyễn Văn Khánh từ 10/06 đến 14/06', 'Nguyễn Văn Khánh: 2024-06-10 2024-06-14'],
    ['Nguyễn Thị Mai từ 10/06 đến 14/06', 'Nguyễn Thị Mai: 2024-06-10 2024-06-14'],
    ['Nguyễn Thị Mai 10/06', 'Nguyễn Thị Mai: 2024-06-10'],
    ['Mai Văn Sang hôm nay', 'Mai Văn Sang: 2024-05-21'],
    ['Nguyễn Văn Tư từ 10/6 đến 14/6', 'Nguyễn Văn Tư: 2024-06-10 2024-06-14'],
    ['Mai Văn Sang', '2024-05-22 ?'],
    ['mai bận việc gia đình', '2024-05-22'],
    ['sáng 10/06', 'sáng: 2024-06-10'],
    ['công tác từ 10/06 đến 14/06', 'công tác: 2024-06-10 2024-06-14'],
    ['từ 10/06 đến 14/06 đi công tác', '2024-06-10 2024-06-14'],
    ['từ 10/06 đến 14/06 phòng 12', '2024-06-10 2024-06-14 ?'],
  ])('with other words: %s', (typed, dates) => {
    expect(read(typed)).toBe(dates)
  })

  it.each(['', 'Nguyễn Văn An', 'đi công tác', '10', '40/50/60/70', '99', 'từ', 'từ đến'])(
    '%j has no date',
    (typed) => {
      expect(read(typed)).toBeUndefined()
    },
  )
})

describe('findPeople', () => {
  const people = ['Nguyễn Văn Khánh', 'Lê Văn Khánh', 'Trần Khánh Vân', 'Nguyễn Thị Mai', 'Trần Phương Nghi'].map(
    (fullName) => ({ fullName }),
  )
  it.each([
    ['nguyen van khanh', ['Nguyễn Văn Khánh']],
    ['van khanh', ['Nguyễn Văn Khánh', 'Lê Văn Khánh']],
    ['Khánh', ['Nguyễn Văn Khánh', 'Lê Văn Khánh']],
    ['khánh vân', ['Trần Khánh Vân']],
    ['Nguyễn Khánh', ['Nguyễn Văn Khánh']],
    ['mai', ['Nguyễn Thị Mai']],
    ['Hùng', []],
    ['', []],
  ])('%s', (word, found) => {
    expect(findPeople(people, word).map((p) => p.fullName)).toEqual(found)
  })

  it.each([
    ['tôi xin nghỉ phép', ''],
    ['cho thầy Khánh nghỉ ốm', 'khanh'],
    ['đi công tác', ''],
    ['sáng', ''],
    ['Nguyễn Văn Khánh', 'nguyen van khanh'],
  ])('is given “%s” without filler words', (before, name) => {
    expect(withoutFillers(before)).toBe(name)
  })
})
