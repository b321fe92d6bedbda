import { savedByName, shownDays } from '../commands/calendar/holiday-card.js'
import { readSharedConfig } from '../config.js'
import { HOLIDAY_YEARS, hasHolidays, runsOf } from '../core/calendar/holiday.js'
import { countsOf, importHolidays } from '../core/calendar/holiday-table.js'
import { localDate } from '../core/date.js'
import { holidayYear } from '../core/queries/calendar/holiday-year.js'
import { showInstant } from '../text/index.js'
import { holiday } from '../text/vi/calendar/holiday.js'
import { withStore } from './database.js'
import { readHolidayFile } from './holiday-file.js'
import { printFaults, readInputFile } from './input-file.js'
import { unknownCommand } from './unknown-command.js'

const { cli: t } = holiday

/**
 * `holidays import FILE`: replaces the table of every year in the file; imports nothing when the file has a fault.
 * `holidays show [YEAR]`: prints a year's table. Returns the exit code.
 */
export async function holidays([action = '', word, ...more]: string[]): Promise<number> {
  if (more.length > 0) return unknownCommand('holidays', action, ...more)
  if (action === 'import') return importFile(word)
  if (action === 'show') return show(word)
  return unknownCommand('holidays', action)
}

async function importFile(path: string | undefined): Promise<number> {
  const file = await readInputFile('holidays import', path)
  if (!file) return 2
  const read = readHolidayFile(file.bytes, file.name)
  if ('faults' in read) return printFaults(file.name, read.faults)
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
