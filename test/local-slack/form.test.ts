import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/local-slack/json.js'
import type { LocalSlack } from '../../src/local-slack/local-slack.js'
import { startTestSlack } from '../helpers/local-slack.js'
import { asBlocks, asView, input, modal, plain, refusal, startAckingBot } from './acking-bot.js'

const users = [{ id: 'U_LAN', real_name: 'Nguyễn Thị Lan', email: 'lan@truong.vn' }]
const photo = (name: string, mimetype = 'image/jpeg') => ({ name, mimetype, bytes: Buffer.from(name) })
const options = ['a1', 'a2', 'b1'].map((value) => ({ text: plain(`Tiêu chí ${value}`), value }))
const live = { dispatch_action: true }
const on = (...trigger_actions_on: string[]) => ({ dispatch_action_config: { trigger_actions_on } })
const text = { type: 'plain_text_input' }

let slack: LocalSlack
let bot: Awaited<ReturnType<typeof startAckingBot>>
beforeAll(async () => {
  slack = await startTestSlack({ users })
  bot = await startAckingBot(slack)
})
afterEach(async () => {
  while (slack.as('U_LAN').modal()) await slack.as('U_LAN').close({ all: true })
  expect(slack.violations.splice(0)).toEqual([])
})
afterAll(async () => {
  await bot.stop()
  await slack.close()
})

const open = (...blocks: JsonObject[]) => bot.open('U_LAN', modal(blocks))
/** The deliveries during some work: [type, action_id, value of the action]. */
async function deliveriesDuring(work: () => Promise<unknown>) {
  const before = slack.deliveries.length
  await work()
  return slack.deliveries.slice(before).map(({ payload }) => {
    const [action] = (payload.actions ?? []) as JsonObject[]
    return [payload.type, action?.action_id, action?.value]
  })
}

describe('a file_input', () => {
  it('submits the files in it as file objects', async () => {
    const lan = slack.as('U_LAN')
    await open(input('photos', { type: 'file_input', filetypes: ['jpg', 'heic'], max_files: 3 }))
    const known = lan.upload(photo('một.jpg'))
    await lan.fill({ photos: [known, photo('hai.heic', 'image/heic')] })
    await lan.submit()
    expect(bot.values().photos?.photos).toEqual({
      type: 'file_input',
      files: [known, expect.objectContaining({ name: 'hai.heic', mimetype: 'image/heic', size: 8, mode: 'hosted' })],
    })
  })

  it('refuses more than max_files', async () => {
    await open(input('photos', { type: 'file_input', max_files: 1 }))
    await expect(slack.as('U_LAN').fill({ photos: [photo('1.jpg'), photo('2.jpg')] })).rejects.toThrow('No more than 1')
  })

  it('must be filled unless it is optional', async () => {
    await open(input('photos', { type: 'file_input' }), input('more', { type: 'file_input' }, { optional: true }))
    expect((await slack.as('U_LAN').submit()).clientErrors).toEqual({ photos: 'required' })
  })
})

describe('a field with dispatch_action', () => {
  it('sends typed text on characters or on Enter as configured; the default is on Enter', async () => {
    const lan = slack.as('U_LAN')
    await open(
      input('chars', { ...text, ...on('on_character_entered') }, live),
      input('enter', { ...text, ...on('on_enter_pressed') }, live),
      input('plain', text, live),
      input('quiet', text),
    )
    expect(await deliveriesDuring(() => lan.type('chars', 'abc'))).toEqual([['block_actions', 'chars', 'abc']])
    expect(await deliveriesDuring(() => lan.type('enter', 'abc'))).toEqual([])
    expect(await deliveriesDuring(() => lan.type('enter', 'abc', { enter: true }))).toEqual([
      ['block_actions', 'enter', 'abc'],
    ])
    expect(await deliveriesDuring(() => lan.type('plain', 'abc', { enter: true }))).toEqual([
      ['block_actions', 'plain', 'abc'],
    ])
    expect(await deliveriesDuring(() => lan.type('quiet', 'abc', { enter: true }))).toEqual([])
  })

  it('sends a choice at once, with the values of all fields', async () => {
    const lan = slack.as('U_LAN')
    await open(
      input('criterion', { type: 'static_select', options }, live),
      input('result', text),
      input('photos', { type: 'file_input' }, live),
    )
    await lan.fill({ result: 'đang gõ' })
    expect(await deliveriesDuring(() => lan.fill({ photos: [photo('1.jpg')] }))).toEqual([])
    expect(await deliveriesDuring(() => lan.choose('criterion', 'a2'))).toEqual([
      ['block_actions', 'criterion', undefined],
    ])
    expect(bot.last()).toMatchObject({
      container: { type: 'view' },
      actions: [{ type: 'static_select', block_id: 'criterion', selected_option: { value: 'a2' } }],
    })
    expect(bot.values()).toMatchObject({
      criterion: { criterion: { selected_option: { value: 'a2' } } },
      result: { result: { value: 'đang gõ' } },
      photos: { photos: { files: [{ name: '1.jpg' }] } },
    })
  })
})

describe('elements outside of input blocks', () => {
  const everything = (block: JsonObject) => [
    {
      type: 'actions',
      block_id: 'acts',
      elements: [
        { type: 'button', action_id: 'go', text: plain('Đi'), value: '7' },
        { type: 'static_select', action_id: 'one', options },
        { type: 'multi_static_select', action_id: 'many', options, max_selected_items: 2 },
        { type: 'checkboxes', action_id: 'ticks', options },
        { type: 'radio_buttons', action_id: 'radio', options },
        { type: 'overflow', action_id: 'more', options },
        { type: 'datepicker', action_id: 'day' },
      ],
    },
    {
      type: 'section',
      block_id: 'line',
      text: plain('Dòng'),
      accessory: { type: 'checkboxes', action_id: 'tick', options },
    },
    block,
  ]

  it('tell of a choice with all that is chosen, in a modal', async () => {
    const lan = slack.as('U_LAN')
    await open(...everything(input('result', text)))
    await lan.fill({ result: 'đã gõ' })
    await lan.click('one', { choose: 'a1' })
    await lan.click('many', { choose: ['a1', 'b1'] })
    await lan.click('ticks', { choose: ['a2'] })
    await lan.click('radio', { choose: 'b1' })
    await lan.click('day', { choose: '2024-06-14' })
    await lan.click('tick', { choose: ['a1', 'a2'] })
    await lan.click('more', { choose: 'b1' })
    expect(bot.last()).toMatchObject({ actions: [{ type: 'overflow', selected_option: { value: 'b1' } }] })
    await lan.click('Đi')
    expect(bot.last()).toMatchObject({ actions: [{ action_id: 'go', value: '7' }] })
    expect(bot.values()).toMatchObject({
      acts: {
        one: { selected_option: { value: 'a1' } },
        many: { selected_options: [{ value: 'a1' }, { value: 'b1' }] },
        ticks: { selected_options: [{ value: 'a2' }] },
        radio: { selected_option: { value: 'b1' } },
        day: { selected_date: '2024-06-14' },
      },
      line: { tick: { selected_options: [{ value: 'a1' }, { value: 'a2' }] } },
      result: { result: { value: 'đã gõ' } },
    })
    await expect(lan.click('many', { choose: ['a1', 'a2', 'b1'] })).rejects.toThrow('No more than 2')
  })

  it('tell of a choice with all that is chosen, in a message', async () => {
    const blocks = everything({ type: 'divider' })
    await bot.client.chat.postMessage({ channel: 'U_LAN', text: 'x', blocks: asBlocks(blocks) })
    const lan = slack.as('U_LAN')
    await lan.click('ticks', { choose: ['a2'] })
    await lan.click('tick', { choose: ['b1'] })
    expect(bot.last()).toMatchObject({
      container: { type: 'message' },
      actions: [{ type: 'checkboxes', action_id: 'tick', selected_options: [{ value: 'b1' }] }],
      state: {
        values: {
          acts: { ticks: { selected_options: [{ value: 'a2' }] } },
          line: { tick: { selected_options: [{ value: 'b1' }] } },
        },
      },
    })
  })
})

describe('a closed modal', () => {
  const closing = { notify_on_close: true }
  const form = modal([input('result', text), input('live', { ...text, ...on('on_character_entered') }, live)], closing)

  it('sends view_closed only with notify_on_close', async () => {
    await bot.open('U_LAN', modal([input('result', text)]))
    expect(await deliveriesDuring(() => slack.as('U_LAN').close())).toEqual([])
    await bot.open('U_LAN', form)
    await slack.as('U_LAN').close()
    expect(bot.last()).toMatchObject({
      type: 'view_closed',
      is_cleared: false,
      user: { id: 'U_LAN' },
      team: { id: slack.teamId },
      view: { callback_id: 'form', type: 'modal' },
    })
  })

  it('sends the values of the last action, without what was typed since', async () => {
    const lan = slack.as('U_LAN')
    await bot.open('U_LAN', form)
    await lan.fill({ result: 'chỉ gõ' })
    await lan.close()
    expect(bot.values()).toEqual({})
    await bot.open('U_LAN', form)
    await lan.fill({ result: 'đã gõ trước' })
    await lan.type('live', 'gõ')
    await lan.fill({ result: 'gõ thêm' })
    await lan.close()
    expect(bot.values()).toEqual({
      result: { result: { type: 'plain_text_input', value: 'đã gõ trước' } },
      live: { live: { type: 'plain_text_input', value: 'gõ' } },
    })
  })

  it('sends view_closed for each view when the whole stack is cleared', async () => {
    const lan = slack.as('U_LAN')
    await bot.open(
      'U_LAN',
      modal([{ type: 'actions', elements: [{ type: 'button', action_id: 'go', text: plain('Đi') }] }], closing),
    )
    await lan.click('Đi')
    await bot.client.views.push({ trigger_id: String(bot.last().trigger_id), view: asView(form) })
    const closed = await deliveriesDuring(() => lan.close({ all: true }))
    expect(closed).toHaveLength(2)
    expect(bot.last()).toMatchObject({ type: 'view_closed', is_cleared: true })
  })
})

describe('a view', () => {
  const home = (words: string, more: JsonObject = {}) => ({
    user_id: 'U_LAN',
    view: asView({ type: 'home', blocks: [{ type: 'section', text: plain(words) }] }),
    ...more,
  })

  it('replaces another only with the newest hash, when one is given', async () => {
    const first = await bot.client.views.publish(home('Một'))
    const second = await bot.client.views.publish(home('Hai', { hash: first.view?.hash }))
    expect(await refusal(bot.client.views.publish(home('Ba', { hash: first.view?.hash })))).toBe('hash_conflict')
    expect(slack.as('U_LAN').home()?.visibleText).toBe('Hai')
    expect(await refusal(bot.client.views.publish(home('Ba', { hash: second.view?.hash })))).toBe('ok')
    expect([slack.publishCount('U_LAN'), slack.publishCount('U_HA')]).toEqual([4, 0])
  })

  it('is updated only with the newest hash, when one is given', async () => {
    const opened = await open(input('result', text))
    const target = { view_id: String(opened.view?.id), view: asView(modal([input('result', text)])) }
    expect(await refusal(bot.client.views.update({ ...target, hash: String(opened.view?.hash) }))).toBe('ok')
    expect(await refusal(bot.client.views.update({ ...target, hash: String(opened.view?.hash) }))).toBe('hash_conflict')
    expect(await refusal(bot.client.views.update(target))).toBe('ok')
  })
})
