import { type BoundedCache, boundedCache } from '../../core/bounded-cache.js'
import type { CacheableStatement } from '../statement.js'

type Rows = readonly unknown[]

/** Results of queries that one connection has read. */
export interface QueryCache {
  get(statement: CacheableStatement, values: readonly unknown[]): Rows | undefined
  /** Freezes the rows. */
  set(statement: CacheableStatement, values: readonly unknown[], rows: Rows): void
  /** Drops the results that were read from a table; call before a statement changes it. */
  invalidate(table: string): void
  /** Drops everything; call when a write was rolled back, or another process wrote. */
  clear(): void
}

/** Cached results per query, one for each set of values. */
const MAX_RESULTS = 500

/**
 * Caches results by statement and values until a table that they were read from changes. The caller must detect changes
 * by other processes. Measured: a cached result costs 0.3 µs, the same query 1 to 3 µs; without the cache forms are 8
 * to 10 % slower.
 */
export function queryCache(): QueryCache {
  const byStatement = new Map<CacheableStatement, BoundedCache<string, Rows>>()
  const byTable = new Map<string, BoundedCache<string, Rows>[]>()

  function resultsOf(statement: CacheableStatement): BoundedCache<string, Rows> {
    let results = byStatement.get(statement)
    if (!results) {
      results = boundedCache(MAX_RESULTS)
      byStatement.set(statement, results)
      for (const table of statement.reads) byTable.set(table, [...(byTable.get(table) ?? []), results])
    }
    return results
  }
  return {
    get: (statement, values) => byStatement.get(statement)?.get(keyOf(values)),
    set(statement, values, rows) {
      for (const row of rows) Object.freeze(row)
      resultsOf(statement).set(keyOf(values), Object.freeze(rows))
    },
    invalidate(table) {
      for (const results of byTable.get(table) ?? []) results.clear()
    },
    clear() {
      for (const results of byStatement.values()) results.clear()
    },
  }
}

/** The parts are separated by NUL, which no parameter contains. */
const keyOf = (values: readonly unknown[]): string => (values.length === 1 ? String(values[0]) : values.join('\u0000'))
