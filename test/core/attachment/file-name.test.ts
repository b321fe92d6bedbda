import { describe, expect, it } from 'vitest'
import type { FileKind } from '../../../src/core/attachment/attachment.js'
import { safeFileName } from '../../../src/core/attachment/file-name.js'

describe('a file name', () => {
  const cases: [string, string, string, FileKind?][] = [
    ['stays as it is when it is plain', 'Biên bản họp.pdf', 'Biên bản họp.pdf'],
    ['loses the path before it', '../../etc/passwd', 'passwd'],
    ['loses the path of Windows', 'C:\\Users\\Lan\\ảnh.jpg', 'ảnh.jpg'],
    ['loses bidirectional control characters', 'anh\u202Egpj.exe', 'anhgpj.exe'],
    ['loses isolates and zero-width marks', '\u2066a\u200Bb\u2069\uFEFF.png', 'ab.png'],
    ['loses line ends', 'dòng 1\r\ndòng 2\u2028.jpg', 'dòng 1 dòng 2 .jpg'],
    ['loses a zero byte', 'anh.jpg\0.exe', 'anh.jpg.exe'],
    ['loses lone surrogates', 'a\ud83d.jpg', 'a.jpg'],
    ['is normalized to NFC', 'Đội.pdf'.normalize('NFD'), 'Đội.pdf'],
    ['gets a name when it is empty', '', 'minh-chung'],
    ['gets a name when only dots are left', '../../..', 'minh-chung'],
    ['uses a lone extension as the name', ' .jpg', 'jpg.jpg', 'jpeg'],
    ['is not hidden', '.bashrc', 'bashrc'],
    ['does not end in a dot, which Windows drops', 'a.exe. . ', 'a.exe'],
    ['contains no character that Windows forbids', 'a<b>:"c|d?*.doc', 'a-b---c-d--.doc'],
    ['is no Windows device name', 'CON', '_CON'],
    ['is no Windows device name with an extension', 'nul.pdf', '_nul.pdf'],
    ['is no Windows device name with two extensions', 'com1.tar.gz', '_com1.tar.gz'],
    ['may begin like a Windows device name', 'console.pdf', 'console.pdf'],
    ['keeps an extension that fits its kind', 'IMG_1.JPEG', 'IMG_1.JPEG', 'jpeg'],
    ['gets the extension of its kind after a wrong one', 'anh\u202Egpj.exe', 'anhgpj.exe.jpg', 'jpeg'],
    ['gets the extension of its kind when it has none', 'anh', 'anh.png', 'png'],
    ['keeps text after a full stop', 'Tháng 6. Báo cáo', 'Tháng 6. Báo cáo.pdf', 'pdf'],
  ]
  it.each(cases)('%s', (_, raw, expected, kind) => {
    expect(safeFileName(raw, kind)).toBe(expected)
    expect(safeFileName(expected, kind)).toBe(expected)
  })

  it('is truncated to 120 characters and keeps its extension', () => {
    const name = safeFileName(`${'a'.repeat(500)}.docx`)
    expect([name.length, name.endsWith('aaa.docx')]).toEqual([120, true])
    expect(safeFileName('b'.repeat(500), 'heic')).toBe(`${'b'.repeat(115)}.heic`)
    expect(safeFileName(`x.${'y'.repeat(500)}`).length).toBe(120)
  })

  it('is truncated to the limit of file systems, between code points', () => {
    for (const letter of ['ệ', '😀']) {
      const name = safeFileName(`${letter.repeat(300)}.pdf`)
      expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(240)
      expect(name).toMatch(new RegExp(`^(${letter})+\\.pdf$`, 'u'))
    }
  })

  it('is not longer than the limit when it is a Windows device name', () => {
    expect(safeFileName(`con.${'a'.repeat(300)}.pdf`).length).toBe(120)
  })
})
