import { describe, expect, it } from 'vitest'
import { FileFault } from '../../../src/core/attachment/attachment.js'
import { assemble, inMemory } from '../../../src/files/strip/bytes.js'
import { cleanJpeg, segment } from '../../../src/files/strip/jpeg/jpeg.js'
import { fixture } from '../fixtures.js'
import * as s from '../samples.js'
import { greyJpeg, random } from '../samples-jpeg.js'

const [START, END] = [Buffer.from([0xff, 0xd8]), Buffer.from([0xff, 0xd9])]
const text = (t: string) => Buffer.from(t, 'latin1')

async function cleaned(bytes: Buffer): Promise<Buffer> {
  const file = inMemory(bytes)
  const parts: Buffer[] = []
  for await (const chunk of assemble(file, await cleanJpeg(file))) parts.push(Buffer.from(chunk))
  return Buffer.concat(parts)
}

/** What phones append: a film with its position, the end mark of a JPEG somewhere in it, and Samsung's directory. */
const trailer = Buffer.concat([
  ...[text('\0\0\x30\x0a\x10\0\0\0MotionPhoto_Data'), s.video(), END, text('SEFHj\0\0\0SEFT'), text(s.SECRET)],
])

describe('a JPEG without an end mark', () => {
  it('keeps its picture and nothing that a phone appended', async () => {
    const kept = await cleaned(fixture('jpeg-no-eoi-sef-trailer.jpg'))
    for (const word of ['ftyp', 'MotionPhoto', 'SEF', '105.4352', 'Image_UTC']) expect(kept.includes(word)).toBe(false)
    // The other case is the same picture with an end mark and stray bytes.
    const other = fixture('jpeg-18-stray-bytes.jpg')
    const picture = other.subarray(other.indexOf(Buffer.from([0xff, 0xda])), -2)
    expect(kept.subarray(-picture.length - 2).equals(Buffer.concat([picture, END]))).toBe(true)
  })

  it.each(['progressive.jpg', 'jpeg-18-stray-bytes.jpg'])('ends with the last bit of its picture: %s', async (name) => {
    const whole = fixture(name)
    const kept = await cleaned(whole)
    for (const after of [trailer, text(s.SECRET), Buffer.concat([Buffer.alloc(7), trailer]), s.jpeg()])
      expect((await cleaned(Buffer.concat([whole.subarray(0, -2), after]))).equals(kept)).toBe(true)
    expect(kept.subarray(-200).equals(whole.subarray(-200))).toBe(true)
  })
})

describe('a JPEG with stray bytes between its segments', () => {
  it('is kept without them', async () => {
    const [bytes, at] = [fixture('jpeg-18-stray-bytes.jpg'), 20]
    const kept = await cleaned(bytes)
    expect(kept.equals(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 18)]))).toBe(true)
  })
})

describe('any JPEG', () => {
  it('keeps its picture byte for byte and loses all else, however it is put together', async () => {
    for (let seed = 1; seed <= 150; seed++) {
      const next = random(seed)
      const { head, scanHead, scan } = greyJpeg({ rows: 1 + (next() % 40), seed, restarts: next() % 2 === 0 })
      const junk = [
        () => Buffer.alloc(0),
        () => Buffer.concat([Buffer.alloc(next() % 30, 1), text(s.SECRET)]),
        () => Buffer.alloc(1 + (next() % 5), 0xff),
        () => s.exifSegment(1),
        () => segment(0xe0 + (next() % 16), text(`JFXX\0${s.SECRET}`)),
        () => segment(0xfe, text(s.SECRET)),
      ]
      const some = () => (junk[next() % junk.length] as () => Buffer)()
      const parts = head.flatMap((part) => [some(), part])
      const after = [END, trailer, Buffer.concat([END, trailer]), text(s.SECRET), s.jpeg(), Buffer.alloc(0)]
      const end = after[next() % after.length] as Buffer
      const kept = await cleaned(Buffer.concat([START, ...parts, some(), scanHead, scan, end]))
      expect(kept.equals(Buffer.concat([START, ...head, scanHead, scan, END])), `seed ${seed}`).toBe(true)
    }
  })

  it('that is damaged anywhere is refused, or cleaned without metadata of what follows its damaged picture', async () => {
    const whole = Buffer.concat([fixture('progressive.jpg'), trailer])
    for (let seed = 1; seed <= 400; seed++) {
      const next = random(seed)
      const bytes = Buffer.from(whole)
      for (let n = 1 + (next() % 4); n > 0; n--) bytes[next() % (bytes.length - trailer.length)] = next()
      const kept = await cleaned(bytes).catch((error: unknown) => error)
      if (Buffer.isBuffer(kept)) {
        for (const word of [s.SECRET, '105.43']) expect(kept.includes(word), `seed ${seed}`).toBe(false)
        expect((await cleaned(kept)).equals(kept), `seed ${seed}`).toBe(true)
      } else expect(kept, `seed ${seed}`).toBeInstanceOf(FileFault)
    }
  })

  it('loses the thumbnail in its JFIF segment', async () => {
    const jfif = segment(0xe0, Buffer.concat([text('JFIF\0\x01\x02\0\0\x01\0\x01\x04\x04'), text(s.SECRET.padEnd(48))]))
    const kept = await cleaned(s.jpeg({ before: [jfif] }))
    expect([kept.includes(s.SECRET), kept.readUInt16BE(4), kept[18], kept[19]]).toEqual([false, 16, 0, 0])
  })

  it('keeps a colour profile without its texts', async () => {
    const profile = Buffer.from(s.iccProfile)
    profile.write('desc', 132)
    profile.write(`desc\0\0\0\0${s.SECRET}`, 144, 'latin1')
    const icc = Buffer.concat([text('ICC_PROFILE\0\x01\x01'), profile])
    const kept = await cleaned(s.jpeg({ before: [segment(0xe2, icc)] }))
    expect([kept.includes('ICC_PROFILE'), kept.includes(s.SECRET)]).toEqual([true, false])
  })

  it('of a size beyond reason is refused', async () => {
    const huge = segment(0xc0, Buffer.from('08ffffffff01011100', 'hex'))
    const bytes = Buffer.concat([START, ...s.jpegHead.map((h) => (h[1] === 0xc0 ? huge : h)), s.scanHead, s.scan, END])
    await expect(cleaned(bytes)).rejects.toMatchObject({ reason: 'too_many_pixels' })
  })
})
