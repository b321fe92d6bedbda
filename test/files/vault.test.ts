import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, promises as fs, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { storeFile } from '../../src/files/store-file.js'
import { openVault } from '../../src/files/vault.js'
import { thisProcess } from '../../src/this-process.js'
import { until } from '../helpers/until.js'
import { jpeg, png } from './samples.js'
import { stage } from './stage.js'

const pdf = (body: Buffer | string = 'a') => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from(body)])
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

describe('vault', () => {
  it('names a file by the hash of its bytes and returns them', async () => {
    const { take, dir, vault } = await stage()
    const bytes = pdf(randomBytes(300_000))
    const kept = await take(bytes)
    expect(kept).toEqual({ sha256: sha256(bytes), size: bytes.length, kind: 'pdf', mime: 'application/pdf' })
    expect(vault.pathOf(kept.sha256)).toBe(path.join(dir, kept.sha256.slice(0, 2), kept.sha256))
    const parts: Buffer[] = []
    for await (const part of vault.open(kept.sha256)) parts.push(part)
    expect(Buffer.concat(parts).equals(bytes)).toBe(true)
  })

  it('names a photo by the hash of its cleaned bytes', async () => {
    const { take, vault } = await stage()
    const kept = await take(jpeg())
    const bytes = await fs.readFile(vault.pathOf(kept.sha256))
    expect([kept.sha256, kept.size]).toEqual([sha256(bytes), bytes.length])
    expect(kept.sha256).not.toBe(sha256(jpeg()))
    // Cleaning is idempotent.
    expect((await take(bytes)).sha256).toBe(kept.sha256)
  })

  it('stores the same bytes once, also when they arrive ten times at once', async () => {
    const { take, files } = await stage()
    const kept = await Promise.all(Array.from({ length: 10 }, () => take(png())))
    expect(new Set(kept.map((k) => k.sha256)).size).toBe(1)
    expect(files()).toEqual([kept[0]?.sha256])
  })

  it('refuses a file over the size limit while it is read, and stops the source', async () => {
    const { vault, files } = await stage()
    let sent = 0
    const endless = Readable.from(
      (function* () {
        for (;;) {
          sent += 10_000
          yield Buffer.alloc(10_000, '%PDF-')
        }
      })(),
    )
    const kept = storeFile(vault, endless, { maxBytes: 100_000 })
    await expect(kept).rejects.toMatchObject({ why: 'refused', reason: 'too_large' })
    expect([endless.destroyed, sent < 1_000_000, files()]).toEqual([true, true, []])
  })

  it('accepts a file of exactly the size limit', async () => {
    const { take } = await stage()
    expect(await take(pdf('b'.repeat(91)), 100)).toMatchObject({ size: 100 })
    await expect(take(pdf('b'.repeat(92)), 100)).rejects.toMatchObject({ reason: 'too_large' })
  })

  it('leaves no file behind when the source fails', async () => {
    const { vault, files } = await stage()
    const source = Readable.from(
      (async function* () {
        yield pdf()
        throw new Error('broke')
      })(),
    )
    await expect(storeFile(vault, source)).rejects.toThrow('broke')
    expect(files()).toEqual([])
  })

  it('leaves no file behind when the rename fails', async () => {
    const { take, files } = await stage()
    const rename = vi.spyOn(fs, 'rename').mockRejectedValueOnce(Object.assign(new Error('full'), { code: 'ENOSPC' }))
    await expect(take(pdf())).rejects.toMatchObject({ code: 'ENOSPC' })
    rename.mockRestore()
    expect(files()).toEqual([])
  })

  it('syncs the bytes before it renames them, and the folder afterwards', async () => {
    const { vault } = await stage()
    const temp = await vault.writeTemp(Readable.from([pdf()]))
    const done: string[] = []
    const [open, rename] = [fs.open, fs.rename]
    const opening = vi.spyOn(fs, 'open').mockImplementation(async (name, ...rest) => {
      const file = await open(name, ...rest)
      const sync = file.sync.bind(file)
      file.sync = async () => {
        await sync()
        done.push(
          name === temp.path ? 'file' : path.basename(String(name)) === temp.sha256.slice(0, 2) ? 'folder' : 'root',
        )
      }
      return file
    })
    const renaming = vi.spyOn(fs, 'rename').mockImplementation(async (...names) => {
      await rename(...names)
      done.push('name')
    })
    await vault.commit(temp)
    opening.mockRestore()
    renaming.mockRestore()
    expect(done).toEqual(['root', 'file', 'name', 'folder'])
  })

  /** A vault in `dir` as another process of this machine would open it; returns the process, which runs until it is killed. */
  async function otherProcess(dir: string) {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'])
    const ended = new Promise((done) => child.once('exit', done))
    const id = thisProcess.id.replace(/\/.*/, `/${child.pid}/`)
    const end = async () => {
      child.kill('SIGKILL')
      await ended
    }
    onTestFinished(end)
    return { vault: await openVault(dir, { owner: { ...thisProcess, id } }), end }
  }

  it('deletes the temporary files of a process as soon as it has ended, and none of a running one, however old', async () => {
    const { dir, vault } = await stage()
    const other = await otherProcess(dir)
    const [mine, theirs] = await Promise.all([vault, other.vault].map((v) => v.writeTemp(Readable.from([jpeg()]))))
    const twoHoursAgo = Date.now() / 1000 - 7200
    for (const temp of [mine, theirs]) utimesSync(temp?.path as string, twoHoursAgo, twoHoursAgo)
    await openVault(dir)
    expect(await vault.leftovers()).toEqual({ dead: 0, others: 2 })
    expect(await vault.sweep()).toBe(0)
    await other.end()
    expect(await vault.leftovers()).toEqual({ dead: 1, others: 1 })
    await openVault(dir, { sweep: false })
    expect(existsSync(theirs?.path as string)).toBe(true)
    expect(await vault.sweep()).toBe(1)
    expect([existsSync(mine?.path as string), existsSync(theirs?.path as string)]).toEqual([true, false])
  })

  it('deletes the file of a process that cannot be seen once nothing was written to it for ten minutes', async () => {
    const { dir, vault } = await stage()
    const elsewhere = await openVault(dir, { owner: { ...thisProcess, id: 'another-machine/1/1' } })
    const temp = await elsewhere.writeTemp(Readable.from([jpeg()]))
    expect(await vault.leftovers()).toEqual({ dead: 0, others: 1 })
    const quarterAgo = Date.now() / 1000 - 900
    utimesSync(temp.path, quarterAgo, quarterAgo)
    expect([await vault.sweep(), existsSync(temp.path)]).toEqual([1, false])
  })

  it('moves stored bytes back that a process had set aside when it ended', async () => {
    const { dir, take, vault } = await stage()
    const { sha256 } = await take(pdf())
    const twoHoursAgo = Date.now() / 1000 - 7200
    utimesSync(vault.pathOf(sha256), twoHoursAgo, twoHoursAgo)
    const other = await otherProcess(dir)
    // It ends while it asks for the second time whether the bytes are wanted.
    let asked = 0
    void other.vault.retire(sha256, () =>
      asked++ === 0 ? Promise.resolve(false) : new Promise<boolean>(() => undefined),
    )
    await until(() => asked === 2, 'the second question')
    expect(await vault.check(sha256)).toBe('missing')
    await other.end()
    expect(await vault.sweep()).toBe(1)
    expect(await vault.check(sha256)).toBe('sound')
  })

  it('deletes old temporary files when it is opened, and no recent ones', async () => {
    const { dir } = await stage()
    const [old, young] = [path.join(dir, 'tmp', 'old'), path.join(dir, 'tmp', 'young')]
    for (const name of [old, young]) writeFileSync(name, 'half')
    const twoHoursAgo = Date.now() / 1000 - 7200
    utimesSync(old, twoHoursAgo, twoHoursAgo)
    await openVault(dir)
    expect([existsSync(old), existsSync(young)]).toEqual([false, true])
  })

  it('lists its files and detects missing and altered ones', async () => {
    const { take, vault, dir } = await stage()
    const kept = await Promise.all(['a', 'b', 'c'].map((t) => take(pdf(t))))
    const [a, b, c] = kept.map((k) => k.sha256) as [string, string, string]
    writeFileSync(path.join(dir, 'note.txt'), '')
    writeFileSync(path.join(dir, 'tmp', 'half'), '')
    writeFileSync(vault.pathOf(b), 'spoiled')
    await vault.remove(c)
    expect(await vault.list()).toEqual({ stored: [a, b].sort(), strays: ['note.txt'] })
    expect(await Promise.all([a, b, c].map((n) => vault.check(n)))).toEqual(['sound', 'altered', 'missing'])
    await take(pdf('b'))
    expect(await vault.check(b)).toBe('sound')
  })

  it.each(['../../etc/passwd', '', 'A'.repeat(64), `${'a'.repeat(64)}/..`])(
    'rejects a name that is no hash: %j',
    async (name) => {
      const { vault } = await stage()
      expect(() => vault.pathOf(name)).toThrow('not the name of a stored file')
    },
  )

  it('gives other users of the machine no permissions', async () => {
    const { take, dir, vault } = await stage()
    const kept = await take(pdf())
    expect((await fs.stat(vault.pathOf(kept.sha256))).mode & 0o007).toBe(0)
    for (const folder of readdirSync(dir)) expect((await fs.stat(path.join(dir, folder))).mode & 0o007).toBe(0)
  })
})
