import { describe, expect, it } from 'vitest'
import { keptAnswers } from '../../../src/store/sqlite/query-cache.js'

const settings = 'select "name" from "setting" where "workspace_id" = ?'
const heads = 'select "name" from "role" inner join "person" on "person"."id" = "role"."person_id" where "unit_id" = ?'
const rows = [{ name: 'coach' }]

/** Both queries were answered for the values `w` and `u`. */
function answered() {
  const answers = keptAnswers()
  answers.keep(settings, ['w'], rows)
  answers.keep(heads, ['u'], rows)
  const left = () => [answers.of(settings, ['w']) !== undefined, answers.of(heads, ['u']) !== undefined]
  return { answers, left }
}

describe('an answer that is kept', () => {
  it('is given again for the same values, and for no others', () => {
    const { answers } = answered()
    expect(answers.of(settings, ['w'])).toEqual(rows)
    expect(answers.of(settings, ['v'])).toBeUndefined()
    expect(answers.of('select 1', ['w'])).toBeUndefined()
  })

  it('tells apart where one value ends and the next begins', () => {
    const { answers } = answered()
    answers.keep(heads, ['u', '1 2'], rows)
    expect(answers.of(heads, ['u 1', '2'])).toBeUndefined()
  })

  it.each<[string, string, boolean[]]>([
    ['a row is added to its table', 'insert into "setting" ("name") values (?)', [false, true]],
    ['a row is added and given back', 'insert into "setting" ("name") values (?) returning "name"', [false, true]],
    ['a table that it is joined with is changed', 'update "person" set "active" = ?', [true, false]],
    ['rows are taken away', 'delete from "role" where "person_id" = ?', [true, false]],
    ['another table is changed', 'insert into "outbox" ("key") values (?)', [true, true]],
    ['something is read', 'select "name" from "setting"', [true, true]],
    ['something is done that cannot be told', 'with x as (select 1) update "setting" set "name" = 1', [false, false]],
  ])('when %s', (_, sql, expected) => {
    const { answers, left } = answered()
    answers.changes(sql)
    expect(left()).toEqual(expected)
  })

  it('goes when all is forgotten, and can be kept anew', () => {
    const { answers, left } = answered()
    answers.forget()
    expect(left()).toEqual([false, false])
    answers.keep(heads, ['u'], [])
    expect(answers.of(heads, ['u'])).toEqual([])
  })

  it('cannot be changed by whoever is given it', () => {
    const { answers } = answered()
    const given = answers.of(settings, ['w']) as { name: string }[]
    expect(() => given.push({ name: 'x' })).toThrow(TypeError)
    expect(() => Object.assign(given[0] as object, { name: 'x' })).toThrow(TypeError)
  })

  it('takes no memory without end', () => {
    const answers = keptAnswers()
    for (let i = 0; i < 2000; i++) answers.keep(settings, [`w${i}`], rows)
    const kept = Array.from({ length: 2000 }, (_, i) => answers.of(settings, [`w${i}`])).filter((a) => a)
    expect(kept.length).toBeLessThanOrEqual(500)
    expect(answers.of(settings, ['w1999'])).toEqual(rows)
  })
})
