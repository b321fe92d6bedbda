import type { Generated } from 'kysely'
import type { AttachmentState, FailureReason, FileKind } from '../core/attachment/attachment.js'
import type { AuditAction } from '../core/audit/audit.js'
import type { HolidayKind } from '../core/calendar/holiday.js'
import type { ReviewKind } from '../core/campaign/review.js'
import type { MessageState, NoticeKind, WorkKind } from '../core/outbox/outbox.js'
import type { Role } from '../core/people/person.js'
import type { UnitKind } from '../core/people/unit.js'
import type { ErasureKind, ErasureState } from '../core/privacy/erasure.js'
import type { UnitReportState } from '../core/report/state.js'
import type { SubmissionState } from '../core/submission/state.js'
import type { Bit, Id, Instant, Json, PlainDate } from './column-types.js'
import type { ReminderTables } from './reminder/tables.js'
import type { ClosingTables } from './review/tables.js'

/** Every table's columns, as the database holds them. */
export interface Tables extends ReminderTables, ClosingTables {
  workspace: {
    id: Id
    platform: string | null
    external_id: string | null
    created_at: Instant
    /** Increases whenever a person, a role, a unit or an account changes. */
    roster_version: Generated<number>
    /** A new text, never one used before, whenever a table of holidays changes. */
    holiday_version: Generated<string>
  }
  audit: {
    workspace_id: Id
    seq: number
    at: Instant
    by_id: Id | null
    action: AuditAction
    subject: string
    data: Json
    hash: string
  }
  audit_head: { workspace_id: Id; seq: number; hash: string }
  setting: { workspace_id: Id; name: string; value: Json; set_by: Id | null; set_at: Instant }
  holiday_year: { workspace_id: Id; year: number; set_by: Id | null; set_at: Instant }
  holiday: { workspace_id: Id; date: PlainDate; kind: HolidayKind; name: string }
  unit: {
    id: Id
    workspace_id: Id
    code: string
    code_key: string
    name: string
    kind: UnitKind
    position: number
    active: Bit
  }
  person: {
    id: Id
    workspace_id: Id
    full_name: string
    email: string | null
    active: Bit
    on_roster: Bit
  }
  role: { workspace_id: Id; person_id: Id; unit_id: Id; role: Role }
  account: { workspace_id: Id; platform: string; external_id: string; person_id: Id | null; met_at: Instant }
  campaign: { id: Id; workspace_id: Id; code: string; plan: Json; plan_hash: string; imported_at: Instant }
  review: {
    workspace_id: Id
    campaign_id: Id
    kind: ReviewKind
    date: PlainDate
    set_by: Id
    set_at: Instant
  }
  submission: {
    id: Id
    workspace_id: Id
    campaign_id: Id
    unit_id: Id
    criterion: string
    number: number
    state: SubmissionState
    text: string
    done_on: PlainDate
    figure: string | null
    figure_unit: string | null
    links: Json
    author_id: Id
    submitted_at: Instant
    round: number
    updated_at: Instant
    request_key: string | null
    on_behalf: Generated<Bit>
  }
  /** `content`: SubmissionDraft. `typed_at`: microseconds on the chat's clock. */
  draft: {
    id: Id
    workspace_id: Id
    person_id: Id
    campaign_id: Id
    content: Json
    hinted: Bit
    form: string
    typed_at: number
    updated_at: Instant
    /** JSON list of `<form> <field>`; null for none. */
    withheld: Json | null
  }
  file_drop: {
    id: Id
    workspace_id: Id
    person_id: Id
    text: string
    request_key: string | null
    created_at: Instant
    submission_id: Id | null
  }
  attachment: {
    id: Id
    workspace_id: Id
    submission_id: Id | null
    drop_id: Id | null
    position: number
    name: string
    kind: FileKind | null
    mime: string | null
    size: number
    sha256: string | null
    state: AttachmentState
    reason: FailureReason | null
    file_id: string
    url: string | null
    added_by: Id
    created_at: Instant
    stored_at: Instant | null
  }
  submission_event: {
    id: Id
    workspace_id: Id
    submission_id: Id
    from_state: SubmissionState | null
    to_state: SubmissionState
    by_id: Id
    at: Instant
    reason: string | null
    what: 'unconfirmed' | null
  }
  unit_report: {
    id: Id
    workspace_id: Id
    campaign_id: Id
    review_kind: ReviewKind
    unit_id: Id
    state: UnitReportState
    round: number
    changed_by: Id | null
    changed_at: Instant | null
    reason: string | null
    self_assessment: string
    difficulties: string
    /** The form that the texts were last typed in, and when: microseconds on the chat's clock. */
    text_form: string | null
    text_typed_at: number
    text_version: number
    /** As in `draft`. */
    withheld: Json | null
    text_by: Id | null
    text_at: Instant | null
  }
  unit_report_event: {
    id: Id
    workspace_id: Id
    report_id: Id
    from_state: UnitReportState
    to_state: UnitReportState
    round: number
    by_id: Id
    at: Instant
    reason: string | null
  }
  /** `content`: UnitReportContent. */
  unit_report_sent: { workspace_id: Id; report_id: Id; round: number; by_id: Id; at: Instant; content: Json }
  nil_report: {
    workspace_id: Id
    campaign_id: Id
    unit_id: Id
    criterion: string
    review_kind: ReviewKind
    by_id: Id
    at: Instant
    reason: string | null
  }
  tally: {
    workspace_id: Id
    campaign_id: Id
    unit_id: Id
    criterion: string
    submitted: number
    confirmed: number
    accepted: number
    returned: number
    paper: Generated<number>
  }
  paper_receipt: {
    workspace_id: Id
    campaign_id: Id
    unit_id: Id
    criterion: string
    received_on: PlainDate
    recorded_by: Id
    at: Instant
  }
  erasure: {
    id: Id
    workspace_id: Id
    person_id: Id
    what: ErasureKind
    reason: string | null
    asked_at: Instant
    state: ErasureState
    decided_by: Id | null
    decided_at: Instant | null
    decision_reason: string | null
  }
  standing: {
    workspace_id: Id
    campaign_id: Id
    review_kind: ReviewKind
    unit_id: Id
    position: number
    have: number
    waiting: number
    missing: string
    missing_count: number
  }
  /** `totals`: SummaryTotals. */
  summary: { workspace_id: Id; campaign_id: Id; review_kind: ReviewKind; totals: Json; version: number }
  outbox: {
    key: string
    workspace_id: Id
    kind: NoticeKind | WorkKind
    person_id: Id
    payload: Json
    state: MessageState
    /** 1 when the subject changed after the message was rendered. */
    dirty: Generated<Bit>
    due_at: Instant
    lease_until: Instant | null
    /** The process that owns the lease. */
    lease_by: string | null
    attempts: Generated<number>
    tried_since: Instant | null
    uncertain: Generated<Bit>
    error: string | null
    channel: string | null
    ts: string | null
    created_at: Instant
    done_at: Instant | null
  }
  seen: { workspace_id: Id; key: string; at: Instant }
  home: {
    workspace_id: Id
    platform: string
    external_id: string
    opened_at: Instant
    published_at: Instant | null
    digest: string | null
    view_hash: string | null
  }
  desk_later: { workspace_id: Id; person_id: Id; submission_id: Id; until: Instant }
  search_read: { workspace_id: Id; seq: number }
  search_mark: { workspace_id: Id; submission_id: Id }
  /** `id`: the row of `search_text`. */
  search_doc: { workspace_id: Id; submission_id: Id; id: Generated<number> }
  search_text: { rowid: number; number: string; names: string; text: string; files: string }
}
