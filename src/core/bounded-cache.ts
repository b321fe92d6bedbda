/** A map that forgets: for values (never undefined) that can be computed again. */
export interface BoundedCache<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): void
  clear(): void
  /** How many entries it holds. */
  size(): number
}

/**
 * Holds at most `max` entries. The rule is an approximation of "least recently used" in two generations: when the young one
 * is half of `max`, it becomes the old one, and what was old and not read since is forgotten. A hit costs one look-up, where
 * an exact rule would move the entry each time.
 */
export function boundedCache<K, V>(max: number): BoundedCache<K, V> {
  let [young, old] = [new Map<K, V>(), new Map<K, V>()]
  function set(key: K, value: V): void {
    young.set(key, value)
    old.delete(key)
    if (young.size * 2 < max) return
    old = young
    young = new Map()
  }
  return {
    get(key) {
      const value = young.get(key)
      if (value !== undefined) return value
      const aged = old.get(key)
      if (aged !== undefined) set(key, aged)
      return aged
    },
    set,
    clear() {
      if (young.size > 0) young = new Map()
      if (old.size > 0) old = new Map()
    },
    size: () => young.size + old.size,
  }
}
