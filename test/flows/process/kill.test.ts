import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startBot } from '../../../src/bot.js'
import { audit } from '../../../src/cli/audit.js'
import { evidence } from '../../../src/cli/evidence.js'
import { readConfig } from '../../../src/config.js'
import { verifyCounts } from '../../../src/core/progress/tally.js'
import { openVault } from '../../../src/files/vault.js'
import { silentLog } from '../../../src/log.js'
import { openStore } from '../../../src/store/open.js'
import { dice } from '../../chance.js'
import { jpeg, pictureOf } from '../../files/samples.js'
import { startTestSlack } from '../../helpers/local-slack.js'
import { HANG_MS, until } from '../../helpers/until.js'
import { type BuiltBot, environment, furnish, startBuilt, usersOf, violationsOf } from '../built-bot.js'
import { type Hit, patient } from '../patient.js'
import { accountOf, cast, exampleRoster } from '../stage.js'

const KILLS = Number(process.env.KILLS ?? 5)
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)
/** What must have happened before the test ends. */
const LEAST = { confirmed: 2, accepted: 1, withdrawn: 1, drafts: 1, drops: 1 }

/** What happens to a submission: `race` is confirmed and withdrawn at the same time. */
const fates = ['left', 'confirmed', 'confirmed', 'withdrawn', 'race'] as const

/**
 * The bot is killed at random moments, also during its start, while people submit with photos, save drafts, send photos,
 * withdraw, confirm and accept. Each person repeats an action until it is acknowledged. The suite kills a few times,
 * `npm run torture` 200 times (KILLS); SEED=… repeats the choices of an earlier run.
 */
test(
  `killed ${KILLS} times at random: nothing acknowledged is lost, nothing is doubled`,
  async () => {
    console.log(`seed ${SEED}`)
    const chance = dice(SEED)
    const { pick } = chance
    const dir = mkdtempSync(path.join(tmpdir(), 'thidua-kill-'))
    const roster = await exampleRoster()
    const slack = await startTestSlack({ users: usersOf(roster) })
    const workspaceId = await furnish(dir, roster)
    const env = environment(slack, dir)
    onTestFinished(() => {
      vi.restoreAllMocks()
      vi.unstubAllEnvs()
    })
    vi.stubEnv('DATABASE_URL', env.DATABASE_URL as string).stubEnv('EVIDENCE_DIR', env.EVIDENCE_DIR as string)
    // Slow enough that kills interrupt some downloads.
    slack.failDownload({ delayMs: 25, times: 1e9 })

    let bot: BuiltBot = startBuilt(slack, dir)
    let [kills, over] = [0, false]
    const done = { submitted: 0, confirmed: 0, accepted: 0, withdrawn: 0, drafts: 0, drops: 0 }
    const enough = () => Object.entries(LEAST).every(([what, n]) => done[what as keyof typeof done] >= n)
    const pause = (ms: number) => wait(chance() * ms)
    const goOn = () => !over

    /** Acknowledged submissions by number. */
    const submitted = new Map<string, { who: string; fate: (typeof fates)[number]; photos: number }>()
    const confirmed = new Set<string>()
    const accepted = new Set<string>()
    const withdrawn = new Set<string>()
    const drafts: { who: string; text: string }[] = []
    const drops: string[] = []
    let serial = 0
    let photos = 0
    const kinds = new Set<number>()
    /** Mostly small photos; some have the same bytes. */
    const photo = () => {
      const kind = Math.floor(chance() * 400)
      kinds.add(kind)
      photos++
      const picture = pictureOf(kind % 7 === 0 ? 600_000 : 2000)
      return { name: `anh${photos}.jpg`, mimetype: 'image/jpeg', bytes: jpeg({ id: kind, picture }) }
    }
    const some = (most: number) => Array.from({ length: Math.floor(chance() * (most + 1)) }, photo)

    async function author(who: string): Promise<void> {
      const person = patient(slack, who, () => bot)
      while (goOn()) {
        await pause(400)
        const text = `Việc số ${++serial}: 25/25 người đạt`
        const what = chance()
        if (what < 0.15) {
          await person.draft(await person.form('/thidua nop b1 Đang', {}), 'Kết quả', text)
          drafts.push({ who, text })
          done.drafts++
        } else if (what < 0.3) {
          await person.sendPhotos(text, [photo(), photo()])
          drops.push(who)
          done.drops++
        } else {
          const files = some(2)
          const view = await person.form(`/thidua nop ${pick(['a2', 'a3', 'b1'])} ${text}`, {
            ...(files.length > 0 ? { 'Ảnh, tệp minh chứng': files } : {}),
          })
          const number = /TĐ-2024-\d{6}/.exec(await person.send(view))?.[0] ?? ''
          const fate = pick(fates)
          expect(submitted.has(number)).toBe(false)
          submitted.set(number, { who, fate, photos: files.length })
          done.submitted++
          if (fate === 'withdrawn' || fate === 'race') {
            if (fate === 'race') await pause(2500)
            await person.press(person.buttons('submission.withdraw', view)[0] as Hit)
            withdrawn.add(number)
            done.withdrawn++
          }
        }
      }
    }
    const idOf = new Map<string, string>()
    async function head(who: string): Promise<void> {
      const person = patient(slack, who, () => bot)
      while (goOn()) {
        await pause(300)
        const numberAt = (hit: Hit) =>
          /TĐ-2024-\d{6}/.exec(JSON.stringify('message' in hit.place && hit.place.message.blocks))?.[0]
        for (const hit of person.buttons('submission.confirm')) {
          const number = numberAt(hit) ?? ''
          const fate = submitted.get(number)?.fate
          if (confirmed.has(number) || (fate !== 'confirmed' && fate !== 'race')) continue
          await person.press(hit)
          idOf.set(JSON.parse(String(hit.element.value)).id, number)
          confirmed.add(number)
          done.confirmed++
          break
        }
      }
    }
    async function board(): Promise<void> {
      const person = patient(slack, cast.board, () => bot)
      while (goOn()) {
        await pause(300)
        const waiting = () =>
          person.buttons('desk.accept').find((hit) => {
            const number = idOf.get(JSON.parse(String(hit.element.value)).id)
            return number && !accepted.has(number)
          })
        const hit = await person.ask('/thidua duyet', waiting)
        if (!hit) continue
        await person.press(hit)
        accepted.add(idOf.get(JSON.parse(String(hit.element.value)).id) as string)
        done.accepted++
      }
    }
    /** Requests to the bot and its calls so far: moments that come later on a slower machine. */
    const traffic = () => slack.deliveries.length + slack.calls.length
    async function killer(): Promise<void> {
      for (; kills < KILLS || !enough(); kills++) {
        if (chance() < 0.1) await pause(250)
        else {
          await bot.up
          const moment = traffic() + chance.between(0, kills < KILLS ? 80 : 400)
          await until(() => traffic() >= moment, `call ${moment} of Slack or of the bot`)
        }
        await bot.kill()
        await proveSound()
        bot = startBuilt(slack, dir)
      }
      over = true
    }
    const look = async <T>(work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> => {
      const store = await openStore(env.DATABASE_URL as string)
      return work(store).finally(() => store.close())
    }
    /** After every kill, evidence files, audit log and counts verify. */
    async function proveSound(): Promise<void> {
      // What a killed download left is deleted at the next start.
      await openVault(env.EVIDENCE_DIR as string)
      const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined)
      const codes = [await evidence(['verify']), await audit(['verify'])]
      printed.mockRestore()
      expect(codes).toEqual([0, 0])
      await look(async (store) => {
        const campaign = await store.read((tx) => tx.campaigns.current(workspaceId))
        expect(campaign && (await store.read((tx) => verifyCounts(tx, campaign)))).toEqual([])
        // The killed process's leases would expire by themselves; the test does not wait for that.
        await store.write((tx) => tx.outbox.recover(new Date(Date.now() + 60_000)))
      })
    }

    const of = (role: string) => roster.roles.filter((r) => r.role === role && r.unitCode !== 'HDTDKT')
    const authors = of('member').slice(0, 10)
    const units = new Set(authors.map((r) => r.unitCode))
    const heads = of('head').filter((r) => units.has(r.unitCode))
    const began = Date.now()
    await Promise.all([
      ...authors.map((r) => author(accountOf(r.email))),
      ...heads.map((r) => head(accountOf(r.email))),
      board(),
      killer(),
    ])
    await bot.kill()
    await proveSound()
    console.log(
      `seed ${SEED}: ${kills + 1} kills in ${Math.round((Date.now() - began) / 1000)} s,`,
      done,
      `${photos} photos`,
    )

    // Everything that is left is sent.
    await look(async (store) => {
      const config = readConfig(env)
      // What the killed processes deferred for their rate limits is due by now.
      const clock = () => new Date(Date.now() + 600_000)
      const rates = { perPersonMs: 0, perSecond: 1e9, burst: 1e9 }
      const last = await startBot({ config, store, clock, log: silentLog, rates, cron: false })
      expect(await last.outbox.idle(HANG_MS)).toBe(true)
      expect(await store.read((tx) => tx.outbox.pending(clock()))).toBe(0)
      await last.stop(HANG_MS)
    })
    await proveSound()

    await look(async (store) => {
      const campaign = await store.read((tx) => tx.campaigns.current(workspaceId))
      if (!campaign) throw new Error('no campaign')
      const keys = slack.workspace.messages.flatMap(
        (m) => (m.metadata?.event_payload as { key: string } | undefined)?.key ?? [],
      )
      expect(keys).toHaveLength(new Set(keys).size)
      for (const [number, { who, fate, photos: sent }] of submitted) {
        const s = await store.read((tx) => tx.submissions.byNumber(campaign.id, Number(number.slice(-6))))
        if (!s) throw new Error(`${number} is lost`)
        const events = await store.read((tx) => tx.submissions.events(s.id))
        const times = (to: string) => events.filter((e) => e.to === to).length
        expect([number, events.map((e) => e.to).join()]).toEqual([
          number,
          expect.stringMatching(/^submitted(,confirmed)?(,accepted|,withdrawn)?$/),
        ])
        if (confirmed.has(number) && fate !== 'race') expect([number, times('confirmed')]).toEqual([number, 1])
        if (accepted.has(number) && !withdrawn.has(number)) expect([number, s.state]).toEqual([number, 'accepted'])
        if (withdrawn.has(number))
          expect([number, s.state]).toEqual([number, expect.stringMatching(/withdrawn|accepted/)])
        if (withdrawn.has(number) && fate === 'withdrawn') expect([number, s.state]).toEqual([number, 'withdrawn'])
        const attached = await store.read((tx) => tx.attachments.ofSubmission(workspaceId, s.id))
        expect([number, attached.map((a) => a.state)]).toEqual([number, Array(sent).fill('stored')])
        const messages = await store.read((tx) => tx.outbox.byKeys(workspaceId, `submission:${s.id}:`))
        for (const { key, state } of messages) {
          // Messages that are obsolete when their turn comes are dropped: all about withdrawn submissions.
          const gone = state === 'dropped' && (s.state !== 'submitted' || !key.includes(':request:'))
          if (!gone || (key.endsWith(':receipt') && s.state !== 'withdrawn'))
            expect([key, state, keys.includes(key)]).toEqual([key, 'sent', true])
          else expect([key, keys.includes(key)]).toEqual([key, false])
        }
        const account = await store.read((tx) => tx.accounts.ofPerson(workspaceId, 'slack', s.authorId))
        expect([number, account?.externalId]).toEqual([number, who])
      }
      for (const { who, text } of drafts) {
        const kept = await store.read(async (tx) => {
          const person = await tx.accounts.byExternalId(workspaceId, 'slack', who)
          return tx.drafts.ofPerson(workspaceId, person?.personId ?? '', campaign.id)
        })
        expect(kept.map((d) => d.content.text)).toContain(text)
      }
      // Nothing is stored twice: there is a row for each form, each message with photos and each photo, and one file for
      // the same bytes.
      const db = new Database(path.join(dir, 'thidua.db'), { readonly: true })
      const count = (table: string) => db.prepare(`select count(*) from ${table}`).pluck().get()
      expect([count('submission'), count('file_drop')]).toEqual([submitted.size, drops.length])
      db.close()
      const counts = await store.read((tx) => tx.attachments.counts())
      expect(counts).toEqual({ waiting: 0, stored: photos, failed: 0, removed: 0 })
    })
    const files = readdirSync(env.EVIDENCE_DIR as string, { recursive: true }).filter((f) =>
      /[0-9a-f]{64}$/.test(String(f)),
    )
    expect(files).toHaveLength(kinds.size)
    expect(violationsOf(slack).filter((v) => !v.where.startsWith('delivery of'))).toEqual([])
    await slack.close()
    rmSync(dir, { recursive: true, force: true })
  },
  600_000 + KILLS * 30_000,
)
