import type { Kysely } from 'kysely'

/**
 * Fields of forms in which a secrecy stamp was typed: nothing that is typed into them is stored any more. A JSON list of
 * `<form> <field>`; null for none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('draft').addColumn('withheld', 'text').execute()
  await db.schema.alterTable('unit_report').addColumn('withheld', 'text').execute()
}
