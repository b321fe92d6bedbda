import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { withStore } from '../../src/cli/database.js'
import { doctor } from '../../src/cli/doctor.js'
import { outbox } from '../../src/cli/outbox.js'
import type { Tx } from '../../src/core/ports.js'
import { at } from '../example.js'
import { foundCollege } from '../store/college.js'

let dir: string
let said: string[]
let headId: string
const secret = 'Nội dung kín của tin'

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'thidua-outbox-cli-'))
  vi.stubEnv('DATABASE_URL', `file:${path.join(dir, 'thidua.db')}`)
  vi.stubEnv('EVIDENCE_DIR', path.join(dir, 'evidence'))
  vi.stubEnv('TIMEZONE', 'Asia/Ho_Chi_Minh')
  for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET']) vi.stubEnv(name, '')
  for (const way of ['log', 'error'] as const)
    vi.spyOn(console, way).mockImplementation((line: string) => void said.push(line))
  await withStore(async (store) => {
    const college = await foundCollege(store, 1)
    headId = (await college.as('head0')).person.id
  })
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(dir, { recursive: true, force: true })
})

async function run(...args: string[]): Promise<{ code: number; out: string }> {
  said = []
  const code = await outbox(args)
  return { code, out: said.join('\n') }
}
const write = <T>(work: (tx: Tx, workspaceId: string) => Promise<T>) =>
  withStore((store, workspaceId) => store.write((tx) => work(tx, workspaceId)))
const now = at('2024-06-14', '08:00')
async function add(key: string, createdAt = now): Promise<void> {
  await write((tx, workspaceId) =>
    tx.outbox.add(
      { workspaceId, key, kind: 'reminder', personId: headId, payload: { secret }, dueAt: createdAt },
      createdAt,
    ),
  )
}

describe('outbox', () => {
  it('of a first day says that there is nothing', async () => {
    expect(await run()).toEqual({ code: 0, out: 'Hộp gửi chưa có tin nào.' })
  })

  it('shows what waits and what failed, to whom, since when and why; never what stands in it', async () => {
    await add('waits')
    await add('tried', at('2024-06-14', '08:05'))
    await add('failed')
    await write((tx) =>
      tx.outbox.retry('tried', at('2024-06-14', '08:10'), 'http 503', true, at('2024-06-14', '08:06')),
    )
    await write((tx) => tx.outbox.end('failed', 'failed', 'missing_scope', at('2024-06-15', '08:00')))
    const { code, out } = await run()
    expect(code).toBe(0)
    expect(out).toContain('Hộp gửi: 2 chờ gửi · 1 không gửi được')
    expect(out).toMatch(
      /head 0 – lời nhắc \[tried\]\n {6}từ 08:05 14\/06\/2024 · lần tới 08:10 14\/06\/2024 · đã thử 1 lần · có thể đã tới nơi, sẽ tìm trong Slack trước\n {6}lý do: Slack gặp lỗi \(http 503\)\n {2}head 0 – lời nhắc \[waits\]/,
    )
    expect(out).toMatch(/\[failed\]\n.*dừng lúc 08:00 15\/06\/2024\n.*thiếu quyền.*\(missing_scope\)/)
    expect(out).toContain('npm run thidua -- outbox retry')
    expect(out).not.toContain(secret)
    const one = await run('show', 'tried')
    expect(one.out).toMatch(/trạng thái: +chờ gửi[\s\S]*số lần thử: +1[\s\S]*thử từ: +08:06 14\/06\/2024/)
    expect(one.out).not.toContain(secret)
  })

  it('has one or all sent again, says what that means, and logs it', async () => {
    for (const key of ['a', 'b', 'c']) {
      await add(key)
      await write((tx) => tx.outbox.end(key, key === 'b' ? 'unreachable' : 'failed', 'invalid_blocks', now))
    }
    const one = await run('retry', 'a')
    expect(one.code).toBe(0)
    expect(one.out).toMatch(/^1 tin được xếp gửi lại\..*không ai nhận hai lần/)
    expect((await run('retry', '--all')).out).toMatch(/^2 tin/)
    expect((await run('retry', '--all')).out).toBe('Không có tin nào cần gửi lại.')
    await write(async (tx, workspaceId) => {
      // Due by the clock by which they were made, whichever that is.
      expect((await tx.outbox.due(now, 9)).map((m) => [m.key, m.attempts])).toEqual([
        ['a', 0],
        ['b', 0],
        ['c', 0],
      ])
      const rows = await tx.audit.latest(workspaceId, { scope: 'all' }, 2, 0)
      expect(rows.map((r) => [r.action, r.byId, r.data.count])).toEqual([
        ['outbox.retried', null, 2],
        ['outbox.retried', null, 1],
      ])
    })
  })

  it('sends nothing again that was sent, and says so', async () => {
    await add('sent')
    await write((tx) => tx.outbox.sent('sent', { channel: 'D', ts: '1' }, now))
    expect((await run('retry', 'sent')).out).toContain('không gửi lại')
    expect(await run('retry', 'nothing')).toMatchObject({ code: 1 })
    expect(await run('show', 'nothing')).toMatchObject({ code: 1 })
  })

  it.each([[['retry']], [['show']], [['retry', 'a', '--all']], [['send']], [['retry', 'a', 'b']]])(
    'called as %j says what it needs',
    async (args) => {
      expect((await run(...args)).code).toBe(2)
    },
  )

  it('is looked at by doctor', async () => {
    await add('late')
    await add('failed')
    await write((tx) => tx.outbox.end('failed', 'failed', 'missing_scope', now))
    said = []
    expect(await doctor()).toBe(1)
    expect(said.join('\n')).toContain(
      '❌ hộp gửi: 1 tin không gửi được, 1 tin chờ quá một giờ – ứng dụng Slack thiếu quyền',
    )
  })
})
