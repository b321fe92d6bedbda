import { z } from 'zod'
import { moveAccount } from '../../core/people/bind-account.js'
import { defineAction, type Feature, idSchema, useOf } from '../command.js'
import { nothing } from '../ui.js'

/** Moves a person to another account, from the message about it, which is updated through the outbox. */
export const accountFeature: Feature = {
  actions: [
    defineAction(
      'account.move',
      z.object({ person: idSchema, account: idSchema }),
      async (ctx, { person, account }) => {
        await ctx.store.write((tx) => moveAccount(useOf(ctx, tx), person, account))
        return nothing
      },
    ),
  ],
}
