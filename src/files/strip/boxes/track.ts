import { type Bytes, type Patch, readExactly } from '../bytes.js'
import { type Box, blank, boxesIn, childOf, isVersion1, keepOnly, type Rule, zeros } from './boxes.js'
import { cleanDescription, type Description } from './sample-entry.js'

/** A track of a film. */
export interface Track {
  box: Box
  id: number
  /** Undefined for a track that is dropped. */
  description: Description | undefined
  stbl: Box | undefined
}

/** Sample groups that tell where decoding may begin; others can hold anything. */
const groups = new Set(['roll', 'prol', 'rap ', 'sync', 'tscl', 'tsas', 'stsa'])

/** Patches for a film's index: tracks of picture and sound, without names, dates and user data. */
export const cleanIndex = (file: Bytes, moov: Box, tracks: readonly Track[]): Promise<Patch[]> =>
  keepOnly(file, moov.from, moov.to, {
    mvhd: (box) => withoutDates(file, box),
    mvex: { mehd: 'keep', trex: 'keep' },
    trak: (box) => {
      const kept = tracks.find((t) => t.box.at === box.at)?.description
      return kept ? cleanTrack(file, box, kept) : [blank(box)]
    },
  })

const cleanTrack = (file: Bytes, track: Box, { kind }: Description): Promise<Patch[]> =>
  keepOnly(file, track.from, track.to, {
    tkhd: (box) => withoutDates(file, box),
    edts: { elst: 'keep' },
    tapt: { clef: 'keep', prof: 'keep', enof: 'keep' },
    // Layers of one picture; other references lead to tracks that are dropped.
    tref: { sbas: 'keep', scal: 'keep', auxl: 'keep', vdep: 'keep' },
    mdia: {
      mdhd: (box) => withoutDates(file, box),
      hdlr: (box) => withoutName(box),
      minf: {
        vmhd: 'keep',
        smhd: 'keep',
        gmhd: { gmin: 'keep' },
        hdlr: (box) => withoutName(box),
        dinf: { dref: (box) => withoutPaths(file, box) },
        stbl: {
          ...{
            stts: 'keep',
            ctts: 'keep',
            cslg: 'keep',
            stss: 'keep',
            stps: 'keep',
            stsc: 'keep',
            stsz: 'keep',
            stz2: 'keep',
          },
          ...{ stco: 'keep', co64: 'keep', sdtp: 'keep' },
          stsd: (box) => cleanDescription(file, box, kind),
          ...groupRules(file),
        },
      },
    },
  })

/** Patches for a fragment (`moof`). */
export const cleanFragment = (file: Bytes, moof: Box, isKept: (track: number) => boolean): Promise<Patch[]> =>
  keepOnly(file, moof.from, moof.to, {
    mfhd: 'keep',
    traf: async (box) => {
      const tfhd = await childOf(file, box, 'tfhd')
      const id = tfhd && (await readExactly(file, tfhd.from + 4, 4)).readUInt32BE()
      if (id === undefined || !isKept(id)) return [blank(box)]
      return keepOnly(file, box.from, box.to, {
        tfhd: 'keep',
        tfdt: 'keep',
        trun: 'keep',
        sdtp: 'keep',
        ...groupRules(file),
      })
    },
  })

const groupRules = (file: Bytes): Record<string, Rule> => {
  const rule = async (box: Box) => {
    const type = (await file.read(box.from + 4, 4)).toString('latin1')
    return groups.has(type) ? [] : [blank(box)]
  }
  return { sgpd: rule, sbgp: rule }
}

/** Overwrites the dates of a header (`mvhd`, `tkhd`, `mdhd`): when it was filmed and cut. */
async function withoutDates(file: Bytes, box: Box): Promise<Patch[]> {
  return zeros(box.from + 4, Math.min(box.to, box.from + ((await isVersion1(file, box)) ? 20 : 12)))
}

/** Overwrites the name of a handler, and what QuickTime says of its maker. */
const withoutName = (box: Box): Patch[] => zeros(Math.min(box.from + 12, box.to), box.to)

/** Overwrites the paths in a data reference: a kept track's data lie in the file itself. */
export async function withoutPaths(file: Bytes, dref: Box): Promise<Patch[]> {
  const patches: Patch[] = []
  for await (const entry of boxesIn(file, dref.from + 8, dref.to))
    patches.push(...zeros(Math.min(entry.from + 4, entry.to), entry.to))
  return patches
}
