import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPlan } from '../../src/cli/plan-file.js'
import { readRoster } from '../../src/cli/roster-file.js'
import type { Campaign } from '../../src/core/campaign/campaign.js'
import { criteriaOf } from '../../src/core/campaign/campaign.js'
import { addDays } from '../../src/core/date.js'
import { importPlan } from '../../src/core/setup/import-plan.js'
import { importRoster } from '../../src/core/setup/import-roster.js'
import type { Submission } from '../../src/core/submission/submission.js'
import { seed } from '../../src/demo/seed.js'
import { newId } from '../../src/new-id.js'
import { packageRoot } from '../../src/package-root.js'
import { fold } from '../../src/text/index.js'
import { newStore } from '../helpers/database.js'

const FIRST_DAY = '2024-05-20'
const days = Array.from({ length: 24 }, (_, n) => addDays(FIRST_DAY, n))

let dir = ''
let all: Submission[] = []
const photos: Buffer[] = []

/** The whole seed of the demo, without the bot and the local Slack. */
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'thidua-seed-'))
  const store = await newStore(path.join(dir, 'seed.db'))
  const now = new Date(`${FIRST_DAY}T07:00:00+07:00`)
  const file = (name: string) => path.join(packageRoot(), 'db', name)
  const plan = readPlan(readFileSync(file('campaigns/qptd-2024.yaml'), 'utf8'), 'plan.yaml')
  const roster = await readRoster(readFileSync(file('roster.example.csv')), 'roster.csv')
  if ('faults' in plan || 'faults' in roster) throw new Error('the examples have faults')
  const workspaceId = await store.write((tx) => tx.workspaces.adopt('slack', 'T1', now))
  await store.write((tx) => importPlan({ tx, now, newId, workspaceId }, plan.plan, 'test'))
  await store.write((tx) => importRoster({ tx, now, newId, workspaceId }, roster.roster))
  const putFile = (_: string, { name, bytes }: { name: string; bytes: Buffer }) => {
    photos.push(bytes)
    return { id: `F${photos.length}`, name, size: bytes.length, url: `https://files.example/${photos.length}` }
  }
  const moveTo = async () => undefined
  const timeZone = 'Asia/Ho_Chi_Minh'
  await seed({ store, workspaceId, timeZone, putFile, firstPerson: 'phuclh@', moveTo }, days)
  all = await store.read(async (tx) => {
    const campaign = (await tx.campaigns.current(workspaceId)) as Campaign
    const units = new Map((await tx.people.roster(workspaceId)).map((r) => [r.unit.id, r.unit]))
    const cells = [...units.keys()].flatMap((unit) => criteriaOf(campaign).map(({ code }) => [unit, code] as const))
    return (await Promise.all(cells.map(([unit, code]) => tx.submissions.ofCell(campaign.id, unit, code)))).flat()
  })
  await store.close()
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('the evidence of the demo', () => {
  it('says nothing twice within a unit', () => {
    expect(all.length).toBeGreaterThan(80)
    const said = all.map((one) => `${one.unitId} ${fold(one.text)}`)
    expect(said.filter((one, n) => said.indexOf(one) !== n)).toEqual([])
  })

  it('is dated as its own words say', () => {
    const wrong = all.filter(({ text, doneOn }) => {
      const [, month = 0, day = 0] = doneOn.split('-').map(Number)
      const named = [...text.matchAll(/(?<![\d/])(\d{1,2})\/(\d{1,2})(?![\d/])/g)].map(([, d, m]) => [
        Number(d),
        Number(m),
      ])
      const isNear = named.length === 0 || named.some(([d = 0, m]) => m === month && Math.abs(d - day) <= 3)
      const months = [...text.matchAll(/tháng (\d{1,2})/g)].map(([, m]) => Number(m))
      const isInMonth = months.length === 0 || months.includes(month)
      const isInQuarter = !/quý I(?![IV])/.test(text) || month <= 3
      const isInFirstWeek = !/tuần đầu/.test(text) || day <= 7
      const isBeforeTet = !/Tết Giáp Thìn/.test(text) || (doneOn >= '2024-01-20' && doneOn <= '2024-02-10')
      return !(isNear && isInMonth && isInQuarter && isInFirstWeek && isBeforeTet)
    })
    expect(wrong.map(({ text, doneOn }) => [doneOn, text])).toEqual([])
    expect(all.some(({ text }) => text.includes('30/4')) && all.some(({ text }) => text.includes('tháng 6'))).toBe(true)
  })

  it('is done within the year of the plan, before it is submitted', () => {
    for (const { doneOn, submittedAt } of all)
      expect([doneOn >= '2024-01-01', doneOn <= submittedAt.toISOString().slice(0, 10)]).toEqual([true, true])
  })

  it('has no file twice', () => {
    expect(photos.length).toBeGreaterThan(20)
    expect(new Set(photos.map((one) => one.toString('base64'))).size).toBe(photos.length)
  })
})
