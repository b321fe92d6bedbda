import { describe, expect, it } from 'vitest'
import { FileFault } from '../../../src/core/attachment/attachment.js'
import { fixture } from '../fixtures.js'
import { SECRET } from '../samples.js'
import { box, type FilmParts, film, type TrackParts } from '../samples-film.js'
import { random } from '../samples-jpeg.js'
import { stage } from '../stage.js'

const text = (t: string) => Buffer.from(t, 'latin1')
const PLACE = '+10.3865+105.4352/'
const secrets = [SECRET, '105.4352', '105.43', 'bi mat']
const leaks = (bytes: Buffer) => secrets.filter((word) => bytes.includes(word))
const picture: TrackParts = {
  handler: 'vide',
  coding: 'avc1',
  samples: [1, 2, 3].map((n) => Buffer.alloc(300, 0x50 + n)),
}
const sound: TrackParts = { handler: 'soun', coding: 'mp4a', samples: [Buffer.alloc(200, 0x60)] }
const other = (handler: string, coding: string): TrackParts => ({
  handler,
  coding,
  samples: [text(`${SECRET} ${PLACE}`)],
})
const kept = async (parts: FilmParts) => {
  const { cleaned } = await stage()
  return cleaned(film(parts))
}

describe('the films that were met', () => {
  it.each([
    ['film-subtitle-position.mp4', 'video/mp4'],
    ['film-3gp-brand.mp4', 'video/3gpp'],
  ])('are kept without text and position, and nothing moves: %s', async (name, mime) => {
    const { take, cleaned } = await stage()
    const bytes = fixture(name)
    expect(await take(bytes)).toMatchObject({ kind: 'mp4', mime })
    const found = await cleaned(bytes)
    for (const word of ['105.4352', 'loci', 'udta', 'tx3g', 'GPS', 'SubtitleHandler', 'Lavf'])
      expect(found.includes(word), word).toBe(false)
    expect(found.length).toBe(bytes.length)
    for (const word of ['mp4v', 'esds', 'stco', 'mdat']) expect(found.indexOf(word)).toBe(bytes.indexOf(word))
  })
})

describe('a film', () => {
  it.each([
    ...[
      ['text', 'tx3g'],
      ['sbtl', 'tx3g'],
      ['subt', 'stpp'],
      ['meta', 'gpmd'],
      ['meta', 'mett'],
      ['meta', 'mebx'],
      ['camm', 'camm'],
    ],
    ...[
      ['tmcd', 'tmcd'],
      ['data', 'gps '],
      ['hint', 'rtp '],
      ['vide', 'gpmd'],
      ['soun', 'wxyz'],
    ],
  ])('loses a track of another kind, and its data: %s %s', async (handler, coding) => {
    for (const indexFirst of [false, true]) {
      const found = await kept({ tracks: [picture, other(handler, coding), sound], indexFirst })
      expect(leaks(found)).toEqual([])
      for (const sample of [...picture.samples, ...sound.samples]) expect(found.includes(sample)).toBe(true)
    }
  })

  it('loses user data, unknown boxes and unused data, wherever they are', async () => {
    const secret = text(`${SECRET}${PLACE}`)
    const boxes = ['udta', 'meta', 'uuid', 'free', 'skip', 'abcd', 'gps '].map((type) => box(type, secret))
    const deep = {
      ...picture,
      inside: [...boxes, box('tref', box('chap', secret)), box('edts', box('abcd', secret))],
      configuration: [box('abcd', secret), box('avcC', Buffer.alloc(9, 5))],
    }
    const found = await kept({ tracks: [deep, sound], inIndex: boxes, after: boxes, unused: secret })
    expect(leaks(found)).toEqual([])
    expect(found.includes(box('avcC', Buffer.alloc(9, 5)))).toBe(true)
    // Dates, names of handlers and encoders.
    for (const trace of [Buffer.alloc(8, 9), Buffer.alloc(30, 0x41)]) expect(found.includes(trace)).toBe(false)
  })

  it('in fragments keeps the data of its picture and loses those of its telemetry', async () => {
    const u32 = (...n: number[]) =>
      Buffer.concat(
        n.map((x) => {
          const b = Buffer.alloc(4)
          b.writeUInt32BE(x)
          return b
        }),
      )
    const traf = (track: number, size: number, offset: number) =>
      box('traf', box('tfhd', u32(0x20000, track)), box('trun', u32(0x201, 1, offset, size)), box('uuid', text(PLACE)))
    const frame = Buffer.alloc(400, 0x77)
    const telemetry = text(`${SECRET}${PLACE}`)
    const moof = (at: number) =>
      box('moof', box('mfhd', u32(0, 1)), traf(1, 400, at), traf(2, telemetry.length, at + 400))
    const fragment = [moof(moof(0).length + 8), box('mdat', frame, telemetry)]
    const found = await kept({ tracks: [picture, other('meta', 'gpmd')], after: fragment, indexFirst: true })
    expect([leaks(found), found.includes(frame)]).toEqual([[], true])
  })

  it('that would have neither picture nor sound is refused', async () => {
    const { take } = await stage()
    for (const tracks of [[], [other('meta', 'gpmd')], [other('vide', 'encv')]])
      await expect(take(film({ tracks }))).rejects.toMatchObject({ reason: 'private_data' })
  })

  it('that is damaged anywhere is refused, or keeps nothing of its telemetry outside of samples', async () => {
    const whole = film({
      tracks: [picture, sound],
      inIndex: [box('udta', text(PLACE))],
      after: [box('abcd', text(SECRET))],
    })
    const { take, cleaned } = await stage()
    for (let seed = 1; seed <= 150; seed++) {
      const next = random(seed)
      const bytes = Buffer.from(whole)
      const start = bytes.indexOf('moov') + 4
      for (let n = 1 + (next() % 3); n > 0; n--) bytes[start + (next() % (bytes.length - start))] = next()
      const fault = await take(bytes).then(
        () => undefined,
        (error: unknown) => error,
      )
      if (fault) expect(fault, `seed ${seed}`).toBeInstanceOf(FileFault)
      else expect((await cleaned(bytes)).length, `seed ${seed}`).toBeLessThanOrEqual(bytes.length)
    }
  })
})
