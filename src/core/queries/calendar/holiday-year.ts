import type { SavedYear } from '../../calendar/holiday.js'
import type { Tx } from '../../ports.js'

/** The holidays of a year as a workspace saved them. */
export interface HolidayYear {
  year: number
  /** Undefined while the bot's proposal applies. */
  saved: SavedYear | undefined
  /** The name of the person who saved it; undefined where the command line did. */
  savedBy: string | undefined
}

/** Reads the holidays of a year. */
export async function holidayYear(tx: Tx, workspaceId: string, year: number): Promise<HolidayYear> {
  const saved = await tx.holidays.year(workspaceId, year)
  const savedBy = saved?.by ? (await tx.people.names(workspaceId, [saved.by])).get(saved.by) : undefined
  return { year, saved, savedBy }
}
