import { describe, expect, it } from 'vitest'
import { chunk } from '../../../src/files/strip/png.js'
import * as s from '../samples.js'
import { stage } from '../stage.js'

/** Pictures that are against the letter of their format, and that viewers show all the same. */

const text = (t: string) => Buffer.from(t, 'latin1')
const long = (n: number) => {
  const b = Buffer.alloc(4)
  b.writeUInt32LE(n)
  return b
}

describe('a PNG', () => {
  const header = chunk('IHDR', Buffer.from('00000010000000100806000000', 'hex'))
  const png = (...chunks: Buffer[]) => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), header, ...chunks])
  const end = chunk('IEND', Buffer.alloc(0))

  it.each<[string, Buffer[], Buffer[]]>([
    ['whose end has a damaged name', [chunk('IEmD', text(s.SECRET))], []],
    ['with a text whose name claims to be needed', [chunk('WTXt', text(s.SECRET)), end], []],
    ['with a second header in place of its end', [chunk('IHDR', text(s.SECRET))], []],
  ])('%s is kept without it', async (_, after, kept) => {
    const { cleaned } = await stage()
    const found = await cleaned(png(s.pngPicture, ...after))
    expect(found.equals(png(s.pngPicture, ...kept, end))).toBe(true)
  })

  it('with more than 256 colours keeps the first 256', async () => {
    const { cleaned } = await stage()
    const found = await cleaned(png(chunk('PLTE', Buffer.alloc(771, 7)), s.pngPicture, end))
    expect(found.equals(png(chunk('PLTE', Buffer.alloc(768, 7)), s.pngPicture, end))).toBe(true)
  })
})

describe('a BMP', () => {
  const header = Buffer.from('28000000040000000400000001000800'.padEnd(80, '0'), 'hex')
  const [colours, rows] = [Buffer.alloc(1024, 3), Buffer.alloc(16, 4)]
  const bmp = (offset: number, before = Buffer.alloc(0)) =>
    Buffer.concat([before, text('BM'), long(1094), long(0), long(offset), header, colours, rows])

  it('whose rows are said to lie within its headers is kept: they follow the colours', async () => {
    const { cleaned } = await stage()
    expect((await cleaned(bmp(2))).equals(bmp(1078))).toBe(true)
  })

  it('whose rows are said to begin among its colours stays whole', async () => {
    const { cleaned } = await stage()
    expect((await cleaned(Buffer.concat([bmp(100), text(s.SECRET)]))).equals(bmp(100))).toBe(true)
  })

  it('is the first of an array of bitmaps', async () => {
    const { take, cleaned } = await stage()
    const array = Buffer.concat([bmp(1092, text('BA(\0\0\0abcdefgh')), bmp(0), text(s.SECRET)])
    expect(await take(array)).toMatchObject({ kind: 'bmp', mime: 'image/bmp' })
    expect((await cleaned(array)).equals(bmp(1078))).toBe(true)
  })
})
