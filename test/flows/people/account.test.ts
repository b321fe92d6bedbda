import { afterEach, describe, expect, test } from 'vitest'
import { account } from '../../../src/cli/account.js'
import type { SeedUser } from '../../../src/local-slack/state/workspace.js'
import { onStage } from '../on-stage.js'
import { cast, exampleRoster, forge, type Stage, setStage } from '../stage.js'

/** Which account of the chat becomes which person of the roster. */

let stage: Stage
const { person, last, sent, handIn } = onStage(() => stage)
afterEach(() => stage.close())

const HEAD = 'khanhnv@agvc.edu.vn'
const open = async (users: SeedUser[], without: string[] = [], roster = true): Promise<string> => {
  const email = (await exampleRoster()).people.find((p) => p.fullName === 'Nguyễn Văn Khánh')?.email ?? HEAD
  stage = await setStage({
    admins: [cast.admin],
    users: users.map((u) => ({ ...u, email: u.email ?? email })),
    without: without.map(() => email),
    ...(roster ? {} : { roster: false as const }),
  })
  return email
}
const bound = async () => {
  const { workspaceId } = stage.bot
  return stage.store.read(async (tx) => {
    const head = (await tx.people.roster(workspaceId)).find((p) => p.person.fullName === 'Nguyễn Văn Khánh')
    return (await tx.personalData.accounts(workspaceId, head?.person.id ?? '')).map((a) => a.externalId)
  })
}
const told = async (who: string) => {
  await sent()
  return person(who)
    .messages()
    .filter((m) => m.visibleText.includes('mang e-mail của'))
}
const actions = async () =>
  (await stage.store.read((tx) => tx.audit.after(stage.bot.workspaceId, 0, 1000))).map((r) => r.action)

const strangers: [string, Partial<SeedUser>][] = [
  ['of another workspace', { team_id: 'T0OTHER' }],
  ['a stranger', { is_stranger: true }],
  ['a guest of several channels', { is_restricted: true }],
  ['a guest of one channel', { is_restricted: true, is_ultra_restricted: true }],
  ['closed', { deleted: true }],
  ['a bot', { is_bot: true }],
  ['of another workspace of the organisation', { enterprise_user: { teams: ['T0OTHER'] } }],
  ['of another organisation', { team_id: 'T0OTHER', enterprise_user: { teams: ['T0OTHER', 'T0THIRD'] } }],
]

describe.each(strangers)('an account that is %s', (_, is) => {
  test('is not bound by its e-mail, whether it comes or is looked up; the Office and the admins learn of it once', async () => {
    await open([{ id: 'UFALSE', real_name: 'Khánh Giả', ...is }], ['head'])
    await person(cast.admin).command('/thidua')
    for (const line of ['/thidua', '/thidua trangthai', '/thidua baocao']) {
      const answer = (await person('UFALSE').command(line)).messages.at(-1)
      expect(answer?.visibleText).toContain('không phải thành viên chính thức')
      expect(answer?.visibleText).toContain('Phòng đã được báo')
    }
    await person('UFALSE').openHome()
    if (!is.is_bot) expect(person('UFALSE').home()?.visibleText).toContain('không phải thành viên chính thức')
    await handIn()
    expect(await bound()).toEqual([])
    expect(
      person('UFALSE')
        .messages()
        .filter((m) => m.visibleText.includes('Huấn luyện')),
    ).toEqual([])
    for (const who of [cast.office, cast.admin]) {
      expect(await told(who)).toHaveLength(1)
      expect((await told(who))[0]?.buttons).toEqual([])
    }
  })
})

test('a member of this workspace on Enterprise Grid is bound', async () => {
  const grid = { team_id: 'E0ORG', enterprise_user: { teams: ['T0OTHER', 'T0THIDUA'] } }
  await open([{ id: 'UGRID', real_name: 'Nguyễn Văn Khánh', ...grid }], ['head'])
  expect((await person('UGRID').command('/thidua')).messages.at(-1)?.visibleText).toContain('Nguyễn Văn Khánh')
  expect(await bound()).toEqual(['UGRID'])
})

describe('a second account with the e-mail of a person', () => {
  const second: SeedUser = { id: 'USECOND', real_name: 'Khánh Mới' }

  test('is refused while the first is open; it reads nothing, and messages go to the first', async () => {
    await open([second])
    await person(cast.head).command('/thidua')
    await handIn()
    const before = person(cast.head).messages().length
    expect((await person('USECOND').command('/thidua trangthai')).messages.at(-1)?.visibleText).toContain(
      'đang gắn với một tài khoản Slack khác',
    )
    await handIn('Huấn luyện đợt 2')
    expect(person(cast.head).messages().length).toBeGreaterThan(before)
    expect(
      person('USECOND')
        .messages()
        .map((m) => m.visibleText)
        .join(),
    ).not.toContain('Huấn luyện')
    expect(await bound()).toEqual([cast.head])
    expect(await told(cast.office)).toHaveLength(1)
    expect((await told(cast.office))[0]?.visibleText).toContain('“*Khánh Mới*”')
  })

  test('takes the place of the first when that is closed, or unknown to the chat', async () => {
    await open([second])
    await person(cast.head).command('/thidua')
    Object.assign(stage.slack.workspace.users.get(cast.head) ?? {}, { deleted: true })
    expect((await person('USECOND').command('/thidua')).messages.at(-1)?.visibleText).toContain('Nguyễn Văn Khánh')
    expect(await bound()).toEqual(['USECOND'])
    expect(await told(cast.office)).toEqual([])
    await handIn()
    expect(last('USECOND')?.buttons).toContain('Xác nhận')
    expect(await actions()).toContain('account.released')
    // The first account, opened again, has no person: it does not take over in turn.
    Object.assign(stage.slack.workspace.users.get(cast.head) ?? {}, { deleted: false })
    await person(cast.head).command('/thidua')
    expect(await bound()).toEqual(['USECOND'])
  })

  test('is not bound when the chat does not tell whether the first is closed', async () => {
    await open([second])
    await person(cast.head).command('/thidua')
    stage.slack.fail('users.info', { status: 500, times: 9, when: ({ user }) => user === cast.head })
    expect((await person('USECOND').command('/thidua')).messages.at(-1)?.visibleText).toContain('phản hồi chậm')
    expect(await bound()).toEqual([cast.head])
  })

  test('is bound by the Office or an admin, with one press, in the log; nobody else may', async () => {
    await open([second])
    await person(cast.head).command('/thidua')
    await person(cast.board).command('/thidua')
    await person('USECOND').command('/thidua')
    const [notice] = await told(cast.office)
    expect(notice?.buttons).toEqual(['Chuyển sang tài khoản này'])
    const value =
      JSON.stringify(notice?.blocks)
        .match(/"value":"(\{.*?\})"/)?.[1]
        ?.replaceAll('\\"', '"') ?? ''
    expect(await forge(stage, cast.board, 'account.move', value)).toContain('Không có gì thay đổi')
    const forged = JSON.stringify({ ...JSON.parse(value), account: cast.lecturer })
    expect(await forge(stage, cast.office, 'account.move', forged)).toContain('Nút này đã cũ')
    expect(await bound()).toEqual([cast.head])
    await person(cast.office).click('Chuyển sang tài khoản này')
    await sent()
    expect(await bound()).toEqual(['USECOND'])
    expect((await told(cast.office))[0]?.visibleText).toContain('✅ Đã chuyển')
    expect((await told(cast.office))[0]?.buttons).toEqual([])
    expect(await actions()).toEqual(expect.arrayContaining(['account.released', 'account.moved', 'account.bound']))
    expect((await person('USECOND').command('/thidua')).messages.at(-1)?.visibleText).toContain('Nguyễn Văn Khánh')
  })

  test('is bound after the command line released the first', async () => {
    const email = await open([second])
    await person(cast.head).command('/thidua')
    const { vi } = await import('vitest')
    vi.stubEnv('DATABASE_URL', stage.databaseUrl)
    const printed: string[] = []
    const spies = (['log', 'error'] as const).map((m) =>
      vi.spyOn(console, m).mockImplementation((s) => void printed.push(s)),
    )
    try {
      expect(await account(['show', email])).toBe(0)
      expect(await account(['release', email.toUpperCase()])).toBe(0)
      expect(await account(['show', email])).toBe(0)
      expect(await account(['show', 'nobody@truong.vn'])).toBe(1)
      expect(await account(['release'])).toBe(2)
      expect(await account(['remove', email])).toBe(2)
    } finally {
      for (const spy of spies) spy.mockRestore()
      vi.unstubAllEnvs()
    }
    expect(printed.join('\n')).toContain(cast.head)
    expect(printed.join('\n')).toContain('chưa gắn với tài khoản nào')
    expect(await actions()).toContain('account.released')
    expect((await person('USECOND').command('/thidua')).messages.at(-1)?.visibleText).toContain('Nguyễn Văn Khánh')
    expect(await bound()).toEqual(['USECOND'])
  })
})

test('an account of somebody on the roster stays theirs when its e-mail becomes that of another person', async () => {
  const email = await open([], ['head'])
  await person(cast.lecturer).command('/thidua')
  Object.assign(stage.slack.workspace.users.get(cast.lecturer) ?? {}, { email })
  await handIn()
  expect(await bound()).toEqual([])
  expect((await person(cast.lecturer).command('/thidua')).messages.at(-1)?.visibleText).toContain('Lê Hoàng Phúc')
  expect((await told(cast.office))[0]?.visibleText).toContain('tài khoản của người khác trong danh sách')
})

test('a guest who is named as an admin does not become a person by it', async () => {
  const email = await open(
    [{ id: cast.admin, real_name: 'Khách', is_restricted: true, email: 'khach@noi.khac' }],
    [],
    false,
  )
  expect(email).toBeTruthy()
  await person(cast.admin).command('/thidua')
  expect(
    await stage.store.read((tx) => tx.accounts.byExternalId(stage.bot.workspaceId, 'slack', cast.admin)),
  ).toBeUndefined()
})
