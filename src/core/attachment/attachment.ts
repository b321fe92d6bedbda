/**
 * The kind of a stored file, detected from its bytes. HEIC includes HEIF, MP4 includes 3GP and the QuickTime films of iPhones.
 */
export type FileKind =
  | 'jpeg'
  | 'png'
  | 'heic'
  | 'avif'
  | 'webp'
  | 'gif'
  | 'bmp'
  | 'tiff'
  | 'pdf'
  | 'word'
  | 'excel'
  | 'powerpoint'
  | 'mp4'

/** Files of one form or one message that are stored. */
export const MAX_FILES = 10

/**
 * The largest file that is stored, in bytes. Large files are mostly films, sent by message: 100 MB is about a minute of a
 * phone's film. Larger ones would fill a disk before anyone notices.
 */
export const MAX_FILE_BYTES = 100 * 1024 * 1024

/**
 * Why a file is permanently refused. `html`: a page instead of the file, mostly the chat's login; `macro`: an Office
 * file that contains macros; `locked`: an Office file with a password; `script`: a PDF that runs JavaScript or starts
 * programs; `bomb`: an Office file that unpacks to more than 100 times its size; `too_many_pixels`: a picture that no program
 * should open; `unclean`: a photo or film that cannot be read to its end; `private_data`: one whose position and other private
 * data cannot be removed; `private_inside`: an Office file with such a photo; `unknown`: not one of the supported kinds;
 * `gone`: deleted in the chat; `no_access`: the chat denies access; `elsewhere`: its address is not on a host of the chat.
 */
export type Refusal =
  | 'too_large'
  | 'empty'
  | 'html'
  | 'executable'
  | 'macro'
  | 'locked'
  | 'script'
  | 'bomb'
  | 'too_many_pixels'
  | 'unclean'
  | 'private_data'
  | 'private_inside'
  | 'unknown'
  | 'gone'
  | 'no_access'
  | 'elsewhere'

/** Temporary failures: the chat asks to wait or is not set up; the connection stalled, broke or ended early. */
export type TemporaryFailure = 'rate_limited' | 'installation' | 'stalled' | 'cut_short' | 'connection' | 'server'

/**
 * Why a file was not stored. `later`: the chat asks to wait `retryAfterMs`; `refused`: permanently; `broken`: a
 * temporary failure, to be retried. The message contains no name, address or token.
 */
export class FileFault extends Error {
  constructor(
    readonly why: 'later' | 'refused' | 'broken',
    readonly reason: Refusal | TemporaryFailure,
    readonly retryAfterMs = 0,
  ) {
    super(`${why}: ${reason}`)
  }

  /** The reason of a permanent refusal; only for `refused`. */
  get refusal(): Refusal {
    return this.reason as Refusal
  }
}

export const refused = (reason: Refusal): FileFault => new FileFault('refused', reason)
export const broken = (reason: TemporaryFailure): FileFault => new FileFault('broken', reason)

/** The extensions of each kind; the first is added where a name has none. */
const extensions: Record<FileKind, readonly string[]> = {
  jpeg: ['jpg', 'jpeg', 'jpe', 'jfif'],
  png: ['png'],
  heic: ['heic', 'heif', 'hif'],
  avif: ['avif'],
  webp: ['webp'],
  gif: ['gif'],
  bmp: ['bmp', 'dib'],
  tiff: ['tif', 'tiff'],
  pdf: ['pdf'],
  word: ['docx', 'doc', 'dotx', 'dot'],
  excel: ['xlsx', 'xls', 'xltx', 'xlt'],
  powerpoint: ['pptx', 'ppt', 'ppsx', 'pps', 'potx', 'pot'],
  mp4: ['mp4', 'mov', 'm4v', '3gp', '3g2'],
}

/** Whether an extension fits the kind; otherwise a program could hide behind a photo's bytes. */
export const fitsKind = (extension: string, kind: FileKind): boolean =>
  extensions[kind].includes(extension.toLowerCase())
export const extensionOf = (kind: FileKind): string => extensions[kind][0] as string

/** The extensions that a form proposes: those that every chat knows. */
export const proposedExtensions: readonly string[] = [
  ...['jpg', 'jpeg', 'png', 'heic', 'heif', 'webp', 'gif', 'bmp', 'tif', 'tiff', 'mp4', 'mov', '3gp'],
  ...['pdf', 'doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx'],
]

/** A file as reported by a chat, possibly with little more than its id. */
export interface IncomingFile {
  id: string
  /** The owner's name for it; '' where the chat does not tell. */
  name: string
  /** Bytes, as reported by the chat. */
  size?: number
  url?: string
}

/** A file in the vault, after cleaning. */
export interface StoredFile {
  /** SHA-256 of the stored bytes in hex: the file's name in the vault. */
  sha256: string
  /** In bytes. */
  size: number
  kind: FileKind
  mime: string
}

/** `waiting`: its bytes are still to be downloaded. `failed`: the download was given up, with the reason. */
export type AttachmentState = 'waiting' | 'stored' | 'failed' | 'removed'

/** Why the bytes of a file never came; `gave_up`: failed attempts for a day. */
export type FailureReason = Refusal | 'gave_up'

/** One file of a submission, or of a file drop that is not a submission yet. */
export interface Attachment {
  id: string
  workspaceId: string
  submissionId: string | null
  dropId: string | null
  position: number
  /** Sanitised by `safeFileName`. */
  name: string
  kind: FileKind | null
  mime: string | null
  /** Bytes: as reported by the chat, then as stored. */
  size: number
  sha256: string | null
  state: AttachmentState
  reason: FailureReason | null
  /** The chat's id and address of the file. */
  fileId: string
  url: string | null
  addedBy: string
  createdAt: Date
  storedAt: Date | null
}

/** What `evidence verify` compares with the bytes. */
export type StoredRow = Pick<Attachment, 'id' | 'submissionId' | 'name' | 'size'> & { sha256: string }

/** Rows of attachments. Removed ones are kept, but only `byId` returns them. */
export interface Attachments {
  insert(attachment: Attachment): Promise<void>
  byId(workspaceId: string, id: string): Promise<Attachment | undefined>
  ofSubmission(workspaceId: string, submissionId: string): Promise<Attachment[]>
  ofDrop(workspaceId: string, dropId: string): Promise<Attachment[]>
  /** False when it was not waiting any more. */
  stored(id: string, file: StoredFile & { name: string }, now: Date): Promise<boolean>
  /** False when it was not waiting any more. */
  failed(id: string, reason: FailureReason): Promise<boolean>
  /** Returns false when it was removed before. */
  remove(id: string): Promise<boolean>
  /** Moves a drop's file to a submission. */
  move(id: string, submissionId: string, position: number): Promise<void>
  /** Stored files of every workspace whose id comes after `id`, in order, at most `limit`. */
  storedAfter(id: string, limit: number): Promise<StoredRow[]>
  /** Whether any stored file of any workspace has these bytes. */
  isInUse(sha256: string): Promise<boolean>
  /** Whether any row, even of a removed file, names these bytes. */
  isRecorded(sha256: string): Promise<boolean>
  /** Removed files whose bytes may still exist, at most `limit`. */
  withBytesToDelete(limit: number): Promise<{ id: string; sha256: string }[]>
  /** Records bytes that arrived for a file removed meanwhile. */
  recordOrphanedBytes(id: string, sha256: string): Promise<void>
  /** Records that the bytes of a removed file were deleted. */
  cleared(id: string): Promise<void>
  /** Counts by state. */
  counts(): Promise<Record<AttachmentState, number>>
}
