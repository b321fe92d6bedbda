/** The stored files of the local Slack. */
import type { JsonObject } from '../json.js'

/** A file as a person or the bot uploads it. */
export interface Upload {
  name: string
  mimetype: string
  bytes: Buffer
  /** The size that the file object claims, when it is not the true one. */
  size?: number
}

/** A file of the workspace: the file object that the Web API returns, and its bytes. */
export interface WorkspaceFile {
  info: JsonObject
  bytes: Buffer
}

/** An upload URL that the bot has requested, and the bytes it has sent there so far. */
export interface PendingUpload {
  id: string
  filename: string
  /** The number of bytes that the bot announced. */
  length: number
  bytes?: Buffer
}

export const isUpload = (value: unknown): value is Upload =>
  typeof value === 'object' && value !== null && 'bytes' in value && Buffer.isBuffer(value.bytes)

const FILETYPES: Record<string, string> = { jpeg: 'jpg', tiff: 'tif', htm: 'html', '': 'binary' }

/** Slack's `filetype` of a file of this name. */
export function filetypeOf(name: string): string {
  const extension = name.includes('.') ? (name.split('.').at(-1)?.toLowerCase() ?? '') : ''
  return FILETYPES[extension] ?? extension
}

const MIMETYPES: Record<string, string> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  heic: 'image/heic',
  pdf: 'application/pdf',
  mp4: 'video/mp4',
}

/** The MIME type that Slack infers from the name of a file without one. */
export const mimetypeOf = (name: string): string => MIMETYPES[filetypeOf(name)] ?? 'application/octet-stream'
