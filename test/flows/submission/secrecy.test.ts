import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { onStage } from '../on-stage.js'
import { cast, forge, type Stage, setStage } from '../stage.js'

/** Text with a stamp of state secrecy, and what is left of it. */

let stage: Stage
const { person, say } = onStage(() => stage)
beforeEach(async () => {
  stage = await setStage()
})
afterEach(() => stage.close())

const SECRET = 'Phuong-an-tac-chien-cum-3'

/** Whether a text is anywhere in the database's files. */
const inFiles = (text: string): boolean =>
  ['thidua.db', 'thidua.db-wal'].some((name) => readFileSync(path.join(stage.dir, name)).includes(text))

/** Types a text letter by letter from where its stamp begins, as the chat reports it. */
async function type(who: string, field: string, before: string, letters: string): Promise<void> {
  for (let n = 1; n <= letters.length; n++) await person(who).fill({ [field]: before + letters.slice(0, n) })
}

describe('the evidence form', () => {
  test('keeps nothing of a field in which a stamp appears, neither in rows nor in the files', async () => {
    const lecturer = person(cast.lecturer)
    await lecturer.command('/thidua nop a2')
    await lecturer.fill({ 'Liên kết': 'https://a.vn/1' })
    // Long enough to be stored outside its row's page.
    const long = `${SECRET} ${'nội dung rất dài '.repeat(120)}`
    await type(cast.lecturer, 'Kết quả', long, ' TỐI MẬ')
    expect(inFiles(SECRET)).toBe(true)
    await lecturer.fill({ 'Kết quả': `${long} TỐI MẬT` })
    expect(inFiles(SECRET)).toBe(false)
    // The stamp is deleted again, letter by letter, and the form is closed.
    await lecturer.fill({ 'Kết quả': `${long} TỐI MẬ` })
    await lecturer.fill({ 'Kết quả': long })
    await lecturer.close()
    expect(inFiles(SECRET)).toBe(false)
    const { view } = await lecturer.command('/thidua nop')
    expect(view?.fields.find((f) => f.label === 'Kết quả')?.value).toMatchObject({ value: null })
    expect(JSON.stringify(view?.fields)).toContain('https://a.vn/1')
  })

  test('that is refused loses what was autosaved of the field, says so at it, and stores its new text', async () => {
    const lecturer = person(cast.lecturer)
    await lecturer.command('/thidua nop a2')
    await lecturer.fill({ 'Kết quả': SECRET, 'Ngày thực hiện': '2024-05-17' })
    // The last letters arrive with the submission only.
    silently(cast.lecturer, 'Kết quả', `${SECRET} M Ậ T`)
    const refused = await lecturer.submit()
    expect(refused.view?.errors.text).toContain('“MẬT”')
    expect(refused.view?.errors.text).toContain('đã tự lưu trước đó')
    expect(inFiles(SECRET)).toBe(false)
    await lecturer.fill({ 'Kết quả': 'Huấn luyện 25/25' })
    expect(await draftTexts()).toEqual(['Huấn luyện 25/25'])
    expect((await lecturer.submit()).view?.visibleText).toContain('Đã nhận')
    expect(inFiles(SECRET)).toBe(false)
  })

  test('is not opened with a text that an older version stored', async () => {
    await person(cast.lecturer).command('/thidua nop a2')
    await person(cast.lecturer).fill({ 'Kết quả': 'Huấn luyện' })
    await person(cast.lecturer).close()
    const { default: Database } = await import('better-sqlite3')
    const db = new Database(path.join(stage.dir, 'thidua.db'))
    db.prepare("update draft set content = json_set(content, '$.text', ?)").run(`${SECRET} TỐIMẬT`)
    db.close()
    const { view } = await person(cast.lecturer).command('/thidua nop')
    expect(JSON.stringify(view)).not.toContain(SECRET)
  })
})

describe('a unit report', () => {
  test('keeps nothing of a text in which a stamp appears, and sends nothing of it', async () => {
    await say(cast.board, '/thidua lich sơ kết 28/06/2024')
    const head = person(cast.head)
    await head.command('/thidua baocao')
    await head.click('Ghi tự đánh giá')
    await type(cast.head, 'Tự đánh giá', `Theo văn bản ${SECRET}`, ' TỐI MẬ')
    await head.fill({ 'Khó khăn, kiến nghị': 'Thiếu sân tập' })
    expect(inFiles(SECRET)).toBe(true)
    silently(cast.head, 'Tự đánh giá', `Theo văn bản ${SECRET} TỐI MẬT`)
    expect(Object.values((await head.submit()).view?.errors ?? {}).join()).toContain('“TỐI MẬT”')
    expect(inFiles(SECRET)).toBe(false)
    await head.fill({ 'Tự đánh giá': `Theo văn bản ${SECRET} TỐI MẬ` })
    await head.close()
    await head.command('/thidua baocao')
    await head.click('Gửi báo cáo')
    expect(inFiles(SECRET)).toBe(false)
    await stage.sent()
    const seen = JSON.stringify(stage.slack.workspace.messages)
    expect(seen).not.toContain(SECRET)
    const [report] = await rows<{ difficulties: string }>('select difficulties from unit_report')
    expect(report?.difficulties).toBe('Thiếu sân tập')
  })
})

describe('a typed command', () => {
  const commands = [
    `nop a2 ${SECRET} TỐI MẬT`,
    `nop ${SECRET} TỐIMẬT`,
    `nopp a2 ${SECRET} M Ậ T`,
    `tim ${SECRET} TUYỆT MẬT`,
    `${SECRET} MẬT2`,
    `vang ${SECRET} МẬТ`,
    `trangthai ${SECRET} MẬ\u200bT`,
    `nhac ${SECRET} BÍ MẬT NHÀ NƯỚC`,
    `bangiay ${SECRET} ＭẬＴ`,
  ]

  test.each(commands)('“%s” is refused, and its words come back nowhere', async (line) => {
    const spoken: unknown[] = []
    for (const who of [cast.lecturer, cast.head, cast.board, cast.office]) {
      const answer = await say(who, `/thidua ${line}`)
      expect(answer?.visibleText).toContain('không được gửi qua mạng')
      // As a message to the bot, and as the value of a button.
      await person(who).say(line)
      spoken.push(await forge(stage, who, 'command', JSON.stringify({ name: line })))
      expect(person(who).modal()).toBeUndefined()
    }
    const answers = stage.slack.workspace.messages.filter((m) => m.user === stage.slack.botUserId)
    expect(JSON.stringify([answers, spoken])).not.toContain(SECRET)
    expect(inFiles(SECRET)).toBe(false)
  })

  test('files sent with such a text, and a search in the form, are refused alike', async () => {
    const photo = { name: 'a.jpg', mimetype: 'image/jpeg', bytes: Buffer.from('x') }
    await person(cast.lecturer).say(`${SECRET} M.Ậ.T`, { files: [photo] })
    await person(cast.lecturer).say('Huấn luyện', { files: [{ ...photo, name: `${SECRET}_TỐIMẬT.jpg` }] })
    await person(cast.lecturer).command('/thidua tim')
    await person(cast.lecturer).fill({ 'Từ khóa': `${SECRET} TUYỆT MẬT` })
    const refused = await person(cast.lecturer).submit()
    expect(Object.values(refused.view?.errors ?? {}).join()).toContain('“TUYỆT MẬT”')
    expect(inFiles(SECRET)).toBe(false)
    expect(await rows('select id from attachment')).toEqual([])
  })
})

/** Enters a text in a field without the event of the chat about it. */
function silently(who: string, label: string, text: string): void {
  const view = stage.slack.workspace.stacks.get(who)?.at(-1)
  const block = view?.blocks.find((b) => JSON.stringify(b.label)?.includes(label))
  if (!view || !block) throw new Error(`no field ${label}`)
  stage.slack.actions.fill(who, { view }, block, block.element as never, text)
}

async function rows<T>(sql: string): Promise<T[]> {
  const { default: Database } = await import('better-sqlite3')
  const db = new Database(path.join(stage.dir, 'thidua.db'), { readonly: true })
  try {
    return db.prepare(sql).all() as T[]
  } finally {
    db.close()
  }
}

const draftTexts = async (): Promise<unknown[]> =>
  (await rows<{ content: string }>('select content from draft')).map((r) => JSON.parse(r.content).text)
