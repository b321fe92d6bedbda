import type { Campaign } from '../../core/campaign/campaign.js'
import { localDate } from '../../core/date.js'
import { knownActor } from '../../core/people/identity.js'
import type { Clock, Store } from '../../core/ports.js'
import { type AffectedHomes, affectedHomesSince, isAffected } from '../../core/queries/home/affected.js'
import type { HomeVersion } from '../../core/queries/home/rows.js'

/** A home that was not opened for this long is not updated until it is opened again. */
const UPDATED_FOR_MS = 14 * 86_400_000

export interface HomeChangeOptions {
  store: Store
  workspaceId: string
  platform: string
  clock: Clock
  timeZone: string
}

/** Accounts whose homes a change certainly concerns (`soon`), and those that it may concern (`later`). */
export interface Changed {
  soon: string[]
  later: string[]
}

type State = HomeVersion & { campaign: Campaign | undefined; today: string }

/**
 * Returns a function that compares the versions of the homes' data with those of its last call, and reads in the audit
 * log which people the changes concern. Its first call returns every recently opened home, so no list of outdated homes
 * need be stored.
 */
export function homeWatch(d: HomeChangeOptions): () => Promise<Changed> {
  let known: State | undefined
  return () =>
    d.store.read(async (tx) => {
      // The version is read first: what changes in between is found by the next call.
      const version = await tx.homes.version(d.workspaceId)
      const campaign = await tx.campaigns.current(d.workspaceId)
      const now: State = { ...version, campaign, today: localDate(d.clock(), d.timeZone) }
      const before = known
      const changed: Changed = { soon: [], later: [] }
      if (before && same(before, now)) return changed
      const homes = await tx.homes.openedSince(d.workspaceId, d.platform, new Date(Date.now() - UPDATED_FOR_MS))
      const read = before && before.audit !== now.audit && homes.length > 0
      const concern = read ? await affectedHomesSince(tx, d.workspaceId, before.audit) : nobody
      const all = !before || !same({ ...before, audit: now.audit }, now)
      for (const externalId of homes) {
        const ref = { workspaceId: d.workspaceId, platform: d.platform, externalId }
        const actor = await knownActor(tx, ref, new Set())
        if (actor && !concern.everyone && isAffected(concern, actor)) changed.soon.push(externalId)
        // An unknown person's home waits for the roster: to identify them costs an API call each time.
        else if (all || (concern.everyone && actor)) changed.later.push(externalId)
      }
      known = now
      return changed
    })
}

const nobody: AffectedHomes = { everyone: false, units: new Set(), people: new Set() }
const same = (a: State, b: State): boolean =>
  a.audit === b.audit &&
  a.roster === b.roster &&
  a.unreachable === b.unreachable &&
  a.campaign === b.campaign &&
  a.today === b.today
