import { expect, it } from 'vitest'
import { takeFilter } from '../../../../src/core/queries/search/filter.js'

it.each([
  ['đã duyệt Khoa Cơ khí', ['accepted'], null, 'khoa co khi'],
  ['DA DUYET', ['accepted'], null, ''],
  ['chờ duyệt a2', ['confirmed'], null, 'a2'],
  ['cho xac nhan', ['submitted'], null, ''],
  ['trả lại huấn luyện', ['returned'], null, 'huan luyen'],
  ['đã rút', ['withdrawn'], null, ''],
  ['17/05/2024', [], { from: '2024-05-17', to: '2024-05-17' }, ''],
  ['ngày 17/5 a2', [], { from: '2024-05-17', to: '2024-05-17' }, 'a2'],
  ['tháng 2', [], { from: '2024-02-01', to: '2024-02-29' }, ''],
  ['thang 12/2023 dân quân', [], { from: '2023-12-01', to: '2023-12-31' }, 'dan quan'],
  // No dates and no states.
  ['25/25 đạt', [], null, '25 25 dat'],
  ['12.5 tấn', [], null, '12 5 tan'],
  ['tháng 13', [], null, 'thang 13'],
  ['TĐ-2024-000123', [], null, 'td 2024 000123'],
  ['rút kinh nghiệm', [], null, 'rut kinh nghiem'],
])('“%s” is narrowed down to %j and %j', (typed, states, done, rest) => {
  expect(takeFilter(typed, 2024)).toEqual({ filter: { states, done }, rest })
})
