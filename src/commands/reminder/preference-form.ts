import type { Ladder } from '../../core/campaign/campaign.js'
import { hourChoices, hourOn, type ReminderPreference } from '../../core/reminder/preference.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import type { Field, Form, Page } from '../ui.js'

const { preference: t } = vi

/** Whether there is any rung that can be left out: the last one before a review cannot. */
export const hasEarlyRungs = ({ workingDaysBefore }: Ladder): boolean => workingDaysBefore.length > 1

/** Asks at which hour, and how early, a person prefers to be reminded. */
export function preferenceForm(preference: ReminderPreference | undefined, ladder: Ladder): Form {
  const options = hourChoices(ladder).map((value) => ({
    value,
    label: value === ladder.at ? t.usual(value) : value,
  }))
  return {
    id: 'reminder.wish',
    title: t.title,
    submit: t.submit,
    fields: [
      {
        kind: 'choice',
        id: 'at',
        label: t.hour,
        hint: t.hourHint,
        groups: [{ label: t.hour, options }],
        // The newest choice, also where it applies only from tomorrow on.
        value: hourOn(preference, preference?.atFrom ?? '', ladder),
      },
      ...when(
        hasEarlyRungs(ladder),
        (): Field => ({
          kind: 'checks',
          id: 'early',
          label: t.early,
          optional: true,
          options: [{ value: 'yes', label: t.earlyOption(ladder) }],
          values: preference?.early === false ? [] : ['yes'],
        }),
      ),
      block.note(t.always(ladder)),
    ],
  }
}

/** Says how the person is reminded from now on. Dates are yyyy-mm-dd. */
export function preferencePage(
  preference: ReminderPreference | undefined,
  ladder: Ladder,
  isChanged: boolean,
  [today, tomorrow]: readonly [string, string],
): Page {
  const [now, then] = [hourOn(preference, today, ladder), hourOn(preference, tomorrow, ladder)]
  return {
    title: t.title,
    blocks: [
      block.text(isChanged ? t.saved : t.same),
      block.text(t.now(then, ladder, preference?.early ?? true)),
      ...when(now !== then, () => block.note(t.from(tomorrow, now))),
    ],
  }
}
