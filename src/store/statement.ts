import type { CompiledQuery, OperationNode } from 'kysely'

/** A compiled statement, with the tables that it touches, so that a cache need not look for them in the SQL. */
export interface Statement {
  sql: string
  /** The table whose rows it changes; undefined for one that only reads. */
  changes: string | undefined
}

/** A statement whose results may be cached: every table that it reads is known. */
export interface CacheableStatement extends Statement {
  reads: readonly string[]
}

type Query = Pick<CompiledQuery, 'sql' | 'query'>

/** Raw SQL counts as a read: statements that change something must be built. */
export const statementOf = ({ sql, query }: Query): Statement => ({ sql, changes: changedTable(query) })

/** Throws for a query with raw SQL in it, whose tables are unknown. */
export function cacheableStatementOf({ sql, query }: Query): CacheableStatement {
  const reads = new Set<string>()
  for (const node of nodesOf(query)) {
    if (node.kind === 'RawNode') throw new Error(`a cached query must not contain raw SQL: ${sql}`)
    if (isTable(node)) reads.add(nameOf(node))
  }
  return { sql, changes: changedTable(query), reads: [...reads] }
}

function changedTable(query: Query['query']): string | undefined {
  const target =
    query.kind === 'InsertQueryNode'
      ? query.into
      : query.kind === 'UpdateQueryNode'
        ? query.table
        : query.kind === 'DeleteQueryNode'
          ? query.from
          : undefined
  if (!target) return undefined
  for (const node of nodesOf(target)) if (isTable(node)) return nameOf(node)
  throw new Error('a statement must change a named table')
}

type TableNode = OperationNode & { table: { identifier: { name: string } } }
const isTable = (node: OperationNode): node is TableNode => node.kind === 'TableNode'
const nameOf = (node: TableNode): string => node.table.identifier.name

/** A node of Kysely's tree and all nodes below it. */
function* nodesOf(node: OperationNode): Generator<OperationNode> {
  yield node
  for (const child of Object.values(node).flat()) if (isNode(child)) yield* nodesOf(child)
}

const isNode = (value: unknown): value is OperationNode =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'
