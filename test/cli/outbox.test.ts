import { beforeEach, describe, expect, it } from 'vitest'
import { withStore } from '../../src/cli/database.js'
import { doctor } from '../../src/cli/doctor.js'
import { outbox } from '../../src/cli/outbox.js'
import type { Tx } from '../../src/core/ports.js'
import { at } from '../example.js'
import { foundCollege } from '../store/college.js'
import { commandLine } from './command-line.js'

const shell = commandLine()
let headId: string
const secret = 'Nội dung kín của tin'

beforeEach(() =>
  withStore(async (store) => {
    const college = await foundCollege(store, 1)
    headId = (await college.as('head0')).person.id
  }),
)

const run = (...args: string[]) => shell.run(() => outbox(args))
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
  it('reports an empty outbox', async () => {
    expect(await run()).toEqual({ code: 0, out: 'Hộp gửi chưa có tin nào.' })
  })

  it('lists pending and failed messages with recipient, time and error, never with their content', async () => {
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

  it('requeues one message or all of them, explains what follows, and writes the audit log', async () => {
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
      // Due since their creation, by the clock of their creation.
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

  it('refuses to resend a sent message, and fails for an unknown key', async () => {
    await add('sent')
    await write((tx) => tx.outbox.sent('sent', { channel: 'D', ts: '1' }, now))
    expect((await run('retry', 'sent')).out).toContain('không gửi lại')
    expect(await run('retry', 'nothing')).toMatchObject({ code: 1 })
    expect(await run('show', 'nothing')).toMatchObject({ code: 1 })
  })

  it.each([[['retry']], [['show']], [['retry', 'a', '--all']], [['send']], [['retry', 'a', 'b']]])(
    'explains what is wrong when called as %j',
    async (args) => {
      const { code, out } = await run(...args)
      expect(code).toBe(2)
      expect(out).toMatch(/Không có lệnh|Xin ghi mã tin/)
    },
  )

  it('is one of the checks of doctor', async () => {
    await add('late')
    await add('failed')
    await write((tx) => tx.outbox.end('failed', 'failed', 'missing_scope', now))
    const { code, out } = await shell.run(doctor)
    expect(code).toBe(1)
    expect(out).toContain('❌ hộp gửi: 1 tin không gửi được, 1 tin chờ quá một giờ – ứng dụng Slack thiếu quyền')
  })
})
