import { promises as fs, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { doctor } from '../../src/cli/doctor.js'
import { evidence } from '../../src/cli/evidence.js'
import { explain } from '../../src/cli/explain.js'
import { attach, attachedFile, fileStored, removeFile } from '../../src/core/attachment/attach.js'
import { submit } from '../../src/core/submission/decide.js'
import { storeFile } from '../../src/files/store-file.js'
import { EvidenceDirError, openVault, type Vault } from '../../src/files/vault.js'
import { clearBytes } from '../../src/jobs/files/clear-bytes.js'
import { openStore } from '../../src/store/open.js'
import { jpeg, scan } from '../files/samples.js'
import { type College, content, foundCollege } from '../store/college.js'

let dir: string
let college: College
let vault: Vault
let said: string[]
beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'thidua-evidence-'))
  vi.stubEnv('DATABASE_URL', `file:${path.join(dir, 'thidua.db')}`)
  vi.stubEnv('EVIDENCE_DIR', path.join(dir, 'evidence'))
  for (const way of ['log', 'error'] as const)
    vi.spyOn(console, way).mockImplementation((line: string) => void said.push(line))
  college = await foundCollege(await openStore(`file:${path.join(dir, 'thidua.db')}`))
  vault = await openVault(path.join(dir, 'evidence'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await college.store.close()
  rmSync(dir, { recursive: true, force: true })
})

async function run(...args: string[]) {
  said = []
  const code = await evidence(args)
  return { code, out: said.join('\n') }
}

/** One submission with a stored photo; gives the name of its bytes. */
async function withPhoto(n = 1): Promise<string> {
  const kept = await storeFile(vault, Readable.from([jpeg({ picture: Buffer.concat([Buffer.alloc(9, n), scan]) })]))
  await college.run('member0', async (use) => {
    const s = await submit(use, college.campaign, content(college.units[0]?.id ?? '', 'a1'), `form ${n}`)
    const [a] = await attach(use, s, [{ id: `F${n}`, name: `anh${n}.jpg` }])
    if (a) await fileStored(use, a, kept)
  })
  return kept.sha256
}
/** Another submission with the same bytes; gives its file's id. */
const withPhotoOf = (sha256: string) =>
  college.run('member0', async (use) => {
    const s = await submit(use, college.campaign, content(college.units[0]?.id ?? '', 'a2'), 'twin')
    const [a] = await attach(use, s, [{ id: 'F9', name: 'anh9.jpg' }])
    if (!a) throw new Error('not attached')
    await fileStored(use, a, { sha256, size: statSync(vault.pathOf(sha256)).size, kind: 'jpeg', mime: 'image/jpeg' })
    return a.id
  })
const old = (file: string) => utimesSync(file, new Date(0), new Date(Date.now() - 2 * 3_600_000))

describe('evidence verify', () => {
  it('says that all is there where it is', async () => {
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
    said = []
    expect(await doctor()).toBe(1)
    expect(said.join('\n')).toContain('thiếu 1 ảnh, tệp minh chứng')
  })

  it('finds bytes that belong to nothing, and sweeps them only where asked, never those just written', async () => {
    await withPhoto()
    const loose = async (n: number) =>
      (await storeFile(vault, Readable.from([jpeg({ picture: Buffer.from([n]) })]))).sha256
    const [stale, fresh] = [await loose(1), await loose(2)]
    old(vault.pathOf(stale))
    writeFileSync(path.join(dir, 'evidence', 'la.txt'), 'x')
    const found = await run('verify')
    expect(found.code).toBe(1)
    expect(found.out).toContain(stale)
    expect(found.out).toContain('1 tệp vừa được ghi')
    expect(found.out).toContain('la.txt')
    rmSync(path.join(dir, 'evidence', 'la.txt'))
    expect((await run('verify', '--sweep')).out).toContain('Đã xóa 1 tệp')
    expect((await vault.list()).stored).toHaveLength(2)
    expect((await vault.list()).stored).toContain(fresh)
    expect((await run('verify')).code).toBe(0)
  })

  it('does not know other words', async () => {
    expect((await run('check')).code).toBe(2)
    expect((await run('verify', '--all')).code).toBe(2)
  })
})

describe('bytes of a file that was taken away', () => {
  it('are no fault, and are cleared by the bot, unless another file has the same', async () => {
    const sha = await withPhoto(1)
    const [row] = await college.store.read((tx) => tx.attachments.storedAfter('', 1))
    old(vault.pathOf(sha))
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
    expect(await college.store.read((tx) => tx.attachments.toClear(9))).toEqual([])
    expect((await run('verify')).code).toBe(0)
  })
})

describe('bytes that are swept', () => {
  it('are put back where they turn out to be wanted after all', async () => {
    const sha = await withPhoto()
    old(vault.pathOf(sha))
    let asked = 0
    expect(await vault.retire(sha, async () => asked++ > 0)).toBe(false)
    expect([asked, await vault.check(sha)]).toEqual([2, 'sound'])
  })
})

describe('a folder that cannot be written', () => {
  it('is named at the start with its variable, and what to do', async () => {
    mkdirSync(path.join(dir, 'x'))
    writeFileSync(path.join(dir, 'x', 'file'), '')
    const error = await openVault(path.join(dir, 'x', 'file')).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(EvidenceDirError)
    expect(explain(error)).toMatch(/EVIDENCE_DIR “.*file” chưa dùng được \(E\w+\)/)
  })
})
