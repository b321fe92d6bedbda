/** What a stored file is, by its bytes. HEIC stands for HEIF too, MP4 for the QuickTime films of iPhones too. */
export type FileKind = 'jpeg' | 'png' | 'heic' | 'webp' | 'pdf' | 'word' | 'excel' | 'powerpoint' | 'mp4'

/** Slack's form takes 1–10 files (docs.slack.dev, file_input); a message may carry as many. */
export const MAX_FILES = 10

/**
 * One cap for whatever comes in, in bytes. Slack's form itself refuses what is over 10 MB; by message comes what is larger,
 * mostly films, and 100 MB is about a minute of a phone's. Beyond that a disk fills faster than anyone looks at it.
 */
export const MAX_FILE_BYTES = 100 * 1024 * 1024

/**
 * Why a file is not kept, however often it is tried. `html`: a page instead of the file, mostly Slack's login; `macro`: an
 * Office file that carries programs; `locked`: an Office file with a password; `unclean`: a photo or film from which the
 * position cannot be taken out; `unknown`: none of the kinds; `gone`: deleted in the chat; `no_access`: the chat does not
 * give it out; `elsewhere`: it lies on a host that is not the chat's.
 */
export type Refusal =
  | 'too_large'
  | 'empty'
  | 'html'
  | 'executable'
  | 'macro'
  | 'locked'
  | 'unclean'
  | 'unknown'
  | 'gone'
  | 'no_access'
  | 'elsewhere'

/** What passes: the chat asks to wait or is not set up, the connection stalled, broke, or ended too early. */
export type Hitch = 'rate_limited' | 'installation' | 'stalled' | 'cut_short' | 'connection' | 'server'

/**
 * Why a file was not stored. `later`: the chat asks to wait, `retryAfterMs`; `refused`: it will never be stored; `broken`:
 * try again. Its message holds no name, no address and no token.
 */
export class FileFault extends Error {
  constructor(
    readonly why: 'later' | 'refused' | 'broken',
    readonly reason: Refusal | Hitch,
    readonly retryAfterMs = 0,
  ) {
    super(`${why}: ${reason}`)
  }

  /** Why it will never be stored; only for `refused`. */
  get refusal(): Refusal {
    return this.reason as Refusal
  }
}

export const refused = (reason: Refusal): FileFault => new FileFault('refused', reason)
export const broken = (reason: Hitch): FileFault => new FileFault('broken', reason)

/** What a name may end in, by kind; the first is added where none stands. */
const extensions: Record<FileKind, readonly string[]> = {
  jpeg: ['jpg', 'jpeg', 'jpe', 'jfif'],
  png: ['png'],
  heic: ['heic', 'heif', 'hif'],
  webp: ['webp'],
  pdf: ['pdf'],
  word: ['docx', 'doc'],
  excel: ['xlsx', 'xls'],
  powerpoint: ['pptx', 'ppt', 'ppsx', 'pps'],
  mp4: ['mp4', 'mov', 'm4v'],
}

/** Whether a name's extension is one of the kind's; otherwise a program could stand behind a photo's bytes. */
export const fitsKind = (extension: string, kind: FileKind): boolean =>
  extensions[kind].includes(extension.toLowerCase())
export const extensionOf = (kind: FileKind): string => extensions[kind][0] as string

/** What a form proposes to choose from: the extensions that every chat knows. */
export const proposedExtensions: readonly string[] = [
  ...['jpg', 'jpeg', 'png', 'heic', 'heif', 'webp', 'mp4', 'mov'],
  ...['pdf', 'doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx'],
]

/** A file as a chat tells of it; it may know little more than the id. */
export interface IncomingFile {
  id: string
  /** As its owner called it; '' where the chat does not say. */
  name: string
  /** In bytes, as the chat says. */
  size?: number
  url?: string
}

/** A file that is stored for good, after cleaning. */
export interface StoredFile {
  sha256: string
  /** In bytes. */
  size: number
  kind: FileKind
  mime: string
}

/** `waiting`: known, its bytes are being fetched. `failed`: they will not come, with the reason. */
export type AttachmentState = 'waiting' | 'stored' | 'failed' | 'removed'

/** Why the bytes of a file never came; `gave_up`: tried in vain for a day. */
export type FailureReason = Refusal | 'gave_up'

/** One file of a submission, or of a drop that has not become one yet. */
export interface Attachment {
  id: string
  workspaceId: string
  submissionId: string | null
  dropId: string | null
  position: number
  /** Safe to show and to write. */
  name: string
  kind: FileKind | null
  mime: string | null
  /** In bytes: as the chat said, then as stored. */
  size: number
  sha256: string | null
  state: AttachmentState
  reason: FailureReason | null
  /** The chat's own id and address of the file. */
  fileId: string
  url: string | null
  addedBy: string
  createdAt: Date
  storedAt: Date | null
}

/** What `evidence verify` holds against the bytes. */
export type StoredRow = Pick<Attachment, 'id' | 'submissionId' | 'name' | 'size'> & { sha256: string }

/** Rows of attachments. Those that were removed are kept and never given, but by `byId`. */
export interface Attachments {
  insert(attachment: Attachment): Promise<void>
  byId(workspaceId: string, id: string): Promise<Attachment | undefined>
  ofSubmission(workspaceId: string, submissionId: string): Promise<Attachment[]>
  ofDrop(workspaceId: string, dropId: string): Promise<Attachment[]>
  /** False when it was not waiting any more. */
  stored(id: string, file: StoredFile & { name: string }, now: Date): Promise<boolean>
  /** False when it was not waiting any more. */
  failed(id: string, reason: FailureReason): Promise<boolean>
  /** False when it was removed before. */
  remove(id: string): Promise<boolean>
  /** Gives a drop's file to a submission. */
  move(id: string, submissionId: string, position: number): Promise<void>
  /** Stored files of every workspace whose id comes after `id`, in order, at most `limit`. */
  storedAfter(id: string, limit: number): Promise<StoredRow[]>
  /** Whether any stored file of any workspace has these bytes. */
  refersTo(sha256: string): Promise<boolean>
  /** Whether any row, even of a file that was removed, still names these bytes. */
  knows(sha256: string): Promise<boolean>
  /** Files that were removed and whose bytes may still be there, at most `limit`. */
  toClear(limit: number): Promise<{ id: string; sha256: string }[]>
  /** Bytes that came too late, for a file that was removed meanwhile. */
  leftBehind(id: string, sha256: string): Promise<void>
  /** The bytes of a file that was removed are its no more. */
  cleared(id: string): Promise<void>
  /** How many there are in each state. */
  counts(): Promise<Record<AttachmentState, number>>
}
