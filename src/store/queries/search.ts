import { sql } from 'kysely'
import type { Search, SearchDoc, SearchQuery } from '../../core/submission/search-index.js'
import { type Builder, type Exec, first, once, query } from '../query.js'
import { type SubmissionRow, selectSubmission, submissionOf } from '../submission/submission.js'

const lastIndexedRow = query<{ workspaceId: string }, { seq: number }>((db, p) =>
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

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

/** Matches every word, and ranks a match of all words in a row higher. Words are quoted, so FTS5 reads no operator in them. */
export function matchOf({ words, open }: Pick<SearchQuery, 'words' | 'open'>): string {
  const star = open ? ' *' : ''
  const all = words.map((w, i) => quoted(w) + (i === words.length - 1 ? star : '')).join(' AND ')
  return words.length > 1 ? `(${all}) OR (${quoted(words.join(' '))}${star})` : all
}

/**
 * Weights of number, names, text and files: a match of the number counts most, and a name counts more than a word of
 * the text.
 */
const RANK = sql`bm25(search_text, 10.0, 3.0, 1.0, 1.0)`

/** Matches the words side by side in one column. */
const phraseIn = (column: string, { words, open }: SearchQuery): string =>
  `{${column}} : ${quoted(words.join(' '))}${open ? ' *' : ''}`

/** How well a match fits, 0 the best. Frequency alone says little: in a small index every word is frequent. */
function closeness(q: SearchQuery) {
  const has = (column: string) =>
    sql`f.doc in (select rowid from search_text where search_text match ${phraseIn(column, q)})`
  return sql`case when ${has('number')} then 0 when instr(s.text, ${q.typed}) > 0 then 1
    when ${has('text')} then 2 when ${has('names')} then 3 else 4 end`
}

/** The best match first. */
function findings(db: Builder, q: SearchQuery) {
  const states = q.states.length > 0 ? sql`and s.state in (${sql.join(q.states)})` : sql``
  const done = q.done ? sql`and s.done_on between ${q.done.from} and ${q.done.to}` : sql``
  const scope =
    q.scope === 'all'
      ? sql``
      : sql`and (s.author_id = ${q.scope.authorId}${
          q.scope.unitIds.length > 0 ? sql` or s.unit_id in (${sql.join(q.scope.unitIds)})` : sql``
        })`
  const inScope = sql`s.workspace_id = ${q.workspaceId} ${scope} ${states} ${done}`
  const where =
    q.words.length === 0
      ? sql`submission s where ${inScope}`
      : sql`(select d.submission_id, d.id as doc, ${RANK} as rank from search_text
      join search_doc d on d.id = search_text.rowid where search_text match ${matchOf(q)}) f
    join submission s on s.id = f.submission_id where ${inScope}`
  const order = q.words.length === 0 ? sql`` : sql`${closeness(q)}, f.rank,`
  return {
    count: () => sql<{ n: number | string }>`select count(*) as n from ${where}`.compile(db),
    page: () =>
      sql<{ id: string }>`select s.id from ${where}
        order by ${order} s.number desc, s.id desc limit ${q.limit} offset ${q.offset}`.compile(db),
  }
}

export const searchRows = (exec: Exec): Search => ({
  lastIndexedRow: async (workspaceId) => first(await lastIndexedRow(exec, { workspaceId }))?.seq ?? 0,
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
    const known = first(await docOf(exec, { submissionId }))
    if (known) await dropText(exec, { id: known.id })
    const { id } = known ?? (first(await newDoc(exec, { workspaceId, submissionId })) as { id: number })
    await addText(exec, { ...doc, id })
    await unmark(exec, { id: submissionId })
  },
  async find(q) {
    const build = (db: Builder) => findings(db, q)
    const counted = first(await once<{ n: number | string }>(exec, (db) => ({ compile: build(db).count })))
    const ids = await once<{ id: string }>(exec, (db) => ({ compile: build(db).page }))
    return { ids: ids.map((r) => r.id), total: Number(counted?.n ?? 0) }
  },
})
