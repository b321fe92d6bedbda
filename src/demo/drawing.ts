import { deflateSync } from 'node:zlib'
import { chunk } from '../files/strip/png.js'

/** Small photos and documents for the demo, drawn by code so that the repository holds no real ones. */

type Colour = readonly [number, number, number]
const WIDTH = 480
const HEIGHT = 320
const GROUND = 210

const scenes: readonly { sky: Colour; ground: Colour; coat: Colour }[] = [
  { sky: [126, 182, 226], ground: [122, 150, 84], coat: [62, 92, 58] },
  { sky: [244, 196, 138], ground: [168, 138, 98], coat: [52, 78, 120] },
  { sky: [186, 210, 222], ground: [140, 144, 148], coat: [196, 92, 44] },
]

const SKIN: Colour = [214, 170, 132]
const RED: Colour = [200, 32, 40]
const YELLOW: Colour = [250, 212, 60]

/** A PNG of 480 × 320: people in a row, a flag and the sun. Every number draws another picture. */
export function drawPhoto(number: number): Buffer {
  const { sky, ground, coat } = scenes[number % scenes.length] as (typeof scenes)[number]
  // Each of these goes through its values at a pace of its own.
  const people = 3 + (number % 5)
  const flag = 300 + 20 * (number % 7)
  const sun = 40 + 23 * (number % 11)
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3))
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const shade = y < GROUND ? 1 + (GROUND - y) / 900 : 1 - (y - GROUND) / 500
      const front = figureAt(x, y, coat, people) ?? flagAt(x - flag, y) ?? sunAt(x - sun, y)
      const back = y < GROUND ? sky : ground
      const at = y * (1 + WIDTH * 3) + 1 + x * 3
      for (let i = 0; i < 3; i++)
        rows[at + i] = Math.min(255, front ? (front[i] as number) : (back[i] as number) * shade)
    }
  const size = Buffer.alloc(13)
  size.writeUInt32BE(WIDTH, 0)
  size.writeUInt32BE(HEIGHT, 4)
  // 8 bits for each channel; colour type 2 is RGB.
  size.set([8, 2], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function figureAt(x: number, y: number, coat: Colour, people: number): Colour | undefined {
  const n = Math.floor(x / (WIDTH / people))
  const middle = (n + 0.5) * (WIDTH / people)
  const top = 150 + (n % 3) * 8
  if ((x - middle) ** 2 + (y - top) ** 2 < 17 ** 2) return SKIN
  return y > top + 18 && y < top + 110 && Math.abs(x - middle) < 14 + (y - top) / 9 ? coat : undefined
}

/** `x` from the pole. */
function flagAt(x: number, y: number): Colour | undefined {
  if ((x - 45) ** 2 + (y - 62) ** 2 < 15 ** 2) return YELLOW
  if (x > 6 && x < 84 && y > 36 && y < 88) return RED
  return x > 0 && x <= 6 && y > 30 && y < GROUND ? [90, 80, 70] : undefined
}

/** `x` from its middle. */
const sunAt = (x: number, y: number): Colour | undefined =>
  x ** 2 + (y - 60) ** 2 < 22 ** 2 ? [255, 244, 200] : undefined

/** A PDF of one A4 page with grey bars in place of text. Every number draws another page. */
export function drawPaper(number: number): Buffer {
  const bar = (x: number, y: number, width: number, height = 5) => `${x} ${y} ${width} ${height} re f`
  const lines = Array.from({ length: 22 }, (_, n) => [
    bar(70, 640 - n * 24, 18),
    bar(100, 640 - n * 24, 430 - ((n + number) % 4) * 60 - number),
  ])
  const drawing = ['0.35 g', bar(170, 740, 260, 9), bar(210, 718, 180, 7), '0.72 g', ...lines.flat()].join('\n')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
  ]
  let pdf = '%PDF-1.4\n'
  const offsets = objects.map((object, n) => {
    const at = pdf.length
    pdf += `${n + 1} 0 obj\n${object}\nendobj\n`
    return `${String(at).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`
  return Buffer.from(pdf + table + trailer, 'latin1')
}
