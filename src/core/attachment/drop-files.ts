import { audit } from '../audit/append.js'
import { UserError } from '../errors.js'
import { aboutDrop, aboutSubmission } from '../outbox/topics.js'
import { authorize, handsIn } from '../people/access.js'
import type { Tx } from '../ports.js'
import { secrecyMark } from '../secrecy.js'
import type { Submission } from '../submission/submission.js'
import type { UseCase } from '../use-case.js'
import { attach, awaitFiles, checkFiles, nextPosition, secretMarkIn, tellOutcome } from './attach.js'
import { type Attachment, type IncomingFile, MAX_FILES } from './attachment.js'
import type { FileDrop } from './file-drop.js'

const KEPT_DAYS = 30
const KEPT_MS = KEPT_DAYS * 86_400_000
/** How much of a message's text is stored with its files, in UTF-16 units: the rest is cut. A form shows less. */
const MAX_WORDS = 6000

export interface Laid {
  drop: FileDrop
  /** How many files of it are kept, and how many were too many. */
  files: number
  tooMany: number
}

/**
 * Keeps what a person laid down, files and words, and has the bytes fetched at once. `card`: a message says so and follows.
 * The same `requestKey` keeps once. Throws `person.no_unit` for those who hand in nothing, and `submission.secret` or
 * `attachment.secret` for the mark of a state secret: then nothing is kept.
 */
export async function layDown(
  use: UseCase,
  given: { text: string; files: readonly IncomingFile[] },
  requestKey: string | null,
  card: boolean,
): Promise<Laid> {
  const { tx, actor, now } = use
  const { workspaceId } = actor
  const files = given.files.slice(0, MAX_FILES)
  const tooMany = given.files.length - files.length
  const earlier = requestKey ? await tx.drops.byRequest(workspaceId, requestKey) : undefined
  if (earlier) return { drop: earlier, files: files.length, tooMany }
  if (!handsIn(actor)) throw new UserError('person.no_unit', {})
  const mark = secrecyMark(given.text)
  if (mark) throw new UserError('submission.secret', { mark })
  const nameMark = secretMarkIn(files)
  if (nameMark) throw new UserError('attachment.secret', { mark: nameMark })
  const drop = await put(use, use.newId(), given.text.slice(0, MAX_WORDS), requestKey)
  await awaitFiles(use, { dropId: drop.id }, files, [])
  if (card)
    await tx.outbox.add(
      {
        workspaceId,
        key: `${aboutDrop(drop.id)}card`,
        kind: 'drop.card',
        personId: actor.person.id,
        payload: { dropId: drop.id, tooMany },
        dueAt: now,
      },
      now,
    )
  return { drop, files: files.length, tooMany }
}

async function put(use: UseCase, id: string, text: string, requestKey: string | null): Promise<FileDrop> {
  const { workspaceId, person } = use.actor
  const drop: FileDrop = { id, workspaceId, personId: person.id, text, createdAt: use.now, submissionId: null }
  await use.tx.drops.insert(drop, requestKey)
  return drop
}

/**
 * Keeps the files of a form that comes back to its author before it is taken, under the form's own nonce: a chat need not
 * keep what was chosen in it. Throws FormError at `field`.
 */
export async function layBeside(
  use: UseCase,
  nonce: string,
  files: readonly IncomingFile[],
  field: string,
): Promise<void> {
  const { tx, actor } = use
  const there = await tx.drops.byId(actor.workspaceId, nonce)
  if (there && (there.personId !== actor.person.id || there.submissionId)) throw new UserError('request.stale', {})
  const drop = there ?? (await put(use, nonce, '', null))
  const known = await tx.attachments.ofDrop(actor.workspaceId, drop.id)
  const fresh = files.filter((f) => !known.some((a) => a.fileId === f.id))
  checkFiles(fresh, field, known.filter((a) => a.state !== 'failed').length)
  await awaitFiles(use, { dropId: drop.id }, fresh, known)
  await tx.outbox.touch(aboutDrop(drop.id), use.now)
}

/** One's own drop that is not a submission yet. Throws `drop.gone`, `access.denied` for another's. */
export async function ownDrop({ tx, actor, now }: UseCase, id: string): Promise<FileDrop> {
  const drop = await tx.drops.byId(actor.workspaceId, id)
  if (!drop || now.getTime() - drop.createdAt.getTime() > KEPT_MS) throw new UserError('drop.gone', {})
  authorize(actor, 'draft.open', drop.personId)
  if (drop.submissionId) throw new UserError('drop.gone', {})
  return drop
}

/** The files of one's own drop that would come along; none where there is no such drop, or it became a submission. */
export async function filesAlong({ tx, actor }: UseCase, id: string): Promise<Attachment[]> {
  const drop = await tx.drops.byId(actor.workspaceId, id)
  if (drop?.personId !== actor.person.id || drop.submissionId) return []
  return tx.attachments.ofDrop(actor.workspaceId, id)
}

/**
 * Gives the files of one's own drop to a submission, once, and adds those of the form. Whoever filled in the form need not have
 * seen that a file failed meanwhile, and is told. A drop that is another's, or gone, gives nothing.
 */
export async function bring(
  use: UseCase,
  submission: Submission,
  dropId: string | null,
  files: readonly IncomingFile[],
  field: string,
): Promise<void> {
  const { tx, actor } = use
  const drop = dropId ? await tx.drops.byId(actor.workspaceId, dropId) : undefined
  if (drop?.personId === actor.person.id && !drop.submissionId) {
    const laid = await tx.attachments.ofDrop(actor.workspaceId, drop.id)
    const known = await tx.attachments.ofSubmission(actor.workspaceId, submission.id)
    checkFiles(files, field, [...laid, ...known].filter((a) => a.state !== 'failed').length)
    let position = nextPosition(known)
    for (const file of laid) await tx.attachments.move(file.id, submission.id, position++)
    await tx.drops.use(drop.id, submission.id)
    if (laid.length > 0)
      await audit(use, 'attachment.added', `submission:${submission.id}`, { attachments: laid.map((a) => a.id) })
    for (const file of laid) await tellOutcome(use, submission.id, file)
    await tx.outbox.touch(aboutDrop(drop.id), use.now)
    await tx.outbox.touch(aboutSubmission(submission.id), use.now)
  }
  await attach(use, submission, files, field)
}

/** Lets go of what nobody made a submission of for a month. */
export const sweepDrops = (tx: Tx, now: Date): Promise<void> => tx.drops.forget(new Date(now.getTime() - KEPT_MS))
