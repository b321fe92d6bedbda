import path from 'node:path'
import { savedByName, shownDays } from '../commands/calendar/holiday-card.js'
import { readSharedConfig } from '../config.js'
import { HOLIDAY_YEARS, hasHolidays, runsOf } from '../core/calendar/holiday.js'
import { countsOf, importHolidays } from '../core/calendar/holiday-table.js'
import { localDate } from '../core/date.js'
import { holidayYear } from '../core/queries/calendar/holiday-year.js'
import { showInstant } from '../text/index.js'
import { holiday } from '../text/vi/calendar/holiday.js'
import { cli } from '../text/vi/cli/cli.js'
import { withStore } from './database.js'
import { bytesOf } from './file.js'
import { readHolidayFile } from './holiday-file.js'

const { cli: t } = holiday

/** `holidays import FILE`, a whole or nothing, each year in it in place of what there was; `holidays show [YEAR]`. */
export async function holidays([action = '', word]: string[]): Promise<number> {
  if (action === 'import') return importFile(word)
  if (action === 'show') return show(word)
  console.error(cli.unknownCommand(`holidays ${action}`.trim()))
  console.log(cli.usage)
  return 2
}

async function importFile(file: string | undefined): Promise<number> {
  const bytes = await bytesOf('holidays import', file)
  if (!bytes || !file) return 2
  const name = path.basename(file)
  const read = readHolidayFile(bytes, name)
  if ('faults' in read) {
    for (const fault of read.faults) console.error(fault)
    console.error(cli.faults(name, read.faults.length))
    return 1
  }
  await withStore((store, workspaceId) =>
    store.write((tx) => importHolidays({ tx, now: new Date(), workspaceId }, read.years)),
  )
  for (const { year, days } of read.years) console.log(t.imported(year, countsOf(days)))
  return 0
}

async function show(word: string | undefined): Promise<number> {
  const { timeZone } = readSharedConfig(process.env)
  const year = Number(word ?? localDate(new Date(), timeZone).slice(0, 4))
  if (!Number.isInteger(year) || !hasHolidays(year)) {
    console.error(t.badYear(word ?? '', HOLIDAY_YEARS.from, HOLIDAY_YEARS.to))
    return 2
  }
  const shown = await withStore((store, workspaceId) => store.read((tx) => holidayYear(tx, workspaceId, year)))
  const { saved } = shown
  console.log(t.title(year, saved ? savedByName(shown) : undefined, saved ? showInstant(saved.at, timeZone) : ''))
  for (const run of runsOf(shownDays(shown))) console.log(t.run(run))
  return 0
}
