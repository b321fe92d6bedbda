import { expect, test } from 'vitest'
import { isAlike } from '../../../src/core/submission/duplicate.js'

const text = 'Khoa tổ chức dọn vệ sinh khuôn viên, 12 người tham gia'

test.each([
  ['the same', text, text, true],
  ['without accents, in capitals', text, 'KHOA TO CHUC DON VE SINH KHUON VIEN 12 NGUOI THAM GIA', true],
  ['other punctuation and order', text, '12 người tham gia: khoa tổ chức dọn vệ sinh khuôn viên.', true],
  ['one word more', text, `${text} đầy đủ`, true],
  ['another number', text, text.replace('12', '25'), false],
  ['another session', 'Buổi huấn luyện 1', 'Buổi huấn luyện 2', false],
  ['another achievement', text, 'Khoa tổ chức thăm gia đình chính sách, 12 người tham gia', false],
  ['a part of it', text, 'Dọn vệ sinh', false],
  ['nothing to compare', '…', '…', false],
  ['letters composed otherwise', text, text.normalize('NFD'), true],
])('%s', (_, a, b, alike) => {
  expect(isAlike(a, b)).toBe(alike)
  expect(isAlike(b, a)).toBe(alike)
})
