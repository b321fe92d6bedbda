import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Tables } from './tables.js'

export type DialectName = 'sqlite' | 'postgres'
export type Builder = Kysely<Tables>

/** Runs SQL in one transaction (or, for reads, on the newest state). Only `open.ts` knows which database does it. */
export interface Exec {
  dialect: DialectName
  run<R>(sql: string, values: readonly unknown[]): Promise<R[]>
  /** Runs one that gives no rows; resolves with how many it changed, which costs less than having them returned. */
  change(sql: string, values: readonly unknown[]): Promise<number>
  /**
   * Runs a query that is asked often and seldom answered anew. What it gave may be given again, frozen, as long as nobody
   * wrote to the tables that it reads. Without it, it is asked each time.
   */
  ask?<R>(sql: string, values: readonly unknown[]): Promise<readonly R[]>
  /** Says what a query would now give, where the one who wrote knows it. */
  tell?(sql: string, values: readonly unknown[], rows: readonly unknown[]): void
}

/** Builders that only write SQL: each database's driver is ours (`sqlite.ts`), so nothing of Kysely's runs it. */
const builders: Record<DialectName, Builder> = {
  sqlite: new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  postgres: new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
}

class Placeholder {
  constructor(readonly name: string) {}
}

interface Compilable<R> {
  compile(): CompiledQuery<R>
}

/** Compiles SQL once a database; gives it with the values of one call. */
function compiledOnce<P extends object>(build: (db: Builder, p: P) => Compilable<unknown>) {
  const compiled: Partial<Record<DialectName, { sql: string; names: unknown[] }>> = {}
  const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) }) as P
  return (exec: Exec, params: P): [sql: string, values: unknown[]] => {
    let q = compiled[exec.dialect]
    if (!q) {
      const { sql, parameters } = build(builders[exec.dialect], placeholders).compile()
      q = { sql, names: [...parameters] }
      compiled[exec.dialect] = q
    }
    return [q.sql, q.names.map((n) => (n instanceof Placeholder ? (params as Record<string, unknown>)[n.name] : n))]
  }
}

/**
 * A query compiled once a database, however often it runs: building the same SQL anew for each request was a third of
 * a request's time. `build` sees placeholders in place of the values, so it must not look at them.
 */
export function query<P extends object, R>(
  build: (db: Builder, p: P) => Compilable<R>,
): (exec: Exec, params: P) => Promise<R[]> {
  const sqlOf = compiledOnce(build)
  return (exec, params) => exec.run<R>(...sqlOf(exec, params))
}

/** A query with an answer that may be kept. */
export interface Kept<P extends object, R> {
  (exec: Exec, params: P): Promise<readonly R[]>
  /** Says, after writing, what it would give from now on: it need not be asked again. */
  tell(exec: Exec, params: P, rows: readonly R[]): void
}

/** A query of what seldom changes, such as settings, or of what only the writer itself moves, such as a last number. */
export function kept<P extends object, R>(build: (db: Builder, p: P) => Compilable<R>): Kept<P, R> {
  const sqlOf = compiledOnce(build)
  const ask = (exec: Exec, params: P) =>
    exec.ask ? exec.ask<R>(...sqlOf(exec, params)) : exec.run<R>(...sqlOf(exec, params))
  return Object.assign(ask, {
    tell: (exec: Exec, params: P, rows: readonly R[]) => exec.tell?.(...sqlOf(exec, params), rows),
  })
}

/** The same as `query` for what gives no rows; resolves with how many it changed. */
export function change<P extends object>(
  build: (db: Builder, p: P) => Compilable<unknown>,
): (exec: Exec, params: P) => Promise<number> {
  const sqlOf = compiledOnce(build)
  return (exec, params) => exec.change(...sqlOf(exec, params))
}

/** Rows of one statement; each number is compiled once. */
const CHUNKS = [250, 25, 1]

/**
 * A statement on many rows of values: compiled once a database and number of rows, since building the SQL of ten thousand
 * rows costs more than running it. `build` sees placeholders in place of the values; `shared` are the same for every row and
 * are bound once. `chunks`: numbers of rows for which a statement is kept, falling to 1.
 */
export function bulk<V extends object, R, S extends object = Record<never, never>>(
  build: (db: Builder, rows: readonly V[], shared: S) => Compilable<R>,
  chunks: readonly number[] = CHUNKS,
): (exec: Exec, rows: readonly V[], shared: S) => Promise<R[]> {
  const compiled = new Map<string, { sql: string; values: unknown[] }>()
  const statement = (dialect: DialectName, n: number) => {
    const key = `${dialect}:${n}`
    let q = compiled.get(key)
    if (!q) {
      const cells = (row: number) => new Proxy({}, { get: (_, name) => new Cell(row, String(name)) }) as V
      const shared = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) }) as S
      const rows = Array.from({ length: n }, (_, row) => cells(row))
      const { sql, parameters } = build(builders[dialect], rows, shared).compile()
      q = { sql, values: [...parameters] }
      compiled.set(key, q)
    }
    return q
  }
  return async (exec, rows, shared) => {
    const of = (from: object, name: string) => (from as Record<string, unknown>)[name]
    const out: R[] = []
    for (let at = 0; at < rows.length; ) {
      const n = chunks.find((size) => size <= rows.length - at) ?? 1
      const { sql, values } = statement(exec.dialect, n)
      const bound = new Array<unknown>(values.length)
      for (let i = 0; i < values.length; i++) {
        const v = values[i]
        if (v instanceof Cell) bound[i] = of(rows[at + v.row] as V, v.name)
        else bound[i] = v instanceof Placeholder ? of(shared, v.name) : v
      }
      for (const row of await exec.run<R>(sql, bound)) out.push(row)
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

/** Runs a query whose shape depends on its values; for what is done seldom. */
export function once<R>(exec: Exec, build: (db: Builder) => Compilable<R>): Promise<R[]> {
  const { sql, parameters } = build(builders[exec.dialect]).compile()
  return exec.run<R>(sql, parameters)
}

export const first = <R>(rows: readonly R[]): R | undefined => rows[0]
