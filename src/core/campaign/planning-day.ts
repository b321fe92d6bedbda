import { calendarOf } from '../calendar/holiday-calendar.js'
import type { Calendar } from '../calendar/working-day.js'
import { localTime } from '../date.js'
import type { Tx } from '../ports.js'
import { type RunningCampaign, runningWithReviews } from './running.js'

/** What a tick reads once and passes to every planner. */
export interface PlanningDay {
  tx: Tx
  workspaceId: string
  now: Date
  timeZone: string
  /** The local date (yyyy-mm-dd) and time (HH:mm) of `now`. */
  date: string
  time: string
  isWorkingDay: Calendar
  /** The running campaigns, last imported first. */
  running: readonly RunningCampaign[]
}

/** Reads the calendar, the running campaigns and their reviews at `now`. */
export async function planningDay(tx: Tx, workspaceId: string, now: Date, timeZone: string): Promise<PlanningDay> {
  const { date, time } = localTime(now, timeZone)
  const isWorkingDay = await calendarOf(tx, workspaceId)
  const running = await runningWithReviews(tx, workspaceId, date, isWorkingDay)
  return { tx, workspaceId, now, timeZone, date, time, isWorkingDay, running }
}
