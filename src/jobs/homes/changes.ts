import type { Campaign } from '../../core/campaign/campaign.js'
import { localDate } from '../../core/date.js'
import { knownActor } from '../../core/people/identity.js'
import type { Clock, Store } from '../../core/ports.js'
import { type AffectedHomes, affectedHomesSince, isAffected } from '../../core/queries/home/affected.js'
import type { HomeVersion } from '../../core/queries/home/rows.js'

/** A home that nobody opened for this long is not kept current; opened again, it is drawn anew. */
const KEPT_MS = 14 * 86_400_000

export interface HomeWatching {
  store: Store
  workspaceId: string
  platform: string
  clock: Clock
  timeZone: string
}

/** Accounts whose homes a change surely concerns, and those that it may concern. */
export interface Changed {
  soon: string[]
  later: string[]
}

type State = HomeVersion & { campaign: Campaign | undefined; today: string }

/**
 * Compares what homes are drawn from with the look before, and reads in the audit log whom it concerns. The first look
 * names every home that was opened lately, so that nothing need be written down of what is to be drawn.
 */
export function homeWatch(d: HomeWatching): () => Promise<Changed> {
  let known: State | undefined
  return () =>
    d.store.read(async (tx) => {
      // The version is read first: what changes in between is seen by the next look too.
      const version = await tx.homes.version(d.workspaceId)
      const campaign = await tx.campaigns.current(d.workspaceId)
      const now: State = { ...version, campaign, today: localDate(d.clock(), d.timeZone) }
      const before = known
      const changed: Changed = { soon: [], later: [] }
      if (before && same(before, now)) return changed
      const homes = await tx.homes.openedSince(d.workspaceId, d.platform, new Date(Date.now() - KEPT_MS))
      const read = before && before.audit !== now.audit && homes.length > 0
      const concern = read ? await affectedHomesSince(tx, d.workspaceId, before.audit) : nobody
      const all = !before || !same({ ...before, audit: now.audit }, now)
      for (const externalId of homes) {
        const ref = { workspaceId: d.workspaceId, platform: d.platform, externalId }
        const actor = await knownActor(tx, ref, new Set())
        if (actor && !concern.everyone && isAffected(concern, actor)) changed.soon.push(externalId)
        // A stranger's home waits for the roster; to ask who they are costs a call each time.
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
