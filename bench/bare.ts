import { App, HTTPReceiver } from '@slack/bolt'

/**
 * The baseline: a Bolt app as in Bolt's own documentation, over HTTP, with one command and one form that do nothing. Prints
 * its port on standard output, as the bot does.
 */
const env = process.env as Record<string, string>
const app = new App({
  token: env.SLACK_BOT_TOKEN,
  receiver: new HTTPReceiver({ signingSecret: env.SLACK_SIGNING_SECRET as string }),
  clientOptions: { slackApiUrl: env.SLACK_API_URL },
})
app.command('/thidua', async ({ ack }) => ack('ok'))
app.view('submission', async ({ ack }) => ack())

const server = (await app.start(0)) as unknown as { address(): { port: number } }
console.log(JSON.stringify({ msg: 'started', port: server.address().port }))
process.on('SIGTERM', () => process.exit(0))
