import { createHmac } from 'node:crypto'
import { submissionForm } from '../src/commands/submission/form.js'
import type { Campaign } from '../src/core/campaign/campaign.js'
import type { Unit } from '../src/core/people/unit.js'
import { slackLimits } from '../src/slack/limits.js'
import { form } from '../src/slack/render/render.js'

export const SECRET = 'bench-signing-secret'

/** Makes the body of one request; `unique` distinguishes it from every other. */
export type Body = (unique: string) => string

/** Headers with Slack's signature at the current time (docs.slack.dev, "Verifying requests from Slack"). */
export function signed(body: string): Record<string, string | number> {
  const at = Math.floor(Date.now() / 1000)
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': at,
    'x-slack-signature': `v0=${createHmac('sha256', SECRET).update(`v0:${at}:${body}`).digest('hex')}`,
  }
}

const team = { team_id: 'T0BENCH', api_app_id: 'A0BENCH' }
/** Placeholder that each request replaces, so that encoding a body again is not part of what is measured. */
const MARK = 'UNIQUE0MARK'
const marked = (fields: Record<string, string>): Body => {
  const [before = '', ...after] = new URLSearchParams(fields).toString().split(MARK)
  return (unique) => before + after.map((part) => unique + part).join('')
}

/** `/thidua` with what was typed after it. */
export const commandBody = (accountId: string, text: string): Body =>
  marked({
    token: 'unused',
    ...team,
    team_domain: 'bench',
    channel_id: 'D0BENCH',
    channel_name: 'directmessage',
    user_id: accountId,
    user_name: accountId.toLowerCase(),
    command: '/thidua',
    text,
    is_enterprise_install: 'false',
    response_url: 'http://127.0.0.1:9/commands/T0BENCH/1/x',
    trigger_id: MARK,
  })

/** A press of a button in an ephemeral message. */
export const pressBody = (accountId: string, action: string, value: string): Body =>
  marked({
    payload: JSON.stringify({
      type: 'block_actions',
      team: { id: team.team_id, domain: 'bench' },
      user: { id: accountId, username: accountId.toLowerCase(), team_id: team.team_id },
      api_app_id: team.api_app_id,
      token: 'unused',
      trigger_id: MARK,
      container: { type: 'message', message_ts: '1700000000.000001', channel_id: 'D0BENCH', is_ephemeral: true },
      channel: { id: 'D0BENCH', name: 'directmessage' },
      response_url: 'http://127.0.0.1:9/actions/T0BENCH/1/x',
      actions: [{ type: 'button', action_id: action, block_id: 'b', value, action_ts: MARK }],
    }),
  })

export interface Filled {
  accountId: string
  unit: Unit
  criterion: string
  text: string
  doneOn: string
  figure: string
  figureUnit: string
}

/** The form *Nộp minh chứng* as Slack sends it back: the whole view that the bot opened, with the input. */
export function submissionBody(campaign: Campaign, f: Filled): Body {
  const view = form(
    submissionForm({
      limits: slackLimits,
      view: { campaign, units: [f.unit], unitId: undefined, dropFiles: [], submissionFiles: [] },
      draft: {},
      now: new Date(f.doneOn),
      timeZone: 'Asia/Ho_Chi_Minh',
      nonce: MARK,
    }),
  )
  const typed = (type: string, value: string) => ({ value: { type, value } })
  const payload = {
    type: 'view_submission',
    team: { id: team.team_id, domain: 'bench' },
    user: { id: f.accountId, username: f.accountId.toLowerCase(), team_id: team.team_id },
    api_app_id: team.api_app_id,
    token: 'unused',
    trigger_id: MARK,
    view: {
      ...view,
      id: MARK,
      team_id: team.team_id,
      state: {
        values: {
          criterion: { value: { type: 'static_select', selected_option: { value: f.criterion } } },
          text: typed('plain_text_input', f.text),
          doneOn: { value: { type: 'datepicker', selected_date: f.doneOn } },
          figure: typed('number_input', f.figure),
          figureUnit: typed('plain_text_input', f.figureUnit),
          links: typed('plain_text_input', 'https://truong.example/tin/huan-luyen'),
        },
      },
      hash: '1.bench',
      previous_view_id: null,
      root_view_id: MARK,
      app_id: team.api_app_id,
      app_installed_team_id: team.team_id,
      bot_id: 'B0BOT',
    },
    response_urls: [],
    is_enterprise_install: false,
    enterprise: null,
  }
  return marked({ payload: JSON.stringify(payload) })
}
