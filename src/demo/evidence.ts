import { attach } from '../core/attachment/attach.js'
import type { IncomingFile } from '../core/attachment/attachment.js'
import type { Campaign } from '../core/campaign/campaign.js'
import { addDays, localDate } from '../core/date.js'
import type { Actor } from '../core/people/person.js'
import { confirm, returnToAuthor, submit } from '../core/submission/decide.js'
import { saveDraft, whenClosed } from '../core/submission/keep-draft.js'
import type { Submission } from '../core/submission/submission.js'
import type { UseCase } from '../core/use-case.js'
import type { Upload } from '../local-slack/state/file.js'
import { newId } from '../new-id.js'
import { demoText } from '../text/vi/demo/demo.js'
import { drawPaper, drawPhoto, SCENE_COUNT } from './drawing.js'

/** Puts a file of this person (by e-mail) into the local Slack. */
export type PutFile = (email: string, upload: Upload) => IncomingFile
export type RunAs = <T>(now: Date, actor: Actor, work: (use: UseCase, campaign: Campaign) => Promise<T>) => Promise<T>

/** Gives photos and papers to some of what is handed in; drawn once, told apart by their names. */
export function createEvidence(put: PutFile) {
  const photos = Array.from({ length: SCENE_COUNT }, (_, scene) => drawPhoto(scene))
  const paper = drawPaper()
  let photo = 0
  let deed = 0

  const nextPhoto = (email: string): IncomingFile => {
    const bytes = photos[photo++ % SCENE_COUNT] as Buffer
    return put(email, { name: demoText.files.photo(photo), mimetype: 'image/png', bytes })
  }
  const nextPaper = (email: string) =>
    put(email, { name: demoText.files.paper, mimetype: 'application/pdf', bytes: paper })

  async function add(use: UseCase, submission: Submission, photoCount: number, withPaper: boolean): Promise<void> {
    const email = use.actor.person.email ?? ''
    const files = Array.from({ length: photoCount }, () => nextPhoto(email))
    await attach(use, submission, withPaper ? [...files, nextPaper(email)] : files)
  }
  /** Every fifth has photos, one or two; every tenth a paper too. */
  async function some(use: UseCase, submission: Submission): Promise<void> {
    deed += 1
    if (deed % 5 === 4) await add(use, submission, 1 + (deed % 2), deed % 10 === 4)
  }
  return { add, some }
}

/** The first person of the demo has something of each kind: accepted by the head, waiting, returned, half-written. */
export async function seedFirstPerson(
  run: RunAs,
  evidence: ReturnType<typeof createEvidence>,
  { author, head, unitId, now }: { author: Actor; head: Actor; unitId: string; now: Date },
): Promise<void> {
  const { confirmed, waiting, returned, draft } = demoText.first
  const handIn = async (one: { criterion: string; text: string; figure: [string, string] }, ago: number) => {
    const at = new Date(now.getTime() - ago * 3_600_000)
    return run(at, author, async (use, campaign) => {
      const doneOn = addDays(localDate(at, use.timeZone), -2)
      const [figure, figureUnit] = one.figure
      const content = { unitId, criterion: one.criterion, text: one.text, doneOn, figure, figureUnit, links: [] }
      const submission = await submit(use, campaign, content, null)
      await evidence.add(use, submission, 2, one === confirmed)
      return submission.id
    })
  }
  const first = await handIn(confirmed, 6)
  const second = await handIn(returned, 5)
  await handIn(waiting, 4)
  await run(now, head, async (use, campaign) => {
    await confirm(use, campaign, first)
    await returnToAuthor(use, campaign, second, demoText.first.reason)
  })
  await run(now, author, (use, campaign) =>
    saveDraft(use, campaign, newId(), { unitId, ...draft }, false, { form: 'demo', micros: whenClosed }),
  )
}
