import type { ReviewKind } from '../../core/campaign/review.js'
import type { Bit, Id, Instant, Json, PlainDate } from '../column-types.js'

/** Columns of the tables about reminders, digests, and people's preferences. */
export interface ReminderTables {
  rung: { workspace_id: Id; campaign_id: Id; key: string; planned_at: Instant }
  reminder: {
    workspace_id: Id
    campaign_id: Id
    review_kind: ReviewKind
    review_date: PlainDate
    unit_id: Id
    person_id: Id
    outbox_key: string
    at: Instant
    /** Working days from the review; null for a reminder of no rung. */
    rung: number | null
  }
  /** `rung_key`: as in `rung`. */
  open_turn: { workspace_id: Id; campaign_id: Id; rung_key: string; unit_id: Id; person_id: Id }
  handover: {
    workspace_id: Id
    campaign_id: Id
    review_kind: ReviewKind
    unit_id: Id
    person_id: Id
    by_id: Id
    at: Instant
  }
  snooze: { workspace_id: Id; person_id: Id; outbox_key: string; until: Instant }
  /** `week`: the date of its Monday. `data`: WeekSnapshot. */
  week_snapshot: { workspace_id: Id; campaign_id: Id; week: PlainDate; planned_at: Instant; data: Json }
  /** `month`: yyyy-mm. */
  month_thanks: { workspace_id: Id; campaign_id: Id; month: string; planned_at: Instant }
  absence: {
    id: Id
    workspace_id: Id
    person_id: Id
    from_date: PlainDate
    until_date: PlainDate
    said_by: Id
    said_at: Instant
    cancelled_by: Id | null
    cancelled_at: Instant | null
    merged_into: Id | null
  }
  /** `at`, `at_before`: HH:mm; null for the plan's own hour. */
  reminder_wish: {
    workspace_id: Id
    person_id: Id
    at: string | null
    at_before: string | null
    at_from: PlainDate
    early: Bit
    set_at: Instant
  }
}
