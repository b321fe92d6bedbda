import type { ReviewKind } from '../../core/campaign/review.js'
import type { Person } from '../../core/people/person.js'
import type { HandoverChoice } from '../../core/queries/reminder/handover.js'
import type { ReminderPart } from '../../core/queries/reminder/parts.js'
import { compareText } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { taggedBlocks } from '../campaign-tag.js'
import type { ChatLimits } from '../chat.js'
import type { Field, Form, Page } from '../ui.js'

const { handover: t } = vi

/** Blocks of the page other than units. A head of more units sees the others when the first are complete. */
const OTHER_BLOCKS = 5

/** Asks of which unit the work is to be handed over. */
export const unitChoicePage = (parts: readonly ReminderPart[], { viewBlocks }: ChatLimits): Page => ({
  title: t.title,
  blocks: [
    block.text(t.whichUnit),
    ...parts
      .slice(0, viewBlocks - OTHER_BLOCKS)
      .flatMap((p) =>
        taggedBlocks(p.campaign.id, [
          block.item(t.part(p.unit.name + vi.campaign.after(p.named), p.kind, p.missing.length), [
            { label: t.handOver, action: 'handover.open', value: { unit: p.unit.id, kind: p.kind } },
          ]),
        ]),
      ),
  ],
})

/** Asks to whom the work of a unit is to be handed over. */
export const handoverForm = (
  hidden: { unit: string; kind: ReviewKind },
  { unit, people }: HandoverChoice,
  limits: ChatLimits,
): Form => ({
  id: 'handover',
  title: t.title,
  submit: t.submit,
  hidden,
  fields: [block.note(t.what(unit, hidden.kind)), personField(people, limits)],
})

/** A menu of the people, or a field for a name where a menu cannot hold them all. */
function personField(people: readonly Person[], limits: ChatLimits): Field {
  if (people.length > limits.options) return { kind: 'text', id: 'name', label: t.name, hint: t.nameHint, max: 100 }
  const sorted = [...people].sort(
    (a, b) => compareText(givenName(a), givenName(b)) || compareText(a.fullName, b.fullName),
  )
  const options = sorted.map((p) => ({ value: p.id, label: p.fullName }))
  return {
    kind: 'choice',
    id: 'person',
    label: t.person,
    placeholder: t.choose,
    groups: [{ label: t.person, options }],
  }
}

/** The last word of the name: Vietnamese lists are sorted by the given name, which comes last. */
const givenName = ({ fullName }: Person): string => fullName.trim().split(/\s+/).at(-1) ?? ''
