import { describe, expect, it } from 'vitest'
import { changeSetting } from '../../../src/core/campaign/change-setting.js'
import { settingsOf } from '../../../src/core/campaign/read-settings.js'
import { UserError } from '../../../src/core/errors.js'
import { accept, confirm, returnToAuthor, revise, submit, withdraw } from '../../../src/core/submission/decide.js'
import { type SubmissionState, submissionStates } from '../../../src/core/submission/state.js'
import { type College, content, foundCollege } from '../college.js'
import type { OpenStore } from '../open-store.js'

const people = ['member0', 'head0', 'deputy0', 'member1', 'head1', 'board', 'office'] as const
type Who = (typeof people)[number]

const actions = {
  edit: (college, id) => (use) => revise(use, college.campaign, id, content(college.units[0]?.id as string, 'a2')),
  withdraw: (college, id) => (use) => withdraw(use, college.campaign, id),
  confirm: (college, id) => (use) => confirm(use, college.campaign, id),
  return: (college, id) => (use) => returnToAuthor(use, college.campaign, id, 'Thiếu ảnh'),
  accept: (college, id) => (use) => accept(use, college.campaign, id, null),
} satisfies Record<string, (college: College, id: string) => (use: Parameters<typeof confirm>[0]) => Promise<unknown>>
type Action = keyof typeof actions

/** Who may do what in which state; anything else is refused. member0 is the author. */
const allowed = (headConfirms: boolean): Record<Action, Partial<Record<SubmissionState, Who[]>>> => ({
  edit: { submitted: ['member0'], confirmed: ['member0'], returned: ['member0'] },
  withdraw: { submitted: ['member0'], confirmed: ['member0'], returned: ['member0'] },
  confirm: { submitted: ['head0', 'deputy0'] },
  return: { submitted: ['head0', 'deputy0', 'board'], confirmed: ['board'] },
  accept: { ...(headConfirms ? {} : { submitted: ['board'] }), confirmed: ['board'] },
})

/** Who has the permission at all; others are told so in any state. */
const entitled: Record<Action, Who[]> = {
  edit: ['member0'],
  withdraw: ['member0'],
  confirm: ['head0', 'deputy0'],
  return: ['head0', 'deputy0', 'board'],
  accept: ['board'],
}

/** Creates a submission in each state, by people other than those above. */
async function inState(college: College, state: SubmissionState): Promise<string> {
  const { campaign } = college
  const { id } = await college.run('member0', (use) =>
    submit(use, campaign, content(college.units[0]?.id as string, 'a1'), null),
  )
  if (state === 'submitted') return id
  if (state === 'withdrawn') await college.run('member0', (use) => withdraw(use, campaign, id))
  else if (state === 'returned') await college.run('other', (use) => returnToAuthor(use, campaign, id, 'x'))
  else await college.run('other', (use) => confirm(use, campaign, id))
  if (state === 'accepted') await college.run('other', (use) => accept(use, campaign, id, null))
  return id
}

/** A person with all permissions, so that none of the people in the table has acted before. */
async function addAnother(college: College): Promise<void> {
  const { workspaceId, units, newId } = college
  const board = (await college.as('board')).roles[0]?.unit.id as string
  await college.write(async (tx) => {
    const id = newId()
    await tx.people.put(workspaceId, { id, fullName: 'other', email: 'other@cdn.example' }, true)
    await tx.people.setRoles(workspaceId, id, [
      { role: 'head', unitId: units[0]?.id as string },
      { role: 'command_board', unitId: board },
    ])
  })
}

/** Every state × person × action, through the core on stored rows. */
export function statesContract(open: OpenStore): void {
  describe('a decision', () => {
    it.each([true, false])(
      'is made only by those who may, in a state in which it is possible (headConfirms: %s)',
      async (headConfirms) => {
        const college = await foundCollege(await open(), 2)
        await addAnother(college)
        await college.run('office', (use) => changeSetting(use, 'headConfirms', headConfirms))
        const table = allowed(headConfirms)
        for (const state of submissionStates)
          for (const who of people)
            for (const action of Object.keys(actions) as Action[]) {
              const id = await inState(college, state)
              const last = () => college.store.read((tx) => tx.submissions.lastEvent(id))
              const before = await last()
              const error = await college.run(who, actions[action](college, id)).then(
                () => undefined,
                (e: unknown) => e,
              )
              const at = `${action} by ${who} when ${state}`
              const may = table[action][state]?.includes(who) ?? false
              expect([at, (await last())?.id !== before?.id]).toEqual([at, may])
              if (may) {
                expect([at, error]).toEqual([at, undefined])
                continue
              }
              // A second withdrawal by the author changes nothing.
              if (at === 'withdraw by member0 when withdrawn') continue
              expect([at, error instanceof UserError]).toEqual([at, true])
              const early = action === 'accept' && state === 'submitted'
              const key = !entitled[action].includes(who)
                ? 'access.denied'
                : early
                  ? 'submission.head_first'
                  : 'submission.state_changed'
              expect([at, (error as UserError).key]).toEqual([at, key])
            }
        await college.store.close()
      },
    )

    it('has no effect and no error when the same person repeats it', async () => {
      const college = await foundCollege(await open())
      const id = await confirmedOne(college)
      const press = () => college.run('board', (use) => accept(use, college.campaign, id, null))
      const [first, second] = await Promise.all([press(), press()])
      expect([first.state, second.state]).toEqual(['accepted', 'accepted'])
      const log = await college.store.read((tx) => tx.audit.after(college.workspaceId, 0, 100))
      const rows = log.filter((r) => r.byId !== null)
      expect(rows.map((r) => r.action)).toEqual(['submission.submitted', 'submission.confirmed', 'submission.accepted'])
      const told = await college.store.read((tx) => tx.outbox.byKeys(college.workspaceId, `submission:${id}:outcome:`))
      expect(told).toHaveLength(2)
      await college.store.close()
    })

    it('does not accept a text that was revised after it was seen', async () => {
      const college = await foundCollege(await open())
      const { campaign, store, units } = college
      const id = await confirmedOne(college)
      const seen = (await store.read((tx) => tx.submissions.lastWriting(id)))?.id as string
      await college.run('member0', (use) => revise(use, campaign, id, content(units[0]?.id as string, 'a1')))
      await college.run('head0', (use) => confirm(use, campaign, id))
      await expect(college.run('board', (use) => accept(use, campaign, id, seen))).rejects.toMatchObject({
        key: 'submission.rewritten',
        params: { by: 'member 0' },
      })
      const now = (await store.read((tx) => tx.submissions.lastWriting(id)))?.id as string
      expect(await college.run('board', (use) => accept(use, campaign, id, now))).toMatchObject({ state: 'accepted' })
      await store.close()
    })

    it('to return notifies the author, and the heads too when it is the Board’s', async () => {
      const college = await foundCollege(await open())
      const { campaign, store, workspaceId } = college
      const id = await confirmedOne(college)
      await college.run('board', (use) => returnToAuthor(use, campaign, id, 'Thiếu số'))
      const keys = (await store.read((tx) => tx.outbox.byKeys(workspaceId, `submission:${id}:`))).map((m) => [
        m.key.split(':')[2],
        m.personId,
      ])
      const [author, head] = [(await college.as('member0')).person.id, (await college.as('head0')).person.id]
      expect(keys.filter(([kind]) => kind === 'board_returned')).toEqual([['board_returned', head]])
      expect(keys.filter(([kind]) => kind === 'outcome')).toEqual([
        ['outcome', author],
        ['outcome', author],
      ])
      const other = await inState(college, 'submitted')
      await college.run('head0', (use) => returnToAuthor(use, campaign, other, 'Thiếu số'))
      expect(await store.read((tx) => tx.outbox.byKeys(workspaceId, `submission:${other}:board_returned:`))).toEqual([])
      await store.close()
    })
  })

  describe('the settings', () => {
    it('are changed by the office, with one audit row for each change', async () => {
      const college = await foundCollege(await open())
      const { store, workspaceId } = college
      const settings = () => store.read((tx) => settingsOf(tx, workspaceId))
      expect(await settings()).toMatchObject({ headConfirms: true })
      expect(await college.run('office', (use) => changeSetting(use, 'headConfirms', false))).toBe(true)
      expect(await college.run('office', (use) => changeSetting(use, 'headConfirms', false))).toBe(false)
      for (const who of ['board', 'head0', 'member0'])
        await expect(college.run(who, (use) => changeSetting(use, 'headConfirms', true))).rejects.toMatchObject({
          key: 'access.denied',
          params: { need: 'settings' },
        })
      expect(await settings()).toMatchObject({ headConfirms: false })
      const log = await store.read((tx) => tx.audit.after(workspaceId, 0, 100))
      const rows = log.filter((r) => r.byId !== null)
      expect(rows.map((r) => [r.action, r.subject, r.data])).toEqual([
        ['setting.changed', 'workspace', { name: 'headConfirms', from: true, to: false }],
      ])
      await store.close()
    })
  })
}

/** A submission confirmed by head0. */
async function confirmedOne(college: College): Promise<string> {
  const id = await inState(college, 'submitted')
  await college.run('head0', (use) => confirm(use, college.campaign, id))
  return id
}
