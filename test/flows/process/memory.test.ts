import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openStore } from '../../../src/store/open.js'
import { jpeg, pictureOf } from '../../files/samples.js'
import { startTestSlack } from '../../helpers/local-slack.js'
import { furnish, startBuilt, usersOf } from '../built-bot.js'
import { cast, exampleRoster } from '../stage.js'

/** Peak memory of a process, in MB (Linux: VmHWM in /proc). */
const peak = (pid: number) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

test.runIf(process.platform === 'linux')(
  'ten photos of 10 MB pass through the bot without staying in its memory',
  async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'thidua-memory-'))
    const roster = await exampleRoster()
    const slack = await startTestSlack({ users: usersOf(roster) })
    await furnish(dir, roster)
    const bot = startBuilt(slack, dir)
    await bot.up
    const lecturer = slack.as(cast.lecturer)
    const photo = (n: number) => ({
      name: `anh${n}.jpg`,
      mimetype: 'image/jpeg',
      bytes: jpeg({ id: n, picture: pictureOf(10_000_000) }),
    })
    await lecturer.command('/thidua nop a2 Huấn luyện: 25/25 người đạt 100%')
    await slack.waitFor(() => lecturer.modal())
    await lecturer.fill({ 'Ảnh, tệp minh chứng': Array.from({ length: 10 }, (_, n) => photo(n)) })
    const before = peak(bot.process.pid as number)
    expect((await lecturer.submit()).view?.visibleText).toContain('Đã nhận TĐ-2024-000001')
    await slack.waitFor(() => lecturer.messages().some((m) => m.visibleText.includes('10 tệp: 10 đã lưu')))
    // A hundred megabytes were fetched, three files at a time, none of them held in memory as a whole.
    expect(peak(bot.process.pid as number) - before).toBeLessThan(60)
    await bot.kill('SIGTERM')
    const store = await openStore(`file:${path.join(dir, 'thidua.db')}`)
    expect(await store.read((tx) => tx.attachments.storedAfter('', 100))).toHaveLength(10)
    await store.close()
    await slack.close()
    rmSync(dir, { recursive: true, force: true })
  },
)
