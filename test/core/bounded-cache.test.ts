import { describe, expect, it } from 'vitest'
import { boundedCache } from '../../src/core/bounded-cache.js'

describe('a bounded cache', () => {
  it('gives what was set last under a key, and nothing for another key', () => {
    const cache = boundedCache<string, number>(10)
    cache.set('a', 1)
    cache.set('a', 2)
    expect([cache.get('a'), cache.get('b')]).toEqual([2, undefined])
  })

  it('holds at most as many entries as it was made for, however many are set', () => {
    for (const max of [1, 2, 7, 100]) {
      const cache = boundedCache<number, number>(max)
      for (let i = 0; i < 1000; i++) {
        cache.set(i, i)
        expect(cache.size()).toBeLessThanOrEqual(max)
      }
    }
  })

  it('keeps an entry that is read now and then, and the entries set last', () => {
    const cache = boundedCache<number, number>(100)
    cache.set(-1, -1)
    for (let i = 0; i < 1000; i++) {
      cache.set(i, i)
      if (i % 40 === 0) expect(cache.get(-1)).toBe(-1)
    }
    expect(Array.from({ length: 49 }, (_, i) => cache.get(999 - i))).not.toContain(undefined)
  })

  it('gives the new value of an entry of the old generation', () => {
    const cache = boundedCache<string, number>(4)
    cache.set('a', 1)
    cache.set('b', 1)
    cache.set('a', 2)
    cache.set('c', 1)
    cache.set('d', 1)
    expect(cache.get('a')).not.toBe(1)
  })

  it('is empty once it was cleared', () => {
    const cache = boundedCache<number, number>(4)
    for (let i = 0; i < 9; i++) cache.set(i, i)
    cache.clear()
    expect(Array.from({ length: 9 }, (_, i) => cache.get(i)).filter((v) => v !== undefined)).toEqual([])
  })
})
