/** How often Slack's Web API may be called (docs.slack.dev, "Rate limits"). */
export const slackRates = {
  /**
   * chat.postMessage: about one a second in one channel, and several hundred a minute in a workspace. chat.update is of
   * tier 3, 50 and more a minute.
   */
  messages: { perPersonMs: 1000, perSecond: 20, burst: 40, updatesPerMinute: 50 },
  /** views.publish is of tier 4, 100 and more a minute. One person's home changes every 3 s at most. */
  homes: { perPersonMs: 3000, perSecond: 1, burst: 20 },
}
