import { readSharedConfig } from '../config.js'
import { releaseAccount } from '../core/people/bind-account.js'
import { showInstant } from '../text/index.js'
import { accountCli as t } from '../text/vi/cli/account.js'
import { withStore } from './database.js'
import { unknownCommand } from './unknown-command.js'

/**
 * `account show EMAIL`: the accounts of a person. `account release EMAIL`: unbinds them, so that the next account of a full
 * member with this e-mail is bound. Returns the exit code: 1 where nobody on the roster has the e-mail.
 */
export async function account(args: string[]): Promise<number> {
  const [action = '', email, ...rest] = args
  if ((action !== 'show' && action !== 'release') || rest.length > 0) return unknownCommand('account', ...args)
  if (!email) {
    console.error(t.needEmail)
    return 2
  }
  const { timeZone } = readSharedConfig(process.env)
  return withStore(async (store, workspaceId) => {
    const found = await store.read(async (tx) => {
      const person = await tx.people.byEmail(workspaceId, email.trim().toLowerCase())
      return person && { person, accounts: await tx.personalData.accounts(workspaceId, person.id) }
    })
    if (!found) {
      console.error(t.nobody(email))
      return 1
    }
    const { person, accounts } = found
    if (accounts.length === 0) console.log(t.none(person.fullName))
    else if (action === 'show')
      for (const { platform, externalId, metAt } of accounts)
        console.log(t.line(person.fullName, platform, externalId, showInstant(metAt, timeZone)))
    else {
      await store.write(async (tx) => {
        const use = { tx, now: new Date() }
        for (const { platform, externalId } of accounts)
          await releaseAccount(use, { workspaceId, platform, externalId }, person.id, null, { via: 'cli' })
      })
      console.log(t.released(person.fullName, accounts.length))
    }
    return 0
  })
}
