import { afterEach, expect, test } from 'vitest'
import { formatted, textObjects } from '../../slack/render/formatted.js'
import { onStage } from '../on-stage.js'
import { cast, exampleRoster, type Stage, setStage } from '../stage.js'

/** Signs of formatting in everything that people write: names, units, texts, reasons, file names, searches. */

let stage: Stage
const { person, sent } = onStage(() => stage)
afterEach(() => stage.close())

const SIGNS = '*sao* _gạchdưới_ ~ngã~ `huyền` :tada:'
const WORDS = ['sao', 'gạchdưới', 'ngã', 'huyền', 'tada', 'trích']

/** Everything in messages and views so far that the chat would format although a person typed it. */
function wrong(): unknown[] {
  const calls = stage.slack.calls.map(({ args }) => [args.text, decoded(args.blocks), decoded(args.view)])
  const { messages, botUserId } = stage.slack.workspace
  const answers = messages.filter((m) => m.user === botUserId).map(({ text, blocks }) => [text, blocks])
  const modals = [...stage.slack.workspace.stacks.values()]
  const all = [calls, answers, modals]
  const { mrkdwn, drawsEmoji } = textObjects(all)
  const summaries = [...calls, ...answers].flatMap(([text]) => (typeof text === 'string' ? [text] : []))
  expect(mrkdwn.some((text) => text.includes('sao'))).toBe(true)
  return [
    ...[...mrkdwn, ...summaries].filter((t) => formatted(t).some(([, inside]) => WORDS.includes(inside.trim()))),
    ...drawsEmoji.filter((text) => text.includes(':tada:')),
  ]
}

const decoded = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value)

test('nothing that people wrote is formatted on any card, page or form', async () => {
  const roster = await exampleRoster()
  const people = roster.people.map((p) => ({ ...p, fullName: `${p.fullName} ${SIGNS}` }))
  const units = roster.units.map((u) => ({ ...u, name: `${u.name} ${SIGNS}` }))
  stage = await setStage({ roster: { ...roster, people, units }, coach: true })
  const [lecturer, head, board, office] = [cast.lecturer, cast.head, cast.board, cast.office].map(person)
  if (!lecturer || !head || !board || !office) throw new Error('nobody')
  const commands = [
    '',
    'trogiup',
    'trangthai',
    'tonghop',
    'tonghop tiêu chí',
    'lich',
    'duyet',
    'nhatky',
    'baocao',
    'tieuchi',
  ]

  await board.command('/thidua lich sơ kết 28/06/2024')
  await lecturer.say(`Khoa đã làm ${SIGNS}\n> trích`)
  await lecturer.click('Nộp câu này')
  await lecturer.fill({
    'Tiêu chí': 'a2',
    'Đơn vị tính': SIGNS.slice(0, 20),
    'Số liệu': '2',
    'Liên kết': 'https://a.vn/_x_*y*',
  })
  await lecturer.submit()
  await lecturer.submit()
  await lecturer.close()
  await sent()
  await lecturer.say(SIGNS, {
    files: [{ name: '*sao* _gạchdưới_ `huyền` :tada:.jpg', mimetype: 'image/jpeg', bytes: Buffer.from('x') }],
  })
  await sent()
  await head.click('Trả lại')
  await head.fill({ 'Lý do': `Xin bổ sung ${SIGNS}\n> trích` })
  await head.submit()
  await sent()
  await lecturer.click('Sửa và nộp lại')
  await lecturer.submit()
  await lecturer.close()
  await sent()
  await head.click('Xác nhận')
  await head.command('/thidua vang từ 10/06 đến 14/06')
  await head.command('/thidua baocao')
  await head.click('Ghi tự đánh giá')
  await head.fill({ 'Tự đánh giá': `Tốt ${SIGNS}\n> trích` })
  await head.submit()
  await head.close()
  for (const who of [cast.lecturer, cast.head, cast.board, cast.office, cast.rector, cast.admin]) {
    for (const command of [
      ...commands,
      'tim làm',
      'nhac tất cả',
      `không ${SIGNS} hiểu`,
      `nhac ${SIGNS}`,
      'tim ``` không',
    ])
      await person(who).command(`/thidua ${command}`)
    await person(who).openHome()
  }
  await stage.homesShown()
  await board.command('/thidua duyet')
  await stage.tick('2024-06-14T08:00:00+07:00')
  await stage.tick('2024-07-05T08:00:00+07:00')
  await office.command(`/thidua trangthai ${units[8]?.name}`)
  expect(wrong()).toEqual([])
})
