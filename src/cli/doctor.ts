import { readConfig, readSharedConfig } from '../config.js'
import { reviewKinds } from '../core/campaign/review.js'
import { running } from '../core/campaign/running.js'
import { localDate } from '../core/date.js'
import { reports } from '../core/people/unit.js'
import type { Store } from '../core/ports.js'
import { verifyCounts } from '../core/progress/tally.js'
import { verifyClosings } from '../core/review/verify.js'
import { openVault } from '../files/vault.js'
import { cli as text } from '../text/vi/cli/cli.js'
import { outboxCli } from '../text/vi/cli/outbox.js'
import { brokenSentence, proveAll } from './audit.js'
import { withStore } from './database.js'
import { countMissing } from './evidence.js'
import { explain } from './explain.js'
import { outboxTroubles } from './outbox.js'

const t = text.doctor

/**
 * `doctor`: checks the environment and the data that the bot needs, verifies the stored counts, the audit log and the evidence
 * files, and looks for undelivered messages. Returns the exit code: 1 when any check fails.
 */
export async function doctor(): Promise<number> {
  const { timeZone } = readSharedConfig(process.env)
  let faults = 0
  const check: Check = (isGood, good, bad) => {
    if (!isGood) faults++
    console.log(isGood ? text.doctorGood(good) : text.doctorBad(bad))
  }
  check(isConfigured(), t.environment, t.environmentBad)
  await withStore(async (store, workspaceId) => {
    await store.read(async (tx) => {
      check(true, t.database, '')
      const campaign = await tx.campaigns.current(workspaceId)
      check(campaign !== undefined, t.plan(campaign?.number ?? ''), t.noPlan)
      const people = await tx.people.count(workspaceId)
      check(people > 0, t.roster(people), t.noRoster)
      const headed = new Set(
        (await tx.people.roster(workspaceId)).filter((r) => r.role === 'head').map((r) => r.unit.id),
      )
      const headless = (await tx.units.list(workspaceId)).filter((u) => reports(u.kind) && !headed.has(u.id))
      check(headless.length === 0, t.heads, text.rosterNoHead(headless.map((u) => u.name)))
      if (!campaign) return
      const today = localDate(new Date(), timeZone)
      let areDated = true
      for (const { id } of new Set([campaign, ...(await running(tx, workspaceId, today))]))
        areDated &&= (await tx.reviews.list(id)).length === reviewKinds.length
      check(areDated, t.dates, t.noDates)
      const drift: string[] = []
      const closed: string[] = []
      let closings = 0
      for (const each of await tx.campaigns.all(workspaceId)) {
        drift.push(...(await verifyCounts(tx, each)))
        closed.push(...(await verifyClosings(tx, each)))
        closings += (await tx.closings.ofCampaign(each.id)).length
      }
      check(drift.length === 0, t.counts, t.countsBad(drift))
      if (closings > 0) check(closed.length === 0, t.closings(closings), t.closingsBad(closed))
    })
    for (const { proof } of await proveAll(store))
      check(!proof.broken, t.audit(proof.rows), brokenSentence(proof, timeZone))
    await checkEvidence(store, check)
    const { failed, late, why } = await outboxTroubles(store, new Date())
    check(failed + late === 0, outboxCli.doctorGood, outboxCli.doctorBad(failed, late, why))
  })
  return faults === 0 ? 0 : 1
}

/** Prints one of two sentences, by the result of a check. */
type Check = (isGood: boolean, good: string, bad: string) => void

async function checkEvidence(store: Store, check: Check): Promise<void> {
  try {
    const vault = await openVault(readSharedConfig(process.env).evidenceDir, { sweep: false })
    const { rows, missing } = await countMissing(store, vault)
    check(missing === 0, t.evidence(rows), t.evidenceBad(missing))
    const { dead } = await vault.leftovers()
    check(dead === 0, t.evidenceTemp, t.evidenceTempBad(dead))
  } catch (error) {
    check(false, '', explain(error))
  }
}

function isConfigured(): boolean {
  try {
    readConfig(process.env)
    return true
  } catch {
    return false
  }
}
