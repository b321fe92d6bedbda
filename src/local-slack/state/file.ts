import type { JsonObject } from '../json.js'

export interface Upload {
  name: string
  mimetype: string
  bytes: Buffer
  /** What Slack is to say the size is, where that should not be true. */
  size?: number
}
export interface WorkspaceFile {
  info: JsonObject
  bytes: Buffer
}
export const isUpload = (value: unknown): value is Upload =>
  typeof value === 'object' && value !== null && Buffer.isBuffer((value as Partial<Upload>).bytes)
/** Addresses carry the name in small letters, everything strange in it as an underscore. */
export const inAddress = (name: string) => name.toLowerCase().replace(/[^a-z0-9._-]/g, '_') || 'file'
export const FILETYPES: Record<string, string> = { jpeg: 'jpg', tiff: 'tif', htm: 'html', '': 'binary' }
export function filetypeOf(name: string): string {
  const extension = name.includes('.') ? (name.split('.').at(-1)?.toLowerCase() ?? '') : ''
  return FILETYPES[extension] ?? extension
}
export const MIMES: Record<string, string> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  heic: 'image/heic',
  pdf: 'application/pdf',
  mp4: 'video/mp4',
}
/** What Slack takes a file for that came without a type. */
export const mimeOf = (name: string): string => MIMES[filetypeOf(name)] ?? 'application/octet-stream'
/** An address that was given out, and what came there so far. */
export interface PendingUpload {
  id: string
  filename: string
  /** As the bot said beforehand. */
  length: number
  bytes?: Buffer
}
