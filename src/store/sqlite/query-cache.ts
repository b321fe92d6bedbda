/** What one connection read and may give again. */
export interface KeptAnswers {
  of(sql: string, values: readonly unknown[]): readonly unknown[] | undefined
  keep(sql: string, values: readonly unknown[], rows: readonly unknown[]): void
  /** A statement is about to change something: what was read from its table goes. */
  changes(sql: string): void
  /** What was written is undone, or another process wrote: everything goes. */
  forget(): void
}

/** Different values for which one query's answers are kept; more of them would be a list of people. */
const MAX_VALUES = 500

const changed = /^\s*(?:insert into|update|delete from)\s+"?(\w+)/i
const read = /\b(?:from|join)\s+"?(\w+)/gi

/**
 * Keeps answers by statement and values for as long as no statement of this connection has changed a table that they were
 * read from. The one who writes to the database besides it must be looked for by the caller.
 */
export function keptAnswers(): KeptAnswers {
  const bySql = new Map<string, Map<string, readonly unknown[]>>()
  const readers = new Map<string, Map<string, readonly unknown[]>[]>()
  /** The table that a statement changes; '' for one that cannot be told, null for one that changes nothing. */
  const tables = new Map<string, string | null>()

  function answersOf(sql: string): Map<string, readonly unknown[]> {
    let answers = bySql.get(sql)
    if (!answers) {
      answers = new Map()
      bySql.set(sql, answers)
      for (const [, table = ''] of sql.matchAll(read)) readers.set(table, [...(readers.get(table) ?? []), answers])
    }
    return answers
  }
  function tableOf(sql: string): string | null {
    let table = tables.get(sql)
    if (table === undefined) {
      table = changed.exec(sql)?.[1] ?? (/^\s*select\b/i.test(sql) ? null : '')
      tables.set(sql, table)
    }
    return table
  }
  const forget = () => {
    for (const answers of bySql.values()) answers.clear()
  }
  return {
    of: (sql, values) => bySql.get(sql)?.get(keyOf(values)),
    keep(sql, values, rows) {
      const answers = answersOf(sql)
      if (answers.size >= MAX_VALUES) answers.clear()
      for (const row of rows) Object.freeze(row)
      answers.set(keyOf(values), Object.freeze(rows))
    },
    changes(sql) {
      const table = tableOf(sql)
      if (table === '') return forget()
      if (table !== null) for (const answers of readers.get(table) ?? []) if (answers.size > 0) answers.clear()
    },
    forget,
  }
}

/** Values are texts, numbers and null; none of the texts that are asked for holds this sign. */
const keyOf = (values: readonly unknown[]): string => (values.length === 1 ? String(values[0]) : values.join('\u0000'))
