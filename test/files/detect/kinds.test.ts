import { describe, expect, it } from 'vitest'
import { fixture } from '../fixtures.js'
import * as s from '../samples.js'
import { stage } from '../stage.js'

const text = (t: string) => Buffer.from(t)
const ooxml = (type: string) => s.office(`openxmlformats-officedocument.${type}`)

describe('a file of an accepted kind', () => {
  const kinds: [string, string, Buffer][] = [
    ['jpeg', 'image/jpeg', s.jpeg()],
    ['png', 'image/png', s.png()],
    ['webp', 'image/webp', s.webp()],
    ['heic', 'image/heic', s.heic().file],
    ['mp4', 'video/mp4', s.video()],
    ['mp4', 'video/quicktime', s.video('qt  ')],
    ['pdf', 'application/pdf', text('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF')],
    [
      'word',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      ooxml('wordprocessingml.document'),
    ],
    ['excel', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ooxml('spreadsheetml.sheet')],
    [
      'powerpoint',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
      ooxml('presentationml.presentation'),
    ],
    ['word', 'application/msword', s.ole2('1Table', '\x05SummaryInformation', 'Data', 'WordDocument')],
    ['excel', 'application/vnd.ms-excel', s.ole2('Workbook')],
    ['excel', 'application/vnd.ms-excel', s.ole2('Book')],
    ['powerpoint', 'application/vnd.ms-powerpoint', s.ole2('Current User', 'PowerPoint Document')],
    ['excel', 'application/vnd.ms-excel', fixture('bang-ke-with-word-object.xls')],
    ['excel', 'application/vnd.ms-excel', s.ole2('WORKBOOK')],
  ]
  it.each(kinds)('is detected from its bytes: %s, %s', async (kind, mime, bytes) => {
    const { take } = await stage()
    expect(await take(bytes)).toMatchObject({ kind, mime })
  })

  it('is stored byte for byte when it is a document', async () => {
    const { cleaned } = await stage()
    for (const bytes of [ooxml('wordprocessingml.document'), s.ole2('Workbook'), text('%PDF-1.7\n%%EOF')])
      expect((await cleaned(bytes)).equals(bytes)).toBe(true)
  })
})

describe('a file that is not accepted', () => {
  const refused: [string, string, Buffer][] = [
    ['an empty file', 'empty', Buffer.alloc(0)],
    ['a login page', 'html', text('\n<!DOCTYPE html><html lang="en-US"><head><title>Slack</title>')],
    ['a page with a byte order mark', 'html', text('\uFEFF<!-- a --> <!-- b -->\n<HTML>')],
    ['an XHTML page', 'html', text('<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">')],
    ['a Windows program', 'executable', Buffer.concat([text('MZ\x90\0'), Buffer.alloc(500)])],
    ['a Linux program', 'executable', Buffer.concat([text('\x7fELF\x02\x01\x01'), Buffer.alloc(500)])],
    ['a macOS program', 'executable', Buffer.concat([Buffer.from('cffaedfe07000001', 'hex'), Buffer.alloc(500)])],
    ['a shell script', 'executable', text('#!/bin/sh\nrm -rf /\n')],
    ['a batch file', 'executable', text('@echo off\r\n')],
    ['a Word file with macros', 'macro', s.office('ms-word.document.macroEnabled')],
    ['an Excel file with macros', 'macro', s.office('ms-excel.sheet.macroEnabled')],
    ['an old Word file with macros', 'macro', s.ole2('WordDocument', 'Macros', 'VBA')],
    ['an old Excel file with macros', 'macro', s.ole2('Workbook', '_VBA_PROJECT_CUR')],
    ['a Word file with a password', 'locked', s.ole2('EncryptionInfo', 'EncryptedPackage')],
    ['a Windows installer', 'unknown', s.ole2('a', 'b', 'c', 'd', 'e')],
    ['a truncated OLE2 file', 'unknown', s.ole2('WordDocument').subarray(0, 300)],
    ['a zip', 'unknown', s.zip({ 'a.txt': 'a', 'b.exe': 'MZ' })],
    ['a GIF without a picture', 'unclean', Buffer.concat([text('GIF89a'), Buffer.alloc(50)])],
    ['a text file', 'unknown', text('Xin chào')],
    ['random bytes', 'unknown', Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919) % 251))],
  ]
  it.each(refused)('is refused and leaves nothing on disk: %s → %s', async (_, reason, bytes) => {
    const { take, files } = await stage()
    await expect(take(bytes)).rejects.toMatchObject({ why: 'refused', reason })
    expect(files()).toEqual([])
  })
})
