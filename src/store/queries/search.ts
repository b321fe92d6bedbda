import { sql } from 'kysely'
import type { Search, SearchDoc, SearchQuery } from '../../core/queries/search-rows.js'
import { type Builder, type DialectName, type Exec, first, once, query } from '../query.js'
import { type SubmissionRow, selectSubmission, submissionOf } from '../submission/submission.js'

const readTo = query<{ workspaceId: string }, { seq: number }>((db, p) =>
  db.selectFrom('search_read').select('seq').where('workspace_id', '=', p.workspaceId),
)
const setReadTo = query<{ workspaceId: string; seq: number }, never>((db, p) =>
  db
    .insertInto('search_read')
    .values({ workspace_id: p.workspaceId, seq: p.seq })
    .onConflict((c) => c.column('workspace_id').doUpdateSet({ seq: p.seq })),
)
const mark = query<{ workspaceId: string; id: string }, never>((db, p) =>
  db
    .insertInto('search_mark')
    .values({ workspace_id: p.workspaceId, submission_id: p.id })
    .onConflict((c) => c.doNothing()),
)
const unmark = query<{ id: string }, never>((db, p) => db.deleteFrom('search_mark').where('submission_id', '=', p.id))
const marked = query<{ workspaceId: string; limit: number }, SubmissionRow>((db, p) =>
  selectSubmission(db)
    .where('submission.id', 'in', (e) =>
      e
        .selectFrom('search_mark as m')
        .select('m.submission_id')
        .where('m.workspace_id', '=', p.workspaceId)
        .orderBy('m.submission_id')
        .limit(p.limit),
    )
    .orderBy('submission.id'),
)
const docOf = query<{ submissionId: string }, { id: number }>((db, p) =>
  db.selectFrom('search_doc').select('id').where('submission_id', '=', p.submissionId),
)
const newDoc = query<{ workspaceId: string; submissionId: string }, { id: number }>((db, p) =>
  db.insertInto('search_doc').values({ workspace_id: p.workspaceId, submission_id: p.submissionId }).returning('id'),
)
const dropText = query<{ id: number }, never>((db, p) => db.deleteFrom('search_text').where('rowid', '=', p.id))
const addText = query<SearchDoc & { id: number }, never>((db, p) =>
  db.insertInto('search_text').values({ rowid: p.id, number: p.number, names: p.names, text: p.text, files: p.files }),
)

/** What counts how much: a number that is asked for is meant, a name more often than a word of the text. */
const putVector = query<SearchDoc & { workspaceId: string; submissionId: string }, never>((db, p) => ({
  compile: () =>
    sql<never>`insert into search_doc (workspace_id, submission_id, words)
      values (${p.workspaceId}, ${p.submissionId}, setweight(to_tsvector('simple', ${p.number}), 'A')
        || setweight(to_tsvector('simple', ${p.names}), 'B')
        || setweight(to_tsvector('simple', ${p.text} || ' ' || ${p.files}), 'D'))
      on conflict (submission_id) do update set words = excluded.words`.compile(db),
}))

/** How each database asks: which rows, and their order, the best first. */
const ways: Record<DialectName, (q: SearchQuery) => { from: ReturnType<typeof sql>; rank: ReturnType<typeof sql> }> = {
  sqlite: (q) => ({
    from: sql`search_text join search_doc d on d.id = search_text.rowid where search_text match ${matchOf(q)}`,
    rank: sql`bm25(search_text, 10.0, 3.0, 1.0, 1.0)`,
  }),
  postgres: (q) => ({
    from: sql`search_doc d where d.words @@ to_tsquery('simple', ${tsqueryOf(q)})`,
    rank: sql`-ts_rank(d.words, to_tsquery('simple', ${tsqueryOf(q)}))`,
  }),
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

/** Every word, and better still all of them in a row. Quoted, a word is a word, whatever FTS5 might read in it. */
export function matchOf({ words, open }: Pick<SearchQuery, 'words' | 'open'>): string {
  const star = open ? ' *' : ''
  const all = words.map((w, i) => quoted(w) + (i === words.length - 1 ? star : '')).join(' AND ')
  return words.length > 1 ? `(${all}) OR (${quoted(words.join(' '))}${star})` : all
}

const tsqueryOf = ({ words, open }: Pick<SearchQuery, 'words' | 'open'>): string =>
  words.map((w, i) => `'${w.replaceAll("'", "''")}'${open && i === words.length - 1 ? ':*' : ''}`).join(' & ')

function findings(db: Builder, dialect: DialectName, q: SearchQuery) {
  const { from, rank } = ways[dialect](q)
  const scope =
    q.scope === 'all'
      ? sql``
      : sql`and (s.author_id = ${q.scope.authorId}${
          q.scope.unitIds.length > 0 ? sql` or s.unit_id in (${sql.join(q.scope.unitIds)})` : sql``
        })`
  const where = sql`(select d.submission_id, ${rank} as rank from ${from}) f
    join submission s on s.id = f.submission_id where s.workspace_id = ${q.workspaceId} ${scope}`
  return {
    count: () => sql<{ n: number | string }>`select count(*) as n from ${where}`.compile(db),
    page: () =>
      sql<{ id: string }>`select s.id from ${where}
        order by f.rank, s.number desc, s.id desc limit ${q.limit} offset ${q.offset}`.compile(db),
  }
}

export const searchRows = (exec: Exec): Search => ({
  readTo: async (workspaceId) => first(await readTo(exec, { workspaceId }))?.seq ?? 0,
  async setReadTo(workspaceId, seq) {
    await setReadTo(exec, { workspaceId, seq })
  },
  async mark({ id, workspaceId }) {
    await mark(exec, { id, workspaceId })
  },
  async markOf(workspaceId, of) {
    const [column, value] =
      'unitId' in of
        ? (['unit_id', of.unitId] as const)
        : 'authorId' in of
          ? (['author_id', of.authorId] as const)
          : (['campaign_id', of.campaignId] as const)
    await once(exec, (db) =>
      db
        .insertInto('search_mark')
        .columns(['workspace_id', 'submission_id'])
        .expression((e) =>
          e
            .selectFrom('submission')
            .select(['workspace_id', 'id'])
            .where('workspace_id', '=', workspaceId)
            .where(column, '=', value),
        )
        .onConflict((c) => c.doNothing()),
    )
  },
  marked: async (workspaceId, limit) => (await marked(exec, { workspaceId, limit })).map(submissionOf),
  async put(submission, doc) {
    const { id: submissionId, workspaceId } = submission
    if (exec.dialect === 'postgres') await putVector(exec, { ...doc, workspaceId, submissionId })
    else {
      const known = first(await docOf(exec, { submissionId }))
      if (known) await dropText(exec, { id: known.id })
      const { id } = known ?? (first(await newDoc(exec, { workspaceId, submissionId })) as { id: number })
      await addText(exec, { ...doc, id })
    }
    await unmark(exec, { id: submissionId })
  },
  async find(q) {
    const build = (db: Builder) => findings(db, exec.dialect, q)
    const counted = first(await once<{ n: number | string }>(exec, (db) => ({ compile: build(db).count })))
    const ids = await once<{ id: string }>(exec, (db) => ({ compile: build(db).page }))
    return { ids: ids.map((r) => r.id), total: Number(counted?.n ?? 0) }
  },
})
