import { promises as fs, rmSync, statSync, utimesSync } from 'node:fs'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { doctor } from '../../src/cli/doctor.js'
import { evidence } from '../../src/cli/evidence.js'
import { explain } from '../../src/cli/explain.js'
import { attach, attachedFile, fileStored, removeFile } from '../../src/core/attachment/attach.js'
import { submit } from '../../src/core/submission/decide.js'
import { storeFile } from '../../src/files/store-file.js'
import { EvidenceDirError, openVault, type Vault } from '../../src/files/vault.js'
import { clearBytes } from '../../src/jobs/files/clear-bytes.js'
import { openStore } from '../../src/store/open.js'
import { jpeg } from '../files/samples.js'
import { type College, content, foundCollege } from '../store/college.js'
import { commandLine } from './command-line.js'

const shell = commandLine()
let college: College
let vault: Vault
beforeEach(async () => {
  college = await foundCollege(await openStore(`file:${shell.path('thidua.db')}`))
  vault = await openVault(shell.path('evidence'))
})
afterEach(() => college.store.close())

const run = (...args: string[]) => shell.run(() => evidence(args))

/** Adds a submission with a stored photo; returns the hash of its bytes. */
async function withPhoto(n = 1): Promise<string> {
  const kept = await storeFile(vault, Readable.from([jpeg({ id: n })]))
  await college.run('member0', async (use) => {
    const s = await submit(use, college.campaign, content(college.units[0]?.id ?? '', 'a1'), `form ${n}`)
    const [a] = await attach(use, s, [{ id: `F${n}`, name: `anh${n}.jpg` }])
    if (a) await fileStored(use, a, kept)
  })
  return kept.sha256
}
/** Adds another submission with the same bytes; returns its attachment's id. */
const withPhotoOf = (sha256: string) =>
  college.run('member0', async (use) => {
    const s = await submit(use, college.campaign, content(college.units[0]?.id ?? '', 'a2'), 'twin')
    const [a] = await attach(use, s, [{ id: 'F9', name: 'anh9.jpg' }])
    if (!a) throw new Error('not attached')
    await fileStored(use, a, { sha256, size: statSync(vault.pathOf(sha256)).size, kind: 'jpeg', mime: 'image/jpeg' })
    return a.id
  })
/** Sets a file's modification time two hours back. */
const age = (file: string) => utimesSync(file, new Date(0), new Date(Date.now() - 2 * 3_600_000))

describe('evidence verify', () => {
  it('finds nothing wrong when every file is intact', async () => {
    await withPhoto()
    expect(await run('verify')).toEqual({
      code: 0,
      out: expect.stringContaining('✅ 1 ảnh, tệp minh chứng: đủ và nguyên vẹn'),
    })
  })

  it('names the submission and the file whose bytes are missing or altered', async () => {
    const [gone, changed] = [await withPhoto(1), await withPhoto(2)]
    await vault.remove(gone)
    await fs.appendFile(vault.pathOf(changed), 'x')
    const { code, out } = await run('verify')
    expect(code).toBe(1)
    expect(out).toMatch(/-000001: thiếu tệp “anh1.jpg”/)
    expect(out).toMatch(/-000002: tệp “anh2.jpg” đã bị thay đổi/)
    const checked = await shell.run(doctor)
    expect(checked.code).toBe(1)
    expect(checked.out).toContain('thiếu 1 ảnh, tệp minh chứng')
  })

  it('finds orphaned files, and deletes them only with --sweep and only when they are old', async () => {
    await withPhoto()
    const loose = async (n: number) => (await storeFile(vault, Readable.from([jpeg({ id: 100 + n })]))).sha256
    const [stale, fresh] = [await loose(1), await loose(2)]
    age(vault.pathOf(stale))
    const stray = shell.write('evidence/la.txt', 'x')
    const found = await run('verify')
    expect(found.code).toBe(1)
    expect(found.out).toContain(stale)
    expect(found.out).toContain('1 tệp vừa được ghi')
    expect(found.out).toContain('la.txt')
    rmSync(stray)
    expect((await run('verify', '--sweep')).out).toContain('Đã xóa 1 tệp')
    expect((await vault.list()).stored).toHaveLength(2)
    expect((await vault.list()).stored).toContain(fresh)
    expect((await run('verify')).code).toBe(0)
  })

  it('reports what a killed process left unfinished, and deletes it with --sweep', async () => {
    await withPhoto()
    const owner = { id: 'another-machine/1/1', stateOf: () => 'unknown' as const }
    const { path: left } = await (await openVault(shell.path('evidence'), { owner })).writeTemp(Readable.from([jpeg()]))
    const writing = await run('verify')
    expect([writing.code, writing.out]).toEqual([0, expect.stringContaining('1 tệp tạm đang được ghi')])
    age(left)
    const found = await run('verify')
    expect([found.code, found.out]).toEqual([1, expect.stringContaining('1 tệp tạm bị bỏ dở')])
    expect(found.out).not.toContain('đủ và nguyên vẹn')
    expect((await shell.run(doctor)).out).toContain('1 tệp tạm bị bỏ dở')
    expect((await run('verify', '--sweep')).out).toContain('Đã xóa 1 tệp tạm')
    expect((await run('verify')).code).toBe(0)
  })

  it('rejects unknown words', async () => {
    expect((await run('check')).code).toBe(2)
    expect((await run('verify', '--all')).code).toBe(2)
  })
})

describe('the bytes of a removed attachment', () => {
  it('are no fault, and are deleted by the bot unless another attachment has the same', async () => {
    const sha = await withPhoto(1)
    const [row] = await college.store.read((tx) => tx.attachments.storedAfter('', 1))
    age(vault.pathOf(sha))
    const clear = () => clearBytes({ store: college.store, retire: vault.retire })
    const twin = await withPhotoOf(sha)
    await college.run('member0', async (use) =>
      removeFile(use, college.campaign, await attachedFile(use, row?.id ?? '')),
    )
    expect((await run('verify')).code).toBe(0)
    await clear()
    expect(await vault.check(sha)).toBe('sound')
    await college.run('member0', async (use) => removeFile(use, college.campaign, await attachedFile(use, twin)))
    expect((await run('verify')).code).toBe(0)
    await clear()
    expect(await vault.check(sha)).toBe('missing')
    expect(await college.store.read((tx) => tx.attachments.withBytesToDelete(9))).toEqual([])
    expect((await run('verify')).code).toBe(0)
  })
})

describe('retire', () => {
  it('restores a file that turns out to be wanted', async () => {
    const sha = await withPhoto()
    age(vault.pathOf(sha))
    let calls = 0
    expect(await vault.retire(sha, async () => calls++ > 0)).toBe(false)
    expect([calls, await vault.check(sha)]).toEqual([2, 'sound'])
  })
})

describe('an evidence folder that is not writable', () => {
  it('is explained with the name of its variable', async () => {
    const error = await openVault(shell.write('file', '')).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(EvidenceDirError)
    expect(explain(error)).toMatch(/EVIDENCE_DIR “.*file” chưa dùng được \(E\w+\)/)
  })
})
