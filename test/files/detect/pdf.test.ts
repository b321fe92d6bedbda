import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fixture } from '../fixtures.js'
import { stage } from '../stage.js'

const stream = (dictionary: string, data: Buffer | string) =>
  Buffer.concat([
    Buffer.from(`7 0 obj\n<<${dictionary}>>\nstream\n`),
    Buffer.from(data),
    Buffer.from('\nendstream\nendobj\n'),
  ])
const pdf = (...parts: (string | Buffer)[]) =>
  Buffer.concat([Buffer.from('%PDF-1.7\n'), ...parts.map((p) => Buffer.from(p)), Buffer.from('\n%%EOF\n')])
const packed = (text: string) => deflateSync(Buffer.from(text))
const objects = '5 0 <</Type/Action/S/JavaScript/JS(app.alert(1))>>'

describe('a PDF', () => {
  it.each([
    ['with bytes before its beginning', fixture('pdf-two-spaces.pdf')],
    ['with a line of text before its beginning', Buffer.concat([Buffer.alloc(900, 'x'), pdf('1 0 obj\n<<>>\nendobj')])],
    [
      'that speaks of scripts in a text',
      pdf('1 0 obj\n<</Title(About /JavaScript and \\(/JS)>>\nendobj % /JavaScript\n'),
    ],
    ['with such letters in its data', pdf(stream('/Length 30', 'abc /JS /JavaScript /S /Launch'))],
    ['with a layer named Launch', pdf('1 0 obj\n<</Name/Launch/JSX 1>>\nendobj')],
  ])('is kept as it is %s', async (_, bytes) => {
    const { take, cleaned } = await stage()
    expect(await take(bytes)).toMatchObject({ kind: 'pdf', mime: 'application/pdf' })
    expect((await cleaned(bytes)).equals(bytes)).toBe(true)
  })

  const scripts: [string, Buffer][] = [
    ['JavaScript when it is opened', pdf('1 0 obj\n<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>\nendobj')],
    ['a name with escaped letters', pdf('1 0 obj\n<</S/J#61vaScr#69pt/J#53 4 0 R>>\nendobj')],
    ['a list of scripts', pdf('1 0 obj\n<</Names<</JavaScript 9 0 R>>>>\nendobj')],
    ['a program that is started', pdf('1 0 obj\n<</S /Launch /F(cmd.exe)>>\nendobj')],
    ['a program, with a comment between', pdf('1 0 obj\n<</S %x\n/L#61unch /F(cmd.exe)>>\nendobj')],
    ['a compressed list of objects', pdf(stream('/Type/ObjStm/Filter/FlateDecode', packed(objects)))],
    ['one with escaped names', pdf(stream('/Type/Obj#53tm/Filter[/Fl#61teDecode]', packed(objects)))],
    [
      'one in two codings',
      pdf(stream('/Type/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]', `${packed(objects).toString('hex')}>`)),
    ],
    [
      'a place behind much data',
      pdf(stream('/Length 0', Buffer.alloc(300_000, 'a')), '1 0 obj\n<</S/JavaScript>>\nendobj'),
    ],
    [
      'a place at the edge of what is read at once',
      pdf('%'.padEnd(65_518, 'a'), '\n1 0 obj\n<</S/JavaScript>>\nendobj'),
    ],
  ]
  it.each(scripts)('is refused with %s', async (_, bytes) => {
    const { take, files } = await stage()
    await expect(take(bytes)).rejects.toMatchObject({ why: 'refused', reason: 'script' })
    expect(files()).toEqual([])
  })
})
