import type { Faults } from '../errors.js'

/**
 * The capacity in which somebody may do something. `staff`: any role in the unit concerned; `leader`: its head or a deputy;
 * `self`: the person concerned (the author, the absent person); `behalf`: the Organisation–Administration Office, for evidence
 * that it handed in on behalf of a unit; `others`: the Office, for anybody but themselves. The rest are roles.
 */
export type Capacity =
  | 'self'
  | 'staff'
  | 'leader'
  | 'behalf'
  | 'others'
  | 'command_board'
  | 'org_office'
  | 'school_board'
  | 'admin'

/** What a permission is about: one unit, any of the actor's units, one person, one submission, or the workspace. */
export type Concern = 'unit' | 'anyUnit' | 'person' | 'submission' | 'workspace'

export interface Permission {
  /** What it allows, for the table in docs/architecture.md. */
  what: string
  concern: Concern
  may: readonly Capacity[]
  /** The key of the sentence that refuses it. */
  denied: Faults['access.denied']['need']
}

const seesAll = ['command_board', 'org_office', 'school_board'] as const

/** Who may do what. This is the only place that decides it; `may` and `authorize` (access.ts) read it. */
export const permissions = {
  'submission.submit': {
    what: 'hand in evidence for a unit',
    concern: 'unit',
    may: ['staff', 'org_office'],
    denied: 'submit',
  },
  'submission.submitForAny': {
    what: 'hand in evidence on behalf of any unit',
    concern: 'workspace',
    may: ['org_office'],
    denied: 'submit',
  },
  'submission.edit': { what: 'edit, withdraw evidence', concern: 'person', may: ['self'], denied: 'author' },
  'submission.attach': {
    what: 'add files to evidence, remove them',
    concern: 'submission',
    may: ['self', 'behalf'],
    denied: 'author',
  },
  'submission.see': {
    what: 'see evidence, its files and its history',
    concern: 'submission',
    may: ['self', 'staff', ...seesAll],
    denied: 'see',
  },
  'submission.confirm': { what: 'confirm evidence', concern: 'unit', may: ['leader'], denied: 'confirm' },
  'submission.unconfirm': {
    what: 'take a confirmation back until the Board accepts',
    concern: 'unit',
    may: ['leader'],
    denied: 'confirm',
  },
  'submission.return': {
    what: 'return evidence',
    concern: 'unit',
    may: ['leader', 'command_board'],
    denied: 'confirm',
  },
  'submission.accept': { what: 'accept evidence', concern: 'workspace', may: ['command_board'], denied: 'accept' },
  'draft.open': { what: 'open a draft, a file drop', concern: 'person', may: ['self'], denied: 'draft' },
  'nilReport.say': { what: 'report "nothing to report"', concern: 'unit', may: ['leader'], denied: 'nil' },
  'paper.record': { what: 'record a paper document', concern: 'workspace', may: ['command_board'], denied: 'paper' },
  'unit.see': { what: "see a unit's progress and report", concern: 'unit', may: ['staff', ...seesAll], denied: 'see' },
  'unit.seeAll': { what: 'see every unit', concern: 'workspace', may: seesAll, denied: 'see' },
  'summary.see': { what: 'see the summary of all units', concern: 'workspace', may: seesAll, denied: 'tonghop' },
  'report.write': { what: "write and send a unit's report", concern: 'unit', may: ['leader'], denied: 'report' },
  'report.decide': {
    what: 'approve, reject reports',
    concern: 'workspace',
    may: ['command_board'],
    denied: 'report_decide',
  },
  'review.setDates': {
    what: 'set the dates of the reviews',
    concern: 'workspace',
    may: ['command_board', 'org_office', 'admin'],
    denied: 'dates',
  },
  'review.close': { what: 'close a review', concern: 'workspace', may: ['command_board'], denied: 'close' },
  'review.reopen': {
    what: 'reopen the review that was closed last',
    concern: 'workspace',
    may: ['org_office'],
    denied: 'reopen',
  },
  'nudge.send': {
    what: 'remind units by hand',
    concern: 'workspace',
    may: ['command_board', 'org_office'],
    denied: 'nudge',
  },
  'handover.give': { what: 'give work to a colleague', concern: 'unit', may: ['leader'], denied: 'handover' },
  'preference.set': { what: 'choose how one is reminded', concern: 'anyUnit', may: ['leader'], denied: 'wish' },
  'absence.tell': {
    what: 'enter an absence',
    concern: 'person',
    may: ['self', 'org_office', 'admin'],
    denied: 'absence',
  },
  'absence.tellOthers': {
    what: 'enter absences of others',
    concern: 'workspace',
    may: ['org_office', 'admin'],
    denied: 'absence',
  },
  'digest.progress': {
    what: 'get the weekly digest',
    concern: 'workspace',
    may: ['command_board'],
    denied: 'see',
  },
  'digest.eve': {
    what: 'get the figures on the eve of a review',
    concern: 'workspace',
    may: ['command_board', 'school_board'],
    denied: 'see',
  },
  'digest.overdue': { what: 'get the digest of late units', concern: 'workspace', may: ['org_office'], denied: 'see' },
  'settings.change': {
    what: 'change settings, look at a dry run',
    concern: 'workspace',
    may: ['org_office', 'admin'],
    denied: 'settings',
  },
  'holidays.edit': {
    what: 'edit the holidays',
    concern: 'workspace',
    may: ['org_office', 'admin'],
    denied: 'holidays',
  },
  'erasure.decide': { what: 'decide on a request to erase', concern: 'person', may: ['others'], denied: 'erasure' },
  'schedule.seeAll': {
    what: 'see all reminders to come',
    concern: 'workspace',
    may: [...seesAll, 'admin'],
    denied: 'see',
  },
  'people.seeUnreachable': {
    what: 'see who cannot be reached',
    concern: 'workspace',
    may: ['org_office'],
    denied: 'see',
  },
  'account.move': {
    what: 'move a person to another account',
    concern: 'person',
    may: ['others', 'admin'],
    denied: 'account',
  },
  'setup.see': { what: 'see what is left to set up', concern: 'workspace', may: ['admin'], denied: 'see' },
  'log.all': { what: 'read the whole log of the campaign', concern: 'workspace', may: seesAll, denied: 'log' },
  'log.units': { what: "read the log of one's units", concern: 'anyUnit', may: ['leader'], denied: 'log' },
  'log.own': {
    what: "read the log of one's own evidence",
    concern: 'anyUnit',
    may: ['staff', 'org_office'],
    denied: 'log',
  },
  'log.workspace': {
    what: 'read the log of the workspace',
    concern: 'workspace',
    may: ['org_office', 'admin'],
    denied: 'log',
  },
} as const satisfies Record<string, Permission>

export type Need = keyof typeof permissions
