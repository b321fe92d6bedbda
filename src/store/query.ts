import { type CompiledQuery, DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { type CacheableStatement, cacheableStatementOf, type Statement, statementOf } from './statement.js'
import type { Tables } from './tables.js'

export type Builder = Kysely<Tables>

/** Runs statements in one transaction (or, for reads, on the newest committed state). */
export interface Exec {
  run<R>(statement: Statement, values: readonly unknown[]): Promise<R[]>
  /** Runs a statement without results; resolves with the number of changed rows, which costs less than `returning`. */
  change(statement: Statement, values: readonly unknown[]): Promise<number>
  /**
   * Like `run`, but may return an earlier result (frozen) as long as none of the tables that it was read from has
   * changed.
   */
  runCached<R>(statement: CacheableStatement, values: readonly unknown[]): Promise<readonly R[]>
  /**
   * Empties the write-ahead log soon after the commit: it holds earlier versions of changed rows. For content that must not
   * remain in the files; rows themselves are overwritten with zeros (`secure_delete`).
   */
  eraseLog(): void
  /** Caches a result that the caller knows after a write. */
  setCached(statement: CacheableStatement, values: readonly unknown[], rows: readonly unknown[]): void
}

/** Builds SQL only: each database has a driver of its own (`sqlite/exec.ts`), so Kysely runs nothing. */
const builder: Builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

class Placeholder {
  constructor(readonly name: string) {}
}

interface Compilable<R> {
  compile(): CompiledQuery<R>
}

/** Compiles a statement at its first use; returns it with the values of one call. */
function compiledOnce<P extends object, S extends Statement>(
  build: (db: Builder, p: P) => Compilable<unknown>,
  statementOf: (query: CompiledQuery) => S,
) {
  let compiled: { statement: S; parameters: readonly unknown[] } | undefined
  const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) }) as P
  return (params: P): [statement: S, values: unknown[]] => {
    if (!compiled) {
      const query = build(builder, placeholders).compile()
      compiled = { statement: statementOf(query), parameters: query.parameters }
    }
    const { statement, parameters } = compiled
    const valueFor = (p: unknown) => (p instanceof Placeholder ? (params as Record<string, unknown>)[p.name] : p)
    return [statement, parameters.map(valueFor)]
  }
}

/**
 * A query that is compiled once: building the same SQL for each request took a third of a request's time. `build` gets
 * placeholders instead of the values, so it must not inspect them.
 */
export function query<P extends object, R>(
  build: (db: Builder, p: P) => Compilable<R>,
): (exec: Exec, params: P) => Promise<R[]> {
  const bind = compiledOnce(build, statementOf)
  return (exec, params) => exec.run<R>(...bind(params))
}

export interface CachedQuery<P extends object, R> {
  (exec: Exec, params: P): Promise<readonly R[]>
  /** Caches the result that the query would return now, after a write. */
  set(exec: Exec, params: P, rows: readonly R[]): void
}

/**
 * A query whose results are cached: for data that seldom changes, such as settings, or that only this process writes,
 * such as the last number. Must not contain raw SQL.
 */
export function cachedQuery<P extends object, R>(build: (db: Builder, p: P) => Compilable<R>): CachedQuery<P, R> {
  const bind = compiledOnce(build, cacheableStatementOf)
  return Object.assign((exec: Exec, params: P) => exec.runCached<R>(...bind(params)), {
    set: (exec: Exec, params: P, rows: readonly R[]) => exec.setCached(...bind(params), rows),
  })
}

/** The same as `query` for a statement without results; resolves with the number of changed rows. */
export function change<P extends object>(
  build: (db: Builder, p: P) => Compilable<unknown>,
): (exec: Exec, params: P) => Promise<number> {
  const bind = compiledOnce(build, statementOf)
  return (exec, params) => exec.change(...bind(params))
}

/** Rows per statement; for each of these numbers one statement is compiled. */
const CHUNKS = [250, 25, 1]

/**
 * A statement on many rows of values: compiled once for each number of rows, since building the SQL of ten thousand rows
 * costs more than running it. `build` sees placeholders instead of the values; `shared` values are the same for every row
 * and are bound once. `chunks`: the numbers of rows per statement, descending to 1.
 */
export function bulk<V extends object, R, S extends object = Record<never, never>>(
  build: (db: Builder, rows: readonly V[], shared: S) => Compilable<R>,
  chunks: readonly number[] = CHUNKS,
): (exec: Exec, rows: readonly V[], shared: S) => Promise<R[]> {
  const compiled = new Map<number, { statement: Statement; parameters: readonly unknown[] }>()
  const compile = (n: number) => {
    let known = compiled.get(n)
    if (!known) {
      const cells = (row: number) => new Proxy({}, { get: (_, name) => new Cell(row, String(name)) }) as V
      const shared = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) }) as S
      const rows = Array.from({ length: n }, (_, row) => cells(row))
      const query = build(builder, rows, shared).compile()
      known = { statement: statementOf(query), parameters: query.parameters }
      compiled.set(n, known)
    }
    return known
  }
  return async (exec, rows, shared) => {
    const of = (from: object, name: string) => (from as Record<string, unknown>)[name]
    const out: R[] = []
    for (let at = 0; at < rows.length; ) {
      const n = chunks.find((size) => size <= rows.length - at) ?? 1
      const { statement, parameters } = compile(n)
      const bound = new Array<unknown>(parameters.length)
      for (let i = 0; i < parameters.length; i++) {
        const v = parameters[i]
        if (v instanceof Cell) bound[i] = of(rows[at + v.row] as V, v.name)
        else bound[i] = v instanceof Placeholder ? of(shared, v.name) : v
      }
      for (const row of await exec.run<R>(statement, bound)) out.push(row)
      at += n
    }
    return out
  }
}

class Cell {
  constructor(
    readonly row: number,
    readonly name: string,
  ) {}
}

/** Compiles and runs a query whose shape depends on its values; for queries that run seldom. */
export function once<R>(exec: Exec, build: (db: Builder) => Compilable<R>): Promise<R[]> {
  const query = build(builder).compile()
  return exec.run<R>(statementOf(query), query.parameters)
}

export const first = <R>(rows: readonly R[]): R | undefined => rows[0]
