import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../../helpers/until.js'
import { onStage } from '../on-stage.js'
import { accountOf, cast, exampleRoster, type Stage, setStage } from '../stage.js'

let stage: Stage
const { holding, person } = onStage(() => stage)
const reminders = (id: string) => holding(id, /ngày làm việc đến sơ kết|Hôm nay sơ kết|Đã qua sơ kết/)

async function open(options = {}) {
  stage = await setStage(options)
  await person(cast.board).command('/thidua lich sơ kết 28/06/2024 tổng kết 20/12/2024')
}
afterEach(async () => {
  expect(stage.slack.violations).toEqual([])
  await stage.close()
})

describe('reminders of heads', () => {
  beforeEach(() => open())

  test('ten working days before the review, at 08:00, each head with missing criteria gets one message that lists them', async () => {
    expect(await stage.tick('2024-06-14T07:59:00+07:00')).toBe(0)
    const sent = await stage.tick('2024-06-14T08:00:00+07:00')
    const heads = new Set((await exampleRoster()).roles.filter((r) => r.role === 'head').map((r) => r.email))
    expect(sent).toBe(heads.size)
    for (const email of heads) expect(reminders(accountOf(email))).toHaveLength(1)
    const [message] = reminders(cast.head)
    expect(message?.visibleText).toContain('Còn 10 ngày làm việc đến sơ kết (28/06/2024)')
    expect(message?.visibleText).toContain('a3')
    expect(message?.buttons.filter((b) => b === 'Không phát sinh')).toHaveLength(11)
    expect(person(cast.lecturer).messages()).toEqual([])
  })

  test('fits a phone: a row a criterion with its actions in a menu, then what can be done about the whole', async () => {
    await stage.tick('2024-06-14T08:00:00+07:00')
    const [message] = reminders(cast.head)
    const kinds = message?.blocks.map((b) => (b.accessory as { type?: string })?.type ?? b.type)
    expect(kinds).toEqual(['section', 'section', ...Array(11).fill('overflow'), 'actions', 'actions'])
    const menu = message?.blocks[3]?.accessory as { options: { text: { text: string } }[] }
    expect(menu.options.map((o) => o.text.text)).toEqual(['Nộp', 'Không phát sinh'])
    // The option opens the form of its own row.
    await person(cast.head).click('Nộp', { nth: 1, ts: message?.ts as string })
    expect(
      person(cast.head)
        .modal()
        ?.fields.find((f) => f.label === 'Tiêu chí')?.value,
    ).toMatchObject({
      selected_option: { value: 'a2' },
    })
    await person(cast.head).close()
  })

  test('a second tick, a restart and a clock that is set back repeat no reminder', async () => {
    await stage.tick('2024-06-14T08:00:00+07:00')
    expect(await stage.tick('2024-06-14T08:00:00+07:00')).toBe(0)
    await stage.restart()
    expect(await stage.tick('2024-06-14T08:01:00+07:00')).toBe(0)
    expect(await stage.tick('2024-05-31T08:00:00+07:00')).toBe(0)
    expect(await stage.tick('2024-06-14T16:00:00+07:00')).toBe(0)
    expect(reminders(cast.head)).toHaveLength(1)
  })

  test('reminders that fell due while the bot was down are merged into one on the next working day', async () => {
    await stage.tick('2024-06-14T08:00:00+07:00')
    expect(await stage.tick('2024-06-29T09:00:00+07:00')).toBe(0)
    expect(await stage.tick('2024-07-01T08:00:00+07:00')).toBeGreaterThan(0)
    expect(reminders(cast.head)).toHaveLength(2)
    expect(reminders(cast.head)[1]?.visibleText).toContain('Đã qua sơ kết')
  })

  test('the buttons of a reminder complete the unit; the message is updated, and no further reminder comes', async () => {
    await stage.tick('2024-06-14T08:00:00+07:00')
    const head = person(cast.head)
    await head.click('Nộp')
    expect(head.modal()?.title).toBe('Nộp minh chứng')
    expect(head.modal()?.visibleText).toContain('Khoa Điện – Điện tử')
    await head.fill({ 'Kết quả': 'Chi bộ đạt trong sạch vững mạnh' })
    await head.submit()
    await head.close()
    await stage.sent()
    expect(reminders(cast.head)[0]?.visibleText).toContain('còn thiếu 10/11')
    for (let left = 10; left > 0; left--) {
      await head.click('Không phát sinh', { ts: reminders(cast.head)[0]?.ts })
      expect((await head.submit()).view).toBeUndefined()
      await stage.sent()
    }
    const first = head.messages().find((m) => m.visibleText.includes('đã đủ 11/11'))
    expect(first?.buttons).toEqual(['Xem và xác nhận', 'Gửi báo cáo'])
    await head.click('Xem và xác nhận', { ts: first?.ts as string })
    await head.click('Xác nhận')
    await head.close()
    expect(first?.visibleText).toContain('chỉ còn báo cáo sơ kết')
    const shown = await head.click('Gửi báo cáo', { ts: first?.ts })
    const card = shown.messages.find((m) => m.visibleText.startsWith('Báo cáo sơ kết'))
    await head.click('Gửi báo cáo', { ts: card?.ts })
    await stage.sent()
    expect(head.messages().find((m) => m.ts === first?.ts)?.visibleText).toContain('đã gửi báo cáo. Cảm ơn')
    await stage.tick('2024-06-21T08:00:00+07:00')
    expect(head.messages().filter((m) => m.visibleText.includes('Còn 5 ngày'))).toEqual([])
  })

  test('a click on a reminder from two weeks ago updates that message', async () => {
    await stage.tick('2024-05-31T08:00:00+07:00')
    const [first] = reminders(cast.head)
    stage.setClock('2024-06-13T09:00:00+07:00')
    await person(cast.head).click('Không phát sinh', { ts: first?.ts })
    await person(cast.head).submit()
    await stage.sent()
    expect(reminders(cast.head)[0]?.ts).toBe(first?.ts)
    expect(reminders(cast.head)[0]?.visibleText).toContain('còn thiếu 10/11')
  })

  test('the whole ladder: 20, 10, 5, 2 and 1 working days before, on the day, and 1, 3 and 5 days late', async () => {
    const days = []
    // Four ticks a day, at 02:00, 08:00, 14:00 and 20:00.
    for (
      let at = new Date('2024-05-27T08:00:00+07:00');
      at < new Date('2024-07-10');
      at = new Date(at.getTime() + 6 * 3_600_000)
    )
      if ((await stage.tick(at.toISOString())) > 0) days.push(at.toISOString())
    expect(days).toEqual(
      ['05-31', '06-14', '06-21', '06-26', '06-27', '06-28', '07-01', '07-03', '07-05'].map(
        (d) => `2024-${d}T01:00:00.000Z`,
      ),
    )
    expect(reminders(cast.head)).toHaveLength(9)
  })
})

describe('when Slack fails or an account is missing', () => {
  test('after 429 and 5xx each head still gets the reminder exactly once', async () => {
    await open()
    stage.slack.fail('chat.postMessage', { retryAfter: 1, times: 2 })
    stage.slack.fail('chat.postMessage', { status: 503, times: 2 })
    await stage.tick('2024-06-14T08:00:00+07:00')
    for (let i = 1; i < 8; i++) {
      stage.setClock(new Date(stage.now().getTime() + 2000).toISOString())
      await stage.sent()
    }
    const heads = new Set((await exampleRoster()).roles.filter((r) => r.role === 'head').map((r) => r.email))
    for (const email of heads) expect(reminders(accountOf(email))).toHaveLength(1)
  })

  test('a message that arrived although the response was lost is found and not sent again', async () => {
    await open()
    stage.slack.fail('chat.postMessage', { dropAfter: true, times: 3 })
    await stage.tick('2024-06-14T08:00:00+07:00')
    for (let i = 1; i < 5; i++) {
      stage.setClock(new Date(stage.now().getTime() + 3000).toISOString())
      await stage.sent()
    }
    const heads = new Set((await exampleRoster()).roles.filter((r) => r.role === 'head').map((r) => r.email))
    for (const email of heads) expect(reminders(accountOf(email))).toHaveLength(1)
  })

  test('the Office is told once about a head without a Slack account, and the others get their reminders', async () => {
    await open({ without: ['khanhnv@cdn-angiang.example'] })
    await stage.tick('2024-06-14T08:00:00+07:00')
    await stage.tick('2024-06-21T08:00:00+07:00')
    const told = person(cast.office)
      .messages()
      .filter((m) => m.visibleText.includes('Nguyễn Văn Khánh'))
    expect(told).toHaveLength(1)
    expect(told[0]?.visibleText).toContain('khanhnv@cdn-angiang.example')
    expect(reminders('ULOCHT')).toHaveLength(2)
  })
})

test('the Office is told about a head whose account was closed; a stop does not wait for a long pause that Slack requests', async () => {
  await open()
  stage.slack.fail('chat.postMessage', { error: 'account_inactive', when: (args) => args.channel === cast.head })
  await stage.tick('2024-06-14T08:00:00+07:00')
  expect(
    person(cast.office)
      .messages()
      .filter((m) => m.visibleText.includes('Nguyễn Văn Khánh')),
  ).toHaveLength(1)
  const before = stage.slack.callsOf('chat.postMessage').length
  stage.slack.fail('chat.postMessage', { retryAfter: 600, times: 100 })
  stage.setClock('2024-06-21T08:00:00+07:00')
  await stage.bot.tick()
  await until(() => stage.slack.callsOf('chat.postMessage').length > before, 'a message that Slack refuses')
  await stage.restart()
  stage.slack.clearFaults()
  stage.setClock('2024-06-21T08:11:00+07:00')
  await stage.sent()
  expect(reminders('ULOCHT')).toHaveLength(2)
})

test('a message from days ago is still updated after Slack fails once', async () => {
  await open()
  await stage.tick('2024-06-14T08:00:00+07:00')
  stage.setClock('2024-06-18T09:00:00+07:00')
  stage.slack.fail('chat.update', { status: 500 })
  await person(cast.head).click('Không phát sinh')
  await person(cast.head).submit()
  await stage.sent()
  stage.setClock('2024-06-18T09:01:00+07:00')
  await stage.sent()
  expect(reminders(cast.head)[0]?.visibleText).toContain('còn thiếu 10/11')
})
