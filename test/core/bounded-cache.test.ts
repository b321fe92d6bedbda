import { describe, expect, it } from 'vitest'
import { boundedCache } from '../../src/core/bounded-cache.js'

describe('a bounded cache', () => {
  it('gives what was set last under a key, and nothing for another key', () => {
    const cache = boundedCache<string, number>(10)
    cache.set('a', 1)
    cache.set('a', 2)
    expect([cache.get('a'), cache.get('b'), cache.size()]).toEqual([2, undefined, 1])
  })

  it.each([1, 2, 7, 100])('of at most %i entries holds the ones that were set last', (max) => {
    const cache = boundedCache<number, number>(max)
    for (let i = 0; i < 1000; i++) {
      cache.set(i, i)
      expect(cache.size()).toBe(Math.min(i + 1, max))
    }
    const held = Array.from({ length: 1000 }, (_, i) => i).filter((i) => cache.get(i) !== undefined)
    expect(held).toEqual(Array.from({ length: max }, (_, i) => 1000 - max + i))
  })

  it('counts an entry that is set again as new', () => {
    const cache = boundedCache<string, number>(2)
    for (const key of ['a', 'b', 'a', 'c']) cache.set(key, 1)
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 1])
  })

  it('is empty once it was cleared', () => {
    const cache = boundedCache<number, number>(4)
    for (let i = 0; i < 9; i++) cache.set(i, i)
    cache.clear()
    expect([cache.size(), cache.get(8)]).toEqual([0, undefined])
  })
})
