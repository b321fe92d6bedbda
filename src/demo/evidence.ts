import { attach } from '../core/attachment/attach.js'
import type { IncomingFile } from '../core/attachment/attachment.js'
import type { Campaign } from '../core/campaign/campaign.js'
import type { Actor } from '../core/people/person.js'
import { confirm, returnToAuthor, submit } from '../core/submission/decide.js'
import { saveDraft, whenClosed } from '../core/submission/keep-draft.js'
import type { Submission } from '../core/submission/submission.js'
import type { UseCase } from '../core/use-case.js'
import type { Upload } from '../local-slack/state/file.js'
import { newId } from '../new-id.js'
import { demoText } from '../text/vi/demo/demo.js'
import { drawPaper, drawPhoto } from './drawing.js'

/** Uploads a file to the local Slack as the person with this e-mail address. */
export type PutFile = (email: string, upload: Upload) => IncomingFile
export type RunAs = <T>(now: Date, actor: Actor, work: (use: UseCase, campaign: Campaign) => Promise<T>) => Promise<T>

/** Attaches photos and documents to some submissions; each is drawn for itself, since the same file twice would be pointed out. */
export function createEvidence(put: PutFile) {
  let photo = 0
  let paper = 0
  let submissionCount = 0

  const nextPhoto = (email: string): IncomingFile => {
    const bytes = drawPhoto(photo++)
    return put(email, { name: demoText.files.photo(photo), mimetype: 'image/png', bytes })
  }
  const nextPaper = (email: string): IncomingFile => {
    const bytes = drawPaper(paper++)
    return put(email, { name: demoText.files.paper(paper), mimetype: 'application/pdf', bytes })
  }

  async function add(use: UseCase, submission: Submission, photoCount: number, withPaper: boolean): Promise<void> {
    const email = use.actor.person.email ?? ''
    const files = Array.from({ length: photoCount }, () => nextPhoto(email))
    await attach(use, submission, withPaper ? [...files, nextPaper(email)] : files)
  }
  /** Every fifth submission gets one or two photos, every tenth a document too. */
  async function addToSome(use: UseCase, submission: Submission): Promise<void> {
    submissionCount += 1
    if (submissionCount % 5 === 4) await add(use, submission, 1 + (submissionCount % 2), submissionCount % 10 === 4)
  }
  return { add, addToSome }
}

/** Gives the first person of the demo a submission in each state: confirmed, waiting, returned, and a draft. */
export async function seedFirstPerson(
  run: RunAs,
  evidence: ReturnType<typeof createEvidence>,
  { author, head, unitId, now }: { author: Actor; head: Actor; unitId: string; now: Date },
): Promise<void> {
  const { confirmed, waiting, returned, draft } = demoText.first
  const submitSample = async (
    sample: { criterion: string; doneOn: string; text: string; figure: [string, string] },
    hoursAgo: number,
  ) => {
    const at = new Date(now.getTime() - hoursAgo * 3_600_000)
    return run(at, author, async (use, campaign) => {
      const [figure, figureUnit] = sample.figure
      const { criterion, doneOn, text } = sample
      const content = { unitId, criterion, text, doneOn, figure, figureUnit, links: [] }
      const submission = await submit(use, campaign, content, null)
      await evidence.add(use, submission, 2, sample === confirmed)
      return submission.id
    })
  }
  const first = await submitSample(confirmed, 6)
  const second = await submitSample(returned, 5)
  await submitSample(waiting, 4)
  await run(now, head, async (use, campaign) => {
    await confirm(use, campaign, first)
    await returnToAuthor(use, campaign, second, demoText.first.reason)
  })
  await run(now, author, (use, campaign) =>
    saveDraft(use, campaign, newId(), { unitId, ...draft }, false, { form: 'demo', micros: whenClosed }),
  )
}
