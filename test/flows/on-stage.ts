import { cast, type Stage } from './stage.js'

/** What flows do and see as the users of a stage; `stage` returns the one of the running test. */
export function onStage(stage: () => Stage) {
  const person = (id: string) => stage().slack.as(id)
  const messages = (id: string) => person(id).messages()
  const last = (id: string) => messages(id).at(-1)
  const sent = () => stage().sent()

  return {
    person,
    /** The newest message that a person sees in their DM with the bot. */
    last,
    lastText: (id: string): string => last(id)?.visibleText ?? '',
    /** The messages of a person's DM that contain a text or match a pattern. */
    holding: (id: string, text: string | RegExp) =>
      messages(id).filter((m) => (typeof text === 'string' ? m.visibleText.includes(text) : text.test(m.visibleText))),
    /** Waits until everything that is due was sent. */
    sent,
    /** Types a command and returns the newest message of the answer. */
    say: async (id: string, line: string) => (await person(id).command(line)).messages.at(-1),
    /** Submits evidence through the form and closes it; returns what the form showed in the end. */
    async handIn(text = 'Huấn luyện 25/25 đạt 100%', criterion = 'a2', who: string = cast.lecturer) {
      await person(who).command(`/thidua nop ${criterion} ${text}`)
      const taken = await person(who).submit()
      await person(who).close()
      await sent()
      return taken
    },
  }
}
