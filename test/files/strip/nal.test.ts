import { describe, expect, it } from 'vitest'
import * as s from '../samples.js'
import { film } from '../samples-film.js'
import { stage } from '../stage.js'

const bytes = (...n: number[]) => Buffer.from(n)
const message = (type: number, body: Buffer) => Buffer.concat([bytes(type, body.length), body])
/** An identifier of 16 bytes and a text, as encoders and cameras write them. */
const secret = message(5, Buffer.concat([Buffer.alloc(16, 7), Buffer.from(s.SECRET)]))
const unit = (head: Buffer, ...body: Buffer[]) => {
  const whole = Buffer.concat([head, ...body])
  return Buffer.concat([bytes(0, 0, 0, whole.length), whole])
}
/** One message of filler as long as another. */
const filler = (length: number) => Buffer.concat([bytes(3, length - 2), Buffer.alloc(length - 2, 0xff)])
const end = bytes(0x80)

const avcC = s.box('avcC', bytes(1, 66, 0, 10, 0xff, 0xe0, 0))
const hvcC = (...units: Buffer[]) =>
  s.box(
    'hvcC',
    Buffer.alloc(21, 1),
    bytes(0xff, units.length > 0 ? 1 : 0),
    ...units.flatMap((u) => [bytes(39, 0, 1), u.subarray(2)]),
  )
const ofTrack = (coding: string, configuration: Buffer[], samples: Buffer[]) =>
  film({ tracks: [{ handler: 'vide', coding, samples, configuration }] })

describe('the coded picture of a film', () => {
  const [picture, seiHead] = [unit(bytes(0x65), Buffer.alloc(40, 9)), bytes(6)]
  const recovery = message(6, bytes(0, 0, 0x40))

  it.each<[string, Buffer, Buffer]>([
    ['texts', unit(seiHead, secret, end), unit(seiHead, filler(secret.length), end)],
    [
      'texts beside what tells where decoding may begin',
      unit(seiHead, secret, recovery, end),
      unit(seiHead, recovery, filler(secret.length), end),
    ],
    [
      'texts with a byte that keeps start codes out',
      unit(
        seiHead,
        message(5, Buffer.concat([Buffer.alloc(2), Buffer.from(s.SECRET)])).fill(0, 2, 4),
        bytes(3, 1),
        end,
      ),
      unit(seiHead, filler(s.SECRET.length + 6), end),
    ],
    [
      'messages that cannot be told apart',
      unit(seiHead, bytes(5, 200), Buffer.from(s.SECRET), end),
      unit(seiHead, filler(s.SECRET.length + 2), end),
    ],
    [
      'units of an unknown kind',
      unit(bytes(30), Buffer.from(s.SECRET), end),
      unit(bytes(12), Buffer.alloc(s.SECRET.length, 0xff), end),
    ],
  ])('loses %s; its picture and all lengths stay', async (_, before, after) => {
    const { cleaned } = await stage()
    const kept = await cleaned(ofTrack('avc1', [avcC], [Buffer.concat([before, picture]), picture]))
    expect(kept.includes(Buffer.concat([after, picture, picture]))).toBe(true)
    expect(kept.includes(s.SECRET)).toBe(false)
  })

  it('keeps messages about time and colour as they are', async () => {
    const { cleaned } = await stage()
    const sei = unit(
      seiHead,
      message(1, bytes(0, 0, 3, 1).subarray(0, 1)),
      recovery,
      message(144, bytes(1, 2, 3, 4)),
      end,
    )
    const bytesOf = ofTrack('avc1', [avcC], [Buffer.concat([sei, picture])])
    expect((await cleaned(bytesOf)).includes(Buffer.concat([sei, picture]))).toBe(true)
  })

  it('in H.265 loses texts in its samples and in its configuration', async () => {
    const { cleaned } = await stage()
    const [head, frame] = [bytes(0x4e, 1), unit(bytes(0x26, 1), Buffer.alloc(40, 9))]
    const [before, after] = [unit(head, secret, end), unit(head, filler(secret.length), end)]
    const kept = await cleaned(ofTrack('hvc1', [hvcC(before)], [Buffer.concat([before, frame])]))
    expect(kept.includes(s.SECRET)).toBe(false)
    expect(kept.includes(Buffer.concat([after, frame]))).toBe(true)
    expect(kept.includes(hvcC(after))).toBe(true)
  })

  it('is kept where its lengths are damaged', async () => {
    const { cleaned } = await stage()
    const damaged = Buffer.concat([bytes(0xff, 0xff, 0xff, 0xff), Buffer.alloc(50, 5)])
    expect((await cleaned(ofTrack('avc1', [avcC], [damaged]))).includes(damaged)).toBe(true)
  })

  it.each([1, 2, 3, 253, 254, 255, 256, 257, 258, 259, 300, 511, 512, 513, 600])(
    'is as long as before with a text of %i bytes',
    async (length) => {
      const { cleaned } = await stage()
      const size =
        length < 255 ? bytes(length) : Buffer.concat([Buffer.alloc(Math.floor(length / 255), 255), bytes(length % 255)])
      const whole = Buffer.concat([seiHead, bytes(5), size, Buffer.alloc(length, 0x41), end])
      const sei = Buffer.concat([bytes(0, 0, whole.length >> 8, whole.length & 255), whole])
      const kept = await cleaned(ofTrack('avc1', [avcC], [Buffer.concat([sei, picture])]))
      const at = kept.indexOf(sei.subarray(0, 5))
      expect(kept.subarray(at + sei.length).indexOf(picture)).toBe(0)
      expect(kept.subarray(at, at + sei.length).includes('A')).toBe(false)
      expect(kept[at + sei.length - 1]).toBe(0x80)
    },
  )
})
