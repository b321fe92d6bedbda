import { z } from 'zod'
import { reviewKinds } from '../../core/campaign/review.js'
import { FormError } from '../../core/errors.js'
import type { Person } from '../../core/people/person.js'
import { handoverChoice, partsToHandOver } from '../../core/queries/reminder/handover.js'
import { cancelHandover, colleaguesFor, handOver } from '../../core/reminder/handover.js'
import { fold } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { inCampaign } from '../campaign-scope.js'
import { type Ctx, defineAction, defineForm, type Feature, idSchema, read, useOf, write } from '../command.js'
import { nothing, type Reply, say } from '../ui.js'
import { handoverForm, unitChoicePage } from './handover-form.js'
import { suffix } from './snooze.js'

const { handover: t } = vi
const part = z.object({ unit: idSchema, kind: z.enum(reviewKinds) })
type Chosen = z.infer<typeof part>
const partOf = ({ unit, kind }: Chosen) => ({ unitId: unit, kind })

/** *Giao cho…*: a head hands a unit's work for a review over to a colleague, who is then reminded too. */
export const handoverFeature: Feature = {
  actions: [
    defineAction('handover', z.object({ k: suffix }), async (ctx, { k }) => {
      const parts = await ctx.store.read((tx) => partsToHandOver(useOf(ctx, tx), k))
      const [only, second] = parts
      if (!only) return say(t.nothingLeft)
      if (second) return { kind: 'page', page: unitChoicePage(parts, ctx.limits) }
      return inCampaign(ctx, only.campaign.id, (there) => openForm(there, { unit: only.unit.id, kind: only.kind }))
    }),
    defineAction('handover.open', part, openForm),
    defineAction('handover.back', part.extend({ person: idSchema }), async (ctx, v) => {
      await write(ctx, (use, campaign) => cancelHandover(use, campaign, partOf(v), v.person))
      return nothing
    }),
  ],
  forms: [
    defineForm('handover', part, async (ctx, { person = '', name = '' }, v) => {
      const id = person === '' ? await typedPerson(ctx, v, name) : person
      await write(ctx, (use, campaign) => handOver(use, campaign, partOf(v), id))
      // No reply: the reminder is updated with the colleague's name.
      return nothing
    }),
  ],
}

async function openForm(ctx: Ctx, v: Chosen): Promise<Reply> {
  const choice = await read(ctx, (use, campaign) => handoverChoice(use, campaign, partOf(v)))
  if (choice.people.length === 0) return say(t.nobody(choice.unit))
  return { kind: 'form', form: handoverForm(v, choice, ctx.limits) }
}

/** The id of the one colleague whom a typed name means. Throws FormError at `name`. */
async function typedPerson(ctx: Ctx, v: Chosen, name: string): Promise<string> {
  const people = await read(ctx, (use, campaign) => colleaguesFor(use, campaign, partOf(v)))
  const found = peopleNamed(people, name)
  const [only, second] = found
  if (only && !second) return only.id
  const names = found.slice(0, 5).map((p) => p.fullName)
  throw new FormError([{ field: 'name', key: 'handover.unclear', params: { word: name.trim().slice(0, 60), names } }])
}

/** People of exactly that name; if none, those whose name contains it. */
function peopleNamed(people: readonly Person[], name: string): Person[] {
  const wanted = fold(name)
  const exact = people.filter((p) => fold(p.fullName) === wanted)
  return exact.length > 0 || wanted === '' ? exact : people.filter((p) => fold(p.fullName).includes(wanted))
}
