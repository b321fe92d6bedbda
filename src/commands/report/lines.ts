import { type Campaign, criterionOf, submissionNumber } from '../../core/campaign/campaign.js'
import { isMissing } from '../../core/progress/progress.js'
import type { ReportItem, ReportLine, ReportTexts, UnitReportContent } from '../../core/report/report.js'
import { showDate, showFigure } from '../../text/index.js'
import { bold, pieces, type Rich } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { shorten } from '../shorten.js'
import type { Block, Button } from '../ui.js'

const { unitReport: t, common } = vi

/** Achievements listed under a criterion; characters of all listed ones together, and of one, in one message. */
const LISTED = 3
const ALL_ITEMS = 6000
const ITEM = 150

/** Characters of each of the head's texts in a message. */
const TEXT = 700

/** One achievement in a line: number, date, figure, the beginning of its text; at most `max` UTF-16 units. */
function itemLine(campaign: Campaign, item: ReportItem, max: number): string {
  const figure = item.figure ? `${showFigure(item.figure)} ${item.figureUnit ?? ''}`.trim() : ''
  const after = item.isAfterPreliminary ? vi.closing.after('preliminary') : ''
  const facts = shorten(t.item(submissionNumber(campaign, item.number), showDate(item.doneOn), figure, after), max - 20)
  return `${facts} ${shorten(item.text, max - facts.length)}`
}

/** What a report contains under one criterion, in a few words. */
export function lineTitle(campaign: Campaign, line: ReportLine): Rich {
  const short = criterionOf(campaign, line.criterion)?.short ?? ''
  const what = [
    ...(line.items.length > 0 ? [t.items(line.items.length)] : line.state === 'confirmed' ? [t.paper] : []),
    ...(line.waiting > 0 ? [t.waiting(line.waiting)] : []),
    ...(line.state === 'nil' ? [line.nilReason ? `${t.nil}: ${shorten(line.nilReason, 120)}` : t.nil] : []),
    ...(isMissing(line.state) ? [line.state === 'returned' ? t.returned : t.none] : []),
  ]
  return t.line(common.cellSign[line.state], line.criterion, short, what.join(', '))
}

/** Every criterion in the plan's order, a block each; its button opens all achievements. */
export function lineBlocks(
  campaign: Campaign,
  content: UnitReportContent,
  open: (criterion: string) => Button,
): Block[] {
  const room = Math.floor(ALL_ITEMS / Math.max(1, content.lines.length) / ITEM)
  const listed = Math.min(LISTED, room)
  return content.lines.map((line): Block => {
    const shown = line.items.slice(0, listed).map((item) => `\n• ${itemLine(campaign, item, ITEM)}`)
    const left = line.items.length - shown.length
    const text = [...pieces(lineTitle(campaign, line)), ...shown, left > 0 ? `\n${t.more(left)}` : '']
    return line.items.length > 0 ? block.item(text, [open(line.criterion)]) : block.text(text)
  })
}

/** The head's two texts, shortened for a message; `full` opens them in full. */
export function textBlocks(texts: ReportTexts, full: Button): Block[] {
  const one = (label: string, text: string): Block[] => [
    block.text([bold(`${label}: `), text === '' ? t.noText : shorten(text, TEXT)]),
  ]
  const isCut = [texts.selfAssessment, texts.difficulties].some((text) => shorten(text, TEXT) !== text)
  return [
    ...one(t.selfAssessment, texts.selfAssessment),
    ...one(t.difficulties, texts.difficulties),
    ...when(isCut, () => block.buttons([full])),
  ]
}

/** "9/11 tiêu chí · 23 thành tích", with the number that waits. */
export function totalsText({ lines }: UnitReportContent): Rich {
  const have = lines.filter((l) => !isMissing(l.state)).length
  const items = lines.reduce((n, l) => n + l.items.length, 0)
  const waiting = lines.reduce((n, l) => n + l.waiting, 0)
  return t.totals(have, lines.length, items, waiting)
}
