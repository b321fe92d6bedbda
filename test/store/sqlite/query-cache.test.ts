import { describe, expect, it } from 'vitest'
import { queryCache } from '../../../src/store/sqlite/query-cache.js'
import type { CacheableStatement } from '../../../src/store/statement.js'

const reading = (...reads: string[]): CacheableStatement => ({ sql: 'select', changes: undefined, reads })
const settings = reading('setting')
const heads = reading('role', 'person')
const rows = [{ name: 'coach' }]

/** Both queries have a result, for the values `w` and `u`. */
function filled() {
  const cache = queryCache()
  cache.set(settings, ['w'], rows)
  cache.set(heads, ['u'], rows)
  const has = () => [cache.get(settings, ['w']) !== undefined, cache.get(heads, ['u']) !== undefined]
  return { cache, has }
}

describe('a cached result', () => {
  it('is given for the same statement and values, and for no others', () => {
    const { cache } = filled()
    expect(cache.get(settings, ['w'])).toEqual(rows)
    expect(cache.get(settings, ['v'])).toBeUndefined()
    expect(cache.get(reading('setting'), ['w'])).toBeUndefined()
  })

  it('depends on where one value ends and the next begins', () => {
    const { cache } = filled()
    cache.set(heads, ['u', '1 2'], rows)
    expect(cache.get(heads, ['u 1', '2'])).toBeUndefined()
  })

  it.each([
    ['setting', [false, true]],
    ['role', [true, false]],
    ['person', [true, false]],
    ['outbox', [true, true]],
  ])('is dropped when its table changes: %s', (table, expected) => {
    const { cache, has } = filled()
    cache.invalidate(table)
    expect(has()).toEqual(expected)
  })

  it('is dropped when the cache is cleared, and can be set again', () => {
    const { cache, has } = filled()
    cache.clear()
    expect(has()).toEqual([false, false])
    cache.set(heads, ['u'], [])
    expect(cache.get(heads, ['u'])).toEqual([])
  })

  it('cannot be changed by a caller that gets it', () => {
    const { cache } = filled()
    const given = cache.get(settings, ['w']) as { name: string }[]
    expect(() => given.push({ name: 'x' })).toThrow(TypeError)
    expect(() => Object.assign(given[0] as object, { name: 'x' })).toThrow(TypeError)
  })

  it('is one of at most 500 per statement, the newest among them', () => {
    const cache = queryCache()
    for (let i = 0; i < 2000; i++) cache.set(settings, [`w${i}`], rows)
    const held = Array.from({ length: 2000 }, (_, i) => cache.get(settings, [`w${i}`])).filter((r) => r)
    expect(held.length).toBeLessThanOrEqual(500)
    expect(cache.get(settings, ['w1999'])).toEqual(rows)
  })
})
