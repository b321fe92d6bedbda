/** Tags that convert colours (ICC.1:2022, 9.2, table 27 on; `vcgt` and texts are none of them). */
const kept = new Set(
  (
    'A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3 rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt ' +
    'chad chrm cicp clro gamt lumi meas ncl2 pre0 pre1 pre2 view rig0 rig2 tech'
  ).split(' '),
)
const CHUNK_HEAD = Buffer.from('ICC_PROFILE\0', 'latin1')
const MAX_PROFILE = 8 * 1024 * 1024

/**
 * A colour profile with whatever does not convert colours overwritten by zeros, in place: its texts, dates and devices can
 * name a person's screen. Undefined when it is none.
 */
export function cleanIcc(profile: Buffer): Buffer | undefined {
  if (profile.length < 132 || profile.toString('latin1', 36, 40) !== 'acsp') return undefined
  const count = profile.readUInt32BE(128)
  const table = 132 + 12 * count
  if (table > profile.length) return undefined
  const clean = Buffer.alloc(profile.length)
  const copy = (from: number, to: number) => profile.copy(clean, from, from, to)
  // The header without its date, the devices, the creator, the checksum and what is reserved.
  for (const [from, to] of [
    [0, 4],
    [8, 24],
    [36, 48],
    [64, 80],
    [128, table],
  ] as const)
    copy(from, to)
  for (let at = 132; at < table; at += 12) {
    const [from, size] = [profile.readUInt32BE(at + 4), profile.readUInt32BE(at + 8)]
    if (from < table || from + size > profile.length) continue
    // Of other tags their type remains, so that readers find an empty text.
    copy(from, from + (kept.has(profile.toString('latin1', at, at + 4)) ? size : Math.min(4, size)))
  }
  return clean
}

/** The bodies of a JPEG's ICC segments (B.4), cleaned and in order; none when they make no profile. */
export function cleanIccChunks(bodies: readonly Buffer[]): Buffer[] {
  const chunks = bodies.filter((b) => b.length > 14).sort((a, b) => (a[12] as number) - (b[12] as number))
  const parts = chunks.map((c) => c.subarray(14))
  if (chunks.some((c, i) => c[12] !== i + 1 || c[13] !== chunks.length)) return []
  if (parts.reduce((sum, p) => sum + p.length, 0) > MAX_PROFILE) return []
  const profile = cleanIcc(Buffer.concat(parts))
  if (!profile) return []
  let at = 0
  return parts.map((part, i) => {
    at += part.length
    return Buffer.concat([CHUNK_HEAD, Buffer.from([i + 1, parts.length]), profile.subarray(at - part.length, at)])
  })
}
