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
