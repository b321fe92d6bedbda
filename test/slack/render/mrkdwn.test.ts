import { describe, expect, it } from 'vitest'
import { block } from '../../../src/commands/blocks.js'
import { home, message, page } from '../../../src/slack/render/render.js'
import { bold, link } from '../../../src/text/rich.js'
import { formatted, textObjects } from './formatted.js'

const typed = [
  '*đậm*',
  '**đậm**',
  'a *đậm* b',
  '"*đậm*"',
  '_nghiêng_',
  'IMG _2024_ .jpg',
  '~gạch~ và ~20 người~',
  '`mã`',
  '```mã\nhai dòng```',
  '> trích\n>> sâu',
  'dòng\n  > trích',
  ':tada: :100: :+1:',
  '*_~`tất cả`~_*',
  '*một\n*hai*\n* ba *',
  '(*a*)_b_~c~:x:`d`',
  '<https://x.vn|bấm> &amp; <@U1> <!channel>',
]

/** The text of all sections and contexts, as it is read: entities decoded, signs of no width not seen. */
const read = (blocks: unknown): string =>
  JSON.stringify(blocks)
    .replaceAll('\uFEFF', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll('ˋ', '`')

describe('what people typed', () => {
  it.each(typed)('is shown as it was typed in every kind of block: %j', (text) => {
    const blocks = [
      block.text(text),
      block.text(['Lý do: ', text, ' hết']),
      block.text([bold('Lý do: '), text]),
      block.text([bold(text), ` – ${text}`]),
      block.text([bold('Tệp'), ...text]),
      block.text([bold(`Đơn vị ${text} ba`), text]),
      block.note(text),
      block.note([bold('Tệp'), text]),
      block.item(text, [{ label: text, action: 'x' }]),
      block.item(
        [bold('1'), text],
        [
          { label: text, action: 'x' },
          { label: text, action: 'y' },
        ],
      ),
      block.heading(text.replaceAll('\n', ' ')),
    ]
    for (const rendered of [
      message({ summary: text, blocks }),
      home({ summary: text, blocks }),
      page({ title: 'x', blocks }),
      message({ summary: text, blocks: [block.table('x', [{ label: text }], [[text, text]])] }),
      home({ summary: text, blocks: [block.table('x', [{ label: text }, { label: text }], [[text, text]])] }),
    ]) {
      const { mrkdwn, drawsEmoji } = textObjects(rendered)
      const formats = [...mrkdwn, 'text' in rendered ? rendered.text : ''].flatMap(formatted)
      // Only our own bold pieces, which are whole texts of this test.
      const ours = ['Lý do:', 'Tệp', '1', text, `Đơn vị ${text} ba`].map((t) => read(t))
      expect(formats.filter(([, inside]) => !ours.includes(read(inside)))).toEqual([])
      expect(formats.filter(([format]) => format !== 'bold')).toEqual([])
      expect(drawsEmoji.filter((t) => /:[\w+'-]+:/.test(t))).toEqual([])
    }
    expect(read(message({ summary: '', blocks: [block.text(text)] }).blocks)).toContain(
      JSON.stringify(text).slice(1, -1),
    )
  })

  it('is quoted as one quotation', () => {
    for (const text of typed) {
      const { mrkdwn } = textObjects(message({ summary: '', blocks: [block.quote(text)] }))
      const formats = mrkdwn.flatMap(formatted)
      expect(formats.map(([format]) => format)).toEqual(text.split('\n').map(() => 'quote'))
    }
  })

  it('with a backtick and no formatting of ours keeps it', () => {
    const { blocks } = message({ summary: '', blocks: [block.text('Chạy `npm` rồi')] })
    expect(blocks[0]).toMatchObject({ text: { type: 'plain_text', text: 'Chạy `npm` rồi' } })
  })

  it('inside words and addresses is left alone', () => {
    const { blocks } = message({
      summary: '',
      blocks: [block.text([bold('Tệp '), 'anh_1_2.jpg', link('https://x.vn/a_b*c*?d=~e~', 'a_b')])],
    })
    expect(blocks[0]).toMatchObject({ text: { text: '*Tệp* anh_1_2.jpg<https://x.vn/a_b*c*?d=~e~|a_b>' } })
  })

  it('leaves our own bold bold, where its text allows it', () => {
    const of = (text: string) =>
      textObjects(message({ summary: '', blocks: [block.text([bold(text), ' 5'])] })).mrkdwn.flatMap(formatted)
    expect(of('Khoa _Cơ_ khí').map(([format]) => format)).toEqual(['bold'])
    expect(of('Khoa `Cơ` khí').map(([format]) => format)).toEqual(['bold'])
    expect(of('Khoa *Cơ* khí')).toEqual([])
  })
})
