import { z } from 'zod'
import { reviewKinds } from '../../core/campaign/review.js'
import { FormError } from '../../core/errors.js'
import { maySpeakFor } from '../../core/people/access.js'
import type { Person } from '../../core/people/person.js'
import { colleaguesFor, handOver, takeBackHandover } from '../../core/reminder/handover.js'
import { ownReminder } from '../../core/reminder/snooze.js'
import { compareText, fold } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { inCampaign } from '../campaign-scope.js'
import { stampedBlocks } from '../campaign-tag.js'
import type { ChatLimits } from '../chat.js'
import { type Ctx, defineAction, defineForm, type Feature, idSchema, look, useOf, write } from '../command.js'
import { type Block, type Field, nothing, type Reply, say } from '../ui.js'
import { isOwed, partsOf, type ReminderPart } from './part.js'
import { suffix } from './snooze.js'

const { handover: t } = vi
const part = z.object({ unit: idSchema, kind: z.enum(reviewKinds) })
type Chosen = z.infer<typeof part>
const partOf = ({ unit, kind }: Chosen) => ({ unitId: unit, kind })

/** *Giao cho…*: a head gives what the unit owes for a review to a colleague, who is reminded too. */
export const handoverFeature: Feature = {
  actions: [
    defineAction('handover', z.object({ k: suffix }), async (ctx, { k }) => {
      const parts = await partsToGive(ctx, k)
      const [only, second] = parts
      if (!only) return say(t.nothingLeft)
      if (second) return { kind: 'page', page: { title: t.title, blocks: choiceOf(parts, ctx.limits) } }
      return inCampaign(ctx, only.campaign.id, (there) => openForm(there, { unit: only.unit.id, kind: only.kind }))
    }),
    defineAction('handover.open', part, openForm),
    defineAction('handover.back', part.extend({ person: idSchema }), async (ctx, v) => {
      await write(ctx, (use, campaign) => takeBackHandover(use, campaign, partOf(v), v.person))
      return nothing
    }),
  ],
  forms: [
    defineForm('handover', part, async (ctx, { person = '', name = '' }, v) => {
      const id = person === '' ? await idOf(ctx, v, name) : person
      await write(ctx, (use, campaign) => handOver(use, campaign, partOf(v), id))
      // The reminder says by itself to whom it was given.
      return nothing
    }),
  ],
}

/** What of one's own reminder one may give away: criteria of units that one leads. */
function partsToGive(ctx: Ctx, k: string): Promise<ReminderPart[]> {
  const { workspaceId, person } = ctx.actor
  return ctx.store.read(async (tx) => {
    const { items } = await ownReminder(useOf(ctx, tx), k)
    const parts = await partsOf(tx, { workspaceId, personId: person.id }, items)
    return parts.filter((p) => isOwed(p) && p.missing.length > 0 && maySpeakFor(ctx.actor, p.unit.id))
  })
}

/** Blocks of the page besides the units that it offers. A head of more units sees the others when the first are complete. */
const OTHER_BLOCKS = 5

const choiceOf = (parts: readonly ReminderPart[], { viewBlocks }: ChatLimits): Block[] => [
  block.text(t.whichUnit),
  ...parts
    .slice(0, viewBlocks - OTHER_BLOCKS)
    .flatMap((p) =>
      stampedBlocks(p.campaign.id, [
        block.item(t.part(p.unit.name, p.kind, p.missing.length), [
          { label: t.give, action: 'handover.open', value: { unit: p.unit.id, kind: p.kind } },
        ]),
      ]),
    ),
]

function openForm(ctx: Ctx, v: Chosen): Promise<Reply> {
  return look(ctx, async (use, campaign) => {
    const people = await colleaguesFor(use, campaign, partOf(v))
    const unit = (await use.tx.units.byId(ctx.actor.workspaceId, v.unit))?.name ?? ''
    if (people.length === 0) return say(t.nobody(unit))
    const fields: Field[] = [block.note(t.what(unit, v.kind)), personField(people, ctx.limits)]
    return { kind: 'form', form: { id: 'handover', title: t.title, submit: t.submit, hidden: v, fields } }
  })
}

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

/** The one colleague whom a typed name means. Throws FormError at `name`. */
function idOf(ctx: Ctx, v: Chosen, name: string): Promise<string> {
  return look(ctx, async (use, campaign) => {
    const people = await colleaguesFor(use, campaign, partOf(v))
    const wanted = fold(name)
    const exact = people.filter((p) => fold(p.fullName) === wanted)
    const found = exact.length > 0 || wanted === '' ? exact : people.filter((p) => fold(p.fullName).includes(wanted))
    const [only, second] = found
    if (only && !second) return only.id
    const names = found.slice(0, 5).map((p) => p.fullName)
    throw new FormError([{ field: 'name', key: 'handover.unclear', params: { word: name.trim().slice(0, 60), names } }])
  })
}
