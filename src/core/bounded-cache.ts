/** A map of at most so many entries, for values (never undefined) that can be computed again. */
export interface BoundedCache<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): void
  clear(): void
  size(): number
}

/**
 * Evicts the entry that was set first when it is full. A hit therefore costs one look-up, where "least recently used"
 * would also have to move the entry.
 */
export function boundedCache<K, V>(max: number): BoundedCache<K, V> {
  const entries = new Map<K, V>()
  return {
    get: (key) => entries.get(key),
    set(key, value) {
      entries.delete(key)
      entries.set(key, value)
      if (entries.size <= max) return
      for (const first of entries.keys()) {
        entries.delete(first)
        break
      }
    },
    clear: () => entries.clear(),
    size: () => entries.size,
  }
}
