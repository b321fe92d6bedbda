import type { Campaign } from '../campaign/campaign.js'
import { settingsOf } from '../campaign/read-settings.js'
import { checkContent, type SubmissionDraft } from '../submission/content.js'
import { revise, submit, submitForm } from '../submission/decide.js'
import { type Hint, hintFor } from '../submission/hint.js'
import { closeDraft } from '../submission/keep-draft.js'
import type { Submission } from '../submission/submission.js'
import type { UseCase } from '../use-case.js'
import { attach, checkedWith } from './attach.js'
import type { IncomingFile } from './attachment.js'
import { attachWithDrop, storeFormFiles } from './drop-files.js'

/** What a person sends in with the form for evidence. */
export interface HandInForm {
  /** The fields as typed. */
  draft: SubmissionDraft
  files: readonly IncomingFile[]
  /** The form's field for files: faults of the files are reported there. */
  filesField: string
  /** Id of the form, and of its draft and file drop. Undefined for a form that was opened before forms had one. */
  nonce: string | undefined
  /** Unique to the opened view, so that its repeats store once. */
  requestKey: string | null
  /** The form has given its hint: the second time it is stored as it is. */
  hinted: boolean
  /** Files that were sent before the form wait in a file drop under `nonce`. */
  hasDrop: boolean
}

export type HandedIn =
  /** Only the files are stored: the form comes back once with a hint. */
  | { kind: 'hinted'; hint: Hint; hasDrop: boolean }
  | { kind: 'stored' | 'revised'; submission: Submission; hasFiles: boolean }

/**
 * Handles the submitted evidence form with its files: changes the submission `revised`; or returns a hint, once; or
 * stores a new submission and deletes its draft. The same form is stored once. Throws FormError with all faults of the
 * fields and the files, `access.denied`, and `submission.state_changed` for a revised submission that is closed.
 */
export async function handIn(
  use: UseCase,
  campaign: Campaign,
  form: HandInForm,
  revised?: Submission,
): Promise<HandedIn> {
  const { draft, files, filesField, nonce, requestKey } = form
  const content = checkedWith(() => checkContent(draft, campaign, use.now, use.timeZone), files, filesField)
  if (revised) {
    const submission = await revise(use, campaign, revised, content, nonce)
    await attach(use, submission, files, filesField)
    return { kind: 'revised', submission, hasFiles: files.length > 0 }
  }
  const hasFiles = form.hasDrop || files.length > 0
  const hint = form.hinted ? null : hintFor(content)
  if (hint && (await settingsOf(use.tx, use.actor.workspaceId)).coach) {
    if (nonce && files.length > 0) await storeFormFiles(use, nonce, files, filesField)
    return { kind: 'hinted', hint, hasDrop: hasFiles }
  }
  const submission = nonce
    ? await submitForm(use, campaign, content, nonce, requestKey ?? '')
    : await submit(use, campaign, content, requestKey)
  if (nonce) await closeDraft(use, nonce)
  if (hasFiles) await attachWithDrop(use, submission, (form.hasDrop && nonce) || null, files, filesField)
  return { kind: 'stored', submission, hasFiles }
}
