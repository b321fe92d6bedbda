import type { HttpAnswer, VerifiedRequest } from './server.js'

/** Messages to the HTTP worker thread, in batches: commands, and answers to its numbered requests. */
export type ToWorker =
  | { listen: number }
  | { close: true }
  | { to: number; answer: HttpAnswer }
  | { to: number; ok: boolean }

/** Messages from the HTTP worker thread, in batches. */
export type FromWorker =
  | { listening: number }
  | { failed: { message: string; code?: string } }
  | { closed: true }
  | { warn: string }
  | { id: number; request: VerifiedRequest }
  | { id: number; check: string }
