import { submissionNumber } from '../../core/campaign/campaign.js'
import type { UnitReportView } from '../../core/queries/report/unit-report.js'
import { showDate, showFigure } from '../../text/index.js'
import { bold } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { shorten } from '../shorten.js'
import type { Block, Page } from '../ui.js'
import { idsOf } from './card.js'
import { lineTitle } from './lines.js'

const { unitReport: t, common, submission: ts } = vi

/** Achievements a page, of two blocks each. */
const PAGE = 20

/** Characters of an achievement's text. */
const EXCERPT = 1000

/** One page of the achievements of one criterion of a report. */
export function criterionPage(s: UnitReportView, criterion: string, wantedPage: number): Page {
  const line = s.content.lines.find((l) => l.criterion === criterion)
  const items = line?.items ?? []
  const pages = Math.max(1, Math.ceil(items.length / PAGE))
  const page = Math.min(wantedPage, pages - 1)
  const goTo = (label: string, to: number) => ({
    label,
    action: 'unitReport.criterion',
    value: { ...idsOf(s), criterion, page: to, now: !s.isSent },
  })
  const blocks: Block[] = [
    block.note(t.title(s.report.kind, s.unit.name)),
    ...when(line, (line) => block.text(lineTitle(s.campaign, line))),
    ...items.slice(page * PAGE, (page + 1) * PAGE).flatMap((item): Block[] => {
      const figure = item.figure ? `${showFigure(item.figure)} ${item.figureUnit ?? ''}`.trim() : null
      const number = submissionNumber(s.campaign, item.number)
      return [
        block.item(
          [bold(number), `\n${shorten(item.text, EXCERPT)}`],
          [{ label: common.open, action: 'submission.open', value: { id: item.id } }],
        ),
        block.note(
          [
            ts.facts(s.unit.name, showDate(item.doneOn), figure),
            ...(item.isAfterPreliminary ? [vi.closing.after('preliminary')] : []),
          ].join(' · '),
        ),
      ]
    }),
    ...when(pages > 1, () => [
      block.note(common.page(page + 1, pages)),
      block.buttons([
        ...(page > 0 ? [goTo(common.previous, page - 1)] : []),
        ...(page < pages - 1 ? [goTo(common.next, page + 1)] : []),
      ]),
    ]),
  ]
  return { title: ts.cellTitle(criterion), blocks }
}

/** The head's two texts in full. */
export function textsPage({ content, report, unit }: UnitReportView): Page {
  const one = (label: string, text: string): Block[] => [
    block.text(bold(label)),
    text === '' ? block.text(t.noText) : block.quote(text),
  ]
  return {
    title: t.pageTitle(report.kind),
    blocks: [
      block.note(t.title(report.kind, unit.name)),
      ...one(t.selfAssessment, content.selfAssessment),
      ...one(t.difficulties, content.difficulties),
    ],
  }
}
