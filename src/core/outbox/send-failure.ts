/**
 * Why a message was not sent. `no_account`: no account of the chat has the person's e-mail address; `account_closed`: the
 * person's account is closed; `rate_limited`: the chat asked to send more slowly; `missing_permission` and
 * `bad_credentials`: the bot's installation is at fault; `unreadable_payload`: the stored content cannot be read;
 * `arrival_unknown`: the chat could not be searched for a message that may have arrived; `chat_fault`: the chat failed;
 * `no_connection`: the chat could not be reached; `refused`: anything else that the chat did not accept.
 */
export const sendFailureReasons = [
  'no_account',
  'account_closed',
  'rate_limited',
  'missing_permission',
  'bad_credentials',
  'unreadable_payload',
  'arrival_unknown',
  'chat_fault',
  'no_connection',
  'refused',
] as const

export type SendFailureReason = (typeof sendFailureReasons)[number]

/** A reason, and the error message of the chat or of the program from which the reason was found. */
export interface SendFailure {
  reason: SendFailureReason
  words: string
}

/** Finds the reason by an error message; each chat has its own messages. */
export type ReasonOf = (words: string) => SendFailureReason

/** How a failure is stored: `[no_connection] socket hang up`. */
export const storedFailure = ({ reason, words }: SendFailure): string => `[${reason}] ${words}`

/**
 * Reads a stored failure. Version 0.1.0 stored the error message without a reason; errors that do not come from the
 * chat are still stored so.
 */
export function readFailure(stored: string, reasonOf: ReasonOf): SendFailure {
  const [, code, words = ''] = /^\[(\w+)\] ([\s\S]*)$/.exec(stored) ?? []
  const reason = sendFailureReasons.find((r) => r === code)
  return reason ? { reason, words } : { reason: reasonOf(stored), words: stored }
}
