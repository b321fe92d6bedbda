import { afterEach, beforeEach, expect, test } from 'vitest'
import { type JsonObject, objectsIn } from '../../../src/local-slack/json.js'
import { HANG_MS } from '../../helpers/until.js'
import { onStage } from '../on-stage.js'
import { cast, type Stage, setStage } from '../stage.js'

/**
 * Walks every action that changes what a page, a home or a message for one person shows: pressed once, it is offered nowhere
 * again with the same value, in the place where it was pressed and behind it.
 */

let stage: Stage
const { handIn, person, say, sent } = onStage(() => stage)

beforeEach(async () => {
  stage = await setStage()
  await say(cast.board, '/thidua lich sơ kết 14/06/2024 tổng kết 20/12/2024')
  for (const who of [cast.head, cast.office, cast.lecturer]) await person(who).command('/thidua')
})
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

type Place = 'view' | 'home' | 'message'
interface Offer {
  label: string
  action: string
  value: string
}

const offersIn = (blocks: readonly JsonObject[]): Offer[] =>
  blocks
    .flatMap((b) => [...objectsIn(b.elements), ...(b.accessory ? [b.accessory as JsonObject] : [])])
    .flatMap((e) => {
      const action = String(e.action_id).replace(/#\d+$/, '')
      const labelOf = (of: JsonObject) => String((of.text as JsonObject | undefined)?.text)
      if (e.type === 'button') return [{ label: labelOf(e), action, value: String(e.value) }]
      // The id of a menu names what its options are about.
      return objectsIn(e.type === 'overflow' ? e.options : []).map((option) => ({
        label: labelOf(option),
        action,
        value: String(option.value),
      }))
    })

const placeOf = (who: string, place: Place): readonly JsonObject[] => {
  if (place === 'view') return person(who).modal()?.blocks ?? []
  if (place === 'home') return person(who).home()?.blocks ?? []
  return [...person(who).messages()].reverse().flatMap((m) => m.blocks)
}

/** Everything that a person can press now, in messages, in every modal of the stack and on the home. */
const offered = (who: string): Offer[] =>
  [...person(who).messages(), ...person(who).modals(), ...[person(who).home()].filter((h) => h !== undefined)].flatMap(
    (shown) => offersIn(shown.blocks),
  )

async function home(who: string): Promise<void> {
  await person(who).openHome()
  expect(await stage.bot.homes.idle(HANG_MS)).toBe(true)
}

const confirmAll = async (n: number) => {
  for (let i = 0; i < n; i++) {
    await person(cast.head).click('Xác nhận', { in: 'message' })
    await sent()
  }
}
const unit = 'Khoa Điện – Điện tử'
const sendReport = async () => {
  await say(cast.head, '/thidua baocao')
  await person(cast.head).click('Gửi báo cáo', { in: 'message' })
  await sent()
}
/** Clicks one after another, on the home first and then in the pages that open. */
const through = async (who: string, ...labels: string[]) => {
  await home(who)
  for (const [i, label] of labels.entries()) await person(who).click(label, { in: i === 0 ? 'home' : 'view' })
}
const reason = { 'Lý do': 'Xin ghi rõ số buổi' }

interface Row {
  does: string
  who: string
  /** Brings the button before the person. */
  open: () => Promise<unknown>
  button: string
  at: Place
  /** What the form is filled in with, where one opens. */
  fill?: Record<string, string>
  /** What the place shows afterwards. */
  shows?: string
}

const rows: Row[] = [
  {
    does: 'confirms on the home',
    who: cast.head,
    open: () => handIn().then(() => home(cast.head)),
    button: 'Xác nhận',
    at: 'home',
    shows: 'Không có minh chứng nào chờ',
  },
  {
    does: 'returns on the home',
    who: cast.head,
    open: () => handIn().then(() => home(cast.head)),
    button: 'Trả lại',
    at: 'home',
    fill: reason,
    shows: 'Không có minh chứng nào chờ',
  },
  {
    does: 'confirms on the page of a submission',
    who: cast.head,
    open: () => handIn().then(() => through(cast.head, 'Xem')),
    button: 'Xác nhận',
    at: 'view',
    shows: 'đã xác nhận',
  },
  {
    does: 'returns on the page of a submission',
    who: cast.head,
    open: () => handIn().then(() => through(cast.head, 'Xem')),
    button: 'Trả lại',
    at: 'view',
    fill: reason,
    shows: 'đã trả lại',
  },
  {
    does: 'withdraws on the page of a submission',
    who: cast.lecturer,
    open: () => handIn().then(() => through(cast.lecturer, 'Xem')),
    button: 'Rút',
    at: 'view',
    shows: 'đã rút',
  },
  ...(['Duyệt', 'Trả lại'] as const).flatMap((button): Row[] => [
    {
      does: `decides at the desk (${button})`,
      who: cast.board,
      open: () =>
        handIn()
          .then(() => confirmAll(1))
          .then(() => say(cast.board, '/thidua duyet')),
      button,
      at: 'message',
      fill: button === 'Duyệt' ? undefined : reason,
      shows: 'Không còn minh chứng nào chờ duyệt',
    },
    {
      does: `decides at the desk that the home opened (${button})`,
      who: cast.board,
      open: () =>
        handIn()
          .then(() => confirmAll(1))
          .then(() => through(cast.board, 'Duyệt minh chứng')),
      button,
      at: 'view',
      fill: button === 'Duyệt' ? undefined : reason,
      shows: 'Không còn minh chứng nào chờ duyệt',
    },
  ]),
  ...(['Duyệt', 'Trả lại'] as const).flatMap((button): Row[] => [
    {
      does: `decides on a report in a message (${button})`,
      who: cast.board,
      open: () => sendReport().then(() => say(cast.board, `/thidua baocao ${unit}`)),
      button,
      at: 'message',
      fill: button === 'Duyệt' ? undefined : reason,
    },
    {
      does: `decides on a report that the home opened (${button})`,
      who: cast.board,
      open: () => sendReport().then(() => through(cast.board, 'unitReport.list', 'Xem')),
      button,
      at: 'view',
      fill: button === 'Duyệt' ? undefined : reason,
      shows: button === 'Duyệt' ? 'Đã duyệt' : 'Xin ghi rõ số buổi',
    },
  ]),
  {
    does: 'sends a report',
    who: cast.head,
    open: () => say(cast.head, '/thidua baocao'),
    button: 'Gửi báo cáo',
    at: 'message',
    shows: 'Chờ duyệt',
  },
  {
    does: 'takes a report back',
    who: cast.head,
    open: sendReport,
    button: 'Rút báo cáo',
    at: 'message',
    shows: 'Chưa gửi',
  },
  {
    does: 'reports nothing in a message',
    who: cast.head,
    open: () => say(cast.head, '/thidua trangthai'),
    button: 'Không phát sinh',
    at: 'message',
    fill: {},
    shows: 'không phát sinh',
  },
  {
    does: 'reports nothing for all in a message',
    who: cast.head,
    open: () => say(cast.head, '/thidua trangthai'),
    button: 'nil.all',
    at: 'message',
    fill: { 'Lý do': 'Không có đợt nào' },
    shows: 'Đã đủ 11/11 tiêu chí',
  },
  {
    does: 'reports nothing on the home',
    who: cast.head,
    open: () => home(cast.head),
    button: 'Không phát sinh',
    at: 'home',
    fill: {},
    shows: 'Đã báo không phát sinh',
  },
  {
    does: 'undoes nothing to report on the home',
    who: cast.head,
    open: async () => {
      await through(cast.head, 'Không phát sinh')
      await person(cast.head).submit()
      await person(cast.head).close()
      await home(cast.head)
    },
    button: 'nil.undo',
    at: 'home',
  },
  {
    does: 'changes a setting in a page',
    who: cast.office,
    open: () => through(cast.office, 'Cài đặt'),
    button: 'setting',
    at: 'view',
  },
  {
    does: 'sets the dates',
    who: cast.board,
    open: () => say(cast.board, '/thidua lich'),
    button: 'calendar.set',
    at: 'message',
    fill: { 'Ngày sơ kết': '2024-06-27' },
    shows: '27/06/2024',
  },
  {
    does: 'asks for an erasure',
    who: cast.lecturer,
    open: () => say(cast.lecturer, '/thidua dulieu'),
    button: 'erasure.ask',
    at: 'message',
    fill: { 'Xóa gì': 'drafts' },
  },
  {
    does: 'takes paper back on a page',
    who: cast.board,
    open: async () => {
      await say(cast.board, `/thidua bangiay ${unit} a2`)
      await person(cast.board).submit()
      await person(cast.board).close()
      await say(cast.board, `/thidua trangthai ${unit}`)
      await person(cast.board).click('Xem', { in: 'message' })
    },
    button: 'paper.undo',
    at: 'view',
    shows: 'Chưa có minh chứng',
  },
  {
    does: 'reopens a review',
    who: cast.office,
    open: async () => {
      stage.setClock('2024-06-17T09:00:00+07:00')
      await say(cast.board, '/thidua tonghop')
      await person(cast.board).click('Chốt sơ kết')
      await person(cast.board).click('Chốt sơ kết')
      await sent()
      await say(cast.office, '/thidua tonghop sơ kết')
    },
    button: 'Mở lại sơ kết',
    at: 'message',
    fill: { 'Lý do': 'Còn thiếu báo cáo' },
  },
]

/** Actions that stay offered, since they can be done again: what they did must be seen instead. */
const repeatable = ['calendar.set']

test.each(rows)('$does: it is not offered again', async ({ who, open, button, at, fill, shows }) => {
  await open()
  const pressed = offersIn(placeOf(who, at)).find((o) => o.label === button || o.action === button) as Offer
  expect(pressed, JSON.stringify(offersIn(placeOf(who, at)))).toBeDefined()
  await person(who).click(button, { in: at })
  if (fill) {
    if (Object.keys(fill).length > 0) await person(who).fill(fill)
    await person(who).submit()
    expect(person(who).modal()?.errors ?? {}).toEqual({})
  }
  await sent()
  expect(await stage.bot.homes.idle(HANG_MS)).toBe(true)
  const again = offered(who).filter(
    (o) => o.action === pressed.action && o.value === pressed.value && o.label === pressed.label,
  )
  if (!repeatable.includes(pressed.action)) expect(again).toEqual([])
  const words =
    at === 'message'
      ? person(who)
          .messages()
          .filter((m) => m.ephemeral)
          .map((m) => m.visibleText)
          .join('\n')
      : (at === 'view' ? person(who).modal() : person(who).home())?.visibleText
  expect(words).toContain(shows ?? '')
})
