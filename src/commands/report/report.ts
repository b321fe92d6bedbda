import { z } from 'zod'
import type { Campaign } from '../../core/campaign/campaign.js'
import { mustBeOpen } from '../../core/campaign/closed.js'
import { type ReviewKind, reviewKinds } from '../../core/campaign/review.js'
import { UserError } from '../../core/errors.js'
import { authorize, may, unitsLedBy, unitsOf } from '../../core/people/access.js'
import type { Unit } from '../../core/people/unit.js'
import { currentKind, deadlineOf, unitKind } from '../../core/queries/campaign/review-deadline.js'
import { reportingUnits } from '../../core/queries/people/reporting-unit.js'
import { unitReportList, viewUnitReport } from '../../core/queries/report/unit-report.js'
import {
  approveReport,
  decidable,
  ownReport,
  rejectReport,
  sendReport,
  takeReportBack,
} from '../../core/report/decide.js'
import { saveTexts, storeTexts } from '../../core/report/draft.js'
import { unitReportStates } from '../../core/report/state.js'
import { maxReason, maxReportText } from '../../core/report/text.js'
import { secrecyMark } from '../../core/secrecy.js'
import type { UseCase } from '../../core/use-case.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { type Ctx, defineAction, defineForm, type Feature, idSchema, read, write } from '../command.js'
import { takeReviewKind } from '../parse/review-words.js'
import { findUnits } from '../parse/unit-finder.js'
import { type Card, nothing, type Reply } from '../ui.js'
import { type ReportNote, reportCard, turnButton } from './card.js'
import { reportListCard } from './list.js'
import { criterionPage, textsPage } from './page.js'

const { unitReport: t } = vi

const kind = z.enum(reviewKinds)
const page = z.number().int().min(0).max(10_000)
const one = z.object({ unit: idSchema, kind })
const view = one.extend({ now: z.boolean().optional() })
const sending = one.extend({
  round: z.number().int().min(0),
  missing: z.array(z.string().max(8)).max(200),
  waiting: z.number().int().min(0),
  isEarlyAgreed: z.boolean().optional(),
})

const decision = one.extend({
  round: z.number().int().min(0),
  state: z.enum(unitReportStates),
  from: z.enum(['card', 'notice']),
})

const writing = one.extend({ nonce: idSchema, seen: z.number().int().min(0) })
type One = z.infer<typeof one>

/** A unit's report for one review: reading, writing, sending and deciding on it. */
export const unitReportFeature: Feature = {
  commands: [
    {
      name: 'baocao',
      aliases: ['report', 'baocaodonvi', 'guibaocao', 'duyetbaocao'],
      isFor: (actor) => unitsOf(actor).length > 0 || may(actor, 'unit.seeAll'),
      run: (ctx, rest) => read(ctx, (use, campaign) => reportReply(use, campaign, rest)),
    },
  ],
  actions: [
    defineAction('unitReport', one, (ctx, v) => cardOf(ctx, v, ctx.inPage)),
    defineAction('unitReport.turn', view, (ctx, v) => cardOf(ctx, v, true, v.now)),
    // `open` is for a home, which cannot show the list in its own place.
    defineAction('unitReport.list', z.object({ kind, page, open: z.boolean().optional() }), (ctx, v) =>
      read(ctx, async (use, campaign) => {
        authorize(ctx.actor, 'unit.seeAll')
        return { kind: 'card', card: await listCard(use, campaign, v.kind, v.page), replace: !v.open }
      }),
    ),
    defineAction('unitReport.criterion', view.extend({ criterion: z.string().max(8), page }), (ctx, v) =>
      read(ctx, async (use, campaign) => {
        const shown = await viewUnitReport(use, campaign, v.unit, v.kind, v.now)
        return { kind: 'page', page: criterionPage(shown, v.criterion, v.page) }
      }),
    ),
    defineAction('unitReport.texts', view, (ctx, v) =>
      read(ctx, async (use, campaign) => {
        const shown = await viewUnitReport(use, campaign, v.unit, v.kind, v.now)
        return { kind: 'page', page: textsPage(shown) }
      }),
    ),
    defineAction('unitReport.send', sending, send),
    defineAction('unitReport.take_back', one.extend({ round: z.number().int().min(0) }), async (ctx, v) => {
      await write(ctx, (use, campaign) => takeReportBack(use, campaign, v.unit, v.kind, v.round))
      return cardOf(ctx, v, true, undefined, { text: t.takenBack })
    }),
    defineAction('unitReport.write', one, openForm),
    defineAction('unitReport.approve', decision, async (ctx, v) => {
      await write(ctx, (use, campaign) => approveReport(use, campaign, v.unit, v.kind, v))
      return v.from === 'notice' ? nothing : cardOf(ctx, v, true)
    }),
    defineAction('unitReport.reject', decision, askReason),
  ],
  forms: [
    defineForm(
      'unitReport',
      writing,
      async (ctx, fields, v) => {
        const at = { form: v.nonce, seen: v.seen }
        await write(ctx, (use, campaign) => saveTexts(use, campaign, v.unit, v.kind, fields, at))
        return pageOf(ctx, v, { text: t.saved })
      },
      (ctx, fields, v, micros) => {
        const at = { form: v.nonce, seen: v.seen, micros }
        return write(ctx, (use, campaign) => storeTexts(use, campaign, v.unit, v.kind, fields, at))
      },
    ),
    defineForm('unitReport.reject', decision, async (ctx, { reason = '' }, v) => {
      await write(ctx, (use, campaign) => rejectReport(use, campaign, v.unit, v.kind, v, reason))
      return v.from === 'notice' ? nothing : pageOf(ctx, v)
    }),
  ],
}

/** `[sơ kết|tổng kết] [đơn vị]`, in any order and spelling. */
async function reportReply(use: UseCase, campaign: Campaign, rest: string): Promise<Reply> {
  const { actor } = use
  const { kind: named, words } = takeReviewKind(rest)
  const kind = named ?? (await currentKind(use, campaign))
  const show = async (unit: Unit): Promise<Reply> => ({
    kind: 'card',
    card: reportCard(await viewUnitReport(use, campaign, unit.id, named ?? (await unitKind(use, campaign, unit.id)))),
  })
  if (words !== '') {
    const found = findUnits(await reportingUnits(use), words)
    if (found.length === 0) throw new UserError('unit.not_found', { word: rest.trim() })
    return found.length > 1 ? choose(t.whichUnit(rest.trim()), found, kind) : show(found[0] as Unit)
  }
  if (may(actor, 'unit.seeAll')) return { kind: 'card', card: await listCard(use, campaign, kind, 0) }
  const led = unitsLedBy(actor)
  const own = led.length > 0 ? led : unitsOf(actor)
  if (own.length === 0) throw new UserError('person.no_unit', {})
  return own.length > 1 ? choose(t.chooseUnit, own, kind) : show(own[0] as Unit)
}

/** Units a page, of one block each. */
const PAGE = 25

const listCard = async (use: UseCase, campaign: Campaign, kind: ReviewKind, page: number): Promise<Card> => {
  const list = await unitReportList(use, campaign, kind, page, PAGE)
  return reportListCard(campaign, list, unitsOf(use.actor), use.timeZone)
}

/** Units offered as buttons; for any other a part of the name is typed. */
const SHOWN = 25

function choose(question: string, units: readonly Unit[], kind: ReviewKind): Reply {
  const buttons = units.slice(0, SHOWN).map((u) => turnButton(u.name, u.id, kind))
  return {
    kind: 'card',
    card: {
      summary: question,
      blocks: [
        block.text(question),
        block.buttons(buttons),
        ...when(units.length > SHOWN, () => block.note(t.moreUnits(units.length - SHOWN))),
      ],
    },
  }
}

const cardOf = (ctx: Ctx, v: One, replace: boolean, now?: boolean, note?: ReportNote): Promise<Reply> =>
  read(ctx, async (use, campaign) => ({
    kind: 'card',
    card: reportCard(await viewUnitReport(use, campaign, v.unit, v.kind, now), note),
    replace,
  }))

/** The report as a page in place of a form that was sent. */
const pageOf = (ctx: Ctx, v: One, note?: ReportNote): Promise<Reply> =>
  read(ctx, async (use, campaign) => {
    const card = reportCard(await viewUnitReport(use, campaign, v.unit, v.kind), note)
    return { kind: 'page', page: { title: t.pageTitle(v.kind), blocks: card.blocks }, behind: card }
  })

async function send(ctx: Ctx, v: z.infer<typeof sending>): Promise<Reply> {
  const agreed = { missing: v.missing, waiting: v.waiting }
  const { lacking, early, review } = await write(ctx, (use, campaign) =>
    sendReport(use, campaign, v.unit, v.kind, { round: v.round, agreed, isEarlyAgreed: v.isEarlyAgreed === true }),
  )
  const { kind, date } = review
  const note: ReportNote = lacking
    ? { text: t.lacking }
    : early === undefined
      ? { text: t.sent(kind, date) }
      : { text: t.early(kind, date, early), isEarly: true }
  return cardOf(ctx, v, true, lacking !== undefined || early !== undefined, note)
}

async function openForm(ctx: Ctx, v: One): Promise<Reply> {
  const { unit, report, date } = await write(ctx, async (use, campaign) => {
    const { date } = await deadlineOf(use, campaign, v.kind)
    await mustBeOpen(use.tx, campaign.workspaceId, campaign.id, v.kind)
    return { ...(await ownReport(use, campaign, v.unit, v.kind)), date }
  })
  const field = (id: 'selfAssessment' | 'difficulties', hint: string) =>
    ({
      kind: 'text',
      id,
      label: t[id],
      multiline: true,
      optional: true,
      max: maxReportText,
      hint,
      value: secrecyMark(report[id]) ? '' : report[id],
    }) as const
  return {
    kind: 'form',
    form: {
      id: 'unitReport',
      title: t.formTitle,
      submit: t.formSubmit,
      hidden: { unit: unit.id, kind: v.kind, nonce: ctx.newId(), seen: report.textVersion },
      autosave: true,
      fields: [
        block.note(vi.submission.secrecy),
        block.note(t.formNote(unit.name, v.kind, date)),
        field('selfAssessment', t.selfAssessmentHint),
        field('difficulties', t.difficultiesHint),
      ],
    },
  }
}

async function askReason(ctx: Ctx, v: z.infer<typeof decision>): Promise<Reply> {
  return read(ctx, async (use, campaign) => {
    const { unit } = await decidable(use, campaign, v.unit, v.kind, v, 'rejected')
    return {
      kind: 'form',
      form: {
        id: 'unitReport.reject',
        title: t.rejectTitle,
        submit: t.reject,
        hidden: v,
        fields: [
          block.note(t.title(v.kind, unit.name)),
          {
            kind: 'text',
            id: 'reason',
            label: t.rejectReason,
            multiline: true,
            max: maxReason,
            hint: t.rejectHint,
            placeholder: t.rejectPlaceholder,
          },
        ],
      },
    }
  })
}
