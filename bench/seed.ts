import Database from 'better-sqlite3'
import { criteriaOf } from '../src/core/campaign/campaign.js'
import { recountAll } from '../src/core/progress/tally.js'
import { newId } from '../src/new-id.js'
import { fileOf } from '../src/store/open.js'
import type { Fixture } from './fixture.js'

/** Units of the first page stay without submissions, so that the page is the same in both databases. */
const BLANK = 20

/** Inserts confirmed submissions with SQL, then recounts. */
export async function seed(
  url: string,
  { store, workspaceId, campaign, units }: Fixture,
  count: number,
): Promise<void> {
  const author = (await store.read((tx) => tx.people.roster(workspaceId)))[0]?.person.id as string
  const criteria = criteriaOf(campaign)
  const filled = units.slice(BLANK)
  const db = new Database(fileOf(url))
  const insert = db.prepare(
    `insert into submission (id, workspace_id, campaign_id, unit_id, criterion, number, state, round, text, done_on, links,
       author_id, submitted_at, updated_at)
     values (?, ?, ?, ?, ?, ?, 'submitted', 1, ?, '2024-05-17', '[]', ?, ?, ?)`,
  )
  const event = db.prepare(
    `insert into submission_event (id, workspace_id, submission_id, to_state, by_id, at) values (?, ?, ?, ?, ?, ?)`,
  )
  const at = new Date().toISOString()
  db.transaction(() => {
    for (let i = 0; i < count; i++) {
      const [id, unit, criterion] = [newId(), filled[i % filled.length], criteria[i % criteria.length]]
      if (!unit || !criterion) return
      const text = `Huấn luyện Dân quân tự vệ đợt ${i}: quân số 25/25, đạt 100 % chỉ tiêu được giao.`
      insert.run(id, workspaceId, campaign.id, unit.id, criterion.code, i + 1, text, author, at, at)
      event.run(newId(), workspaceId, id, 'confirmed', author, at)
    }
    db.prepare(`update submission set state = 'confirmed' where campaign_id = ?`).run(campaign.id)
    db.prepare(
      `insert into tally (workspace_id, campaign_id, unit_id, criterion, submitted, confirmed, accepted, returned)
       select workspace_id, campaign_id, unit_id, criterion, 0, count(*), 0, 0 from submission
       where campaign_id = ? group by workspace_id, campaign_id, unit_id, criterion`,
    ).run(campaign.id)
  })()
  db.close()
  await store.write((tx) => recountAll(tx, campaign))
}
