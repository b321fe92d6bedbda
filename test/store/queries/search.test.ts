import { describe, expect, it } from 'vitest'
import { matchOf } from '../../../src/store/queries/search.js'

describe('the FTS5 expression of a search', () => {
  it.each([
    [['duong'], false, '"duong"'],
    [['duong'], true, '"duong" *'],
    [['dan', 'quan'], true, '("dan" AND "quan" *) OR ("dan quan" *)'],
    [['a"b'], false, '"a""b"'],
  ])('of %j (last word as a prefix: %s) is %s', (words, open, expected) => {
    expect(matchOf({ words, open })).toBe(expected)
  })
})
