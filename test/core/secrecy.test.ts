import { describe, expect, it } from 'vitest'
import { rejectSecrecyStamps, secrecyMark, secrecyMarkInFileName } from '../../src/core/secrecy.js'
import { formFaults } from './form-faults.js'

describe('a secrecy mark', () => {
  it.each<[string, string]>([
    ['MẬT', 'MẬT'],
    ['Văn bản đóng dấu MẬT của Bộ', 'MẬT'],
    ['Kế hoạch số 12 (MẬT).', 'MẬT'],
    ['“MẬT”', 'MẬT'],
    ['MẬT\nSố: 12/KH', 'MẬT'],
    ['Độ mật: MẬT', 'MẬT'],
    ['ĐỘ MẬT', 'MẬT'],
    ['TÀI LIỆU MẬT', 'MẬT'],
    ['TỐI MẬT', 'TỐI MẬT'],
    ['tài liệu TUYỆT MẬT', 'TUYỆT MẬT'],
    ['TUYỆT  MẬT', 'TUYỆT MẬT'],
    ['TỐI\u00a0MẬT', 'TỐI MẬT'],
    ['TUYỆT\nMẬT', 'TUYỆT MẬT'],
    ['12_MẬT_KH.pdf', 'MẬT'],
    ['MẬT'.normalize('NFD'), 'MẬT'],
    ['BẢO MẬT thông tin trong văn bản MẬT', 'MẬT'],
  ])('is found in “%s”', (text, mark) => {
    expect(secrecyMark(text)).toBe(mark)
  })

  it.each([
    'giữ bí mật nhà nước',
    'Mật',
    'Độ mật: không',
    'tối mật',
    'nuôi ong lấy mật',
    'BẢO MẬT',
    'CÔNG TÁC BẢO MẬT THÔNG TIN NĂM 2024',
    'TUYÊN TRUYỀN LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC',
    'GIAO LƯU THÂN MẬT',
    'MẬT ĐỘ DÂN CƯ',
    'ĐỔI MẬT KHẨU',
    'MAT',
    'MẶT TRẬN TỔ QUỐC',
    'MẤT',
    'TRƯỜNG MẬTA',
    '',
  ])('is not found in “%s”', (text) => {
    expect(secrecyMark(text)).toBeNull()
  })
})

describe('a secrecy mark in a file name', () => {
  it.each<[string, string]>([
    // In capitals, as on a stamp, with any separator between the words.
    ['12_MẬT_KH.pdf', 'MẬT'],
    ['KH-MẬT.docx', 'MẬT'],
    ['MẬT.pdf', 'MẬT'],
    ['KH.MẬT.2024.pdf', 'MẬT'],
    ['công văn (MẬT) số 3.jpg', 'MẬT'],
    ['TÀI LIỆU MẬT.pdf'.normalize('NFD'), 'MẬT'],
    ['M\u200bẬT.pdf', 'MẬT'],
    ['\u202eMẬT.pdf', 'MẬT'],
    ['TỐI_MẬT.pdf', 'TỐI MẬT'],
    ['TUYỆT-MẬT.pdf', 'TUYỆT MẬT'],
    // The higher levels also in small letters and without accents, as file names are usually written.
    ['Tối mật.pdf', 'Tối mật'],
    ['ke-hoach-tối-mật.pdf', 'tối mật'],
    ['tuyệt mật 2024.docx', 'tuyệt mật'],
    ['tuyet mat.pdf', 'tuyet mat'],
    ['KH_tuyet_mat_2024.pdf', 'tuyet mat'],
    ['toi-mat.jpg', 'toi mat'],
    ['TOI.MAT.pdf', 'TOI MAT'],
    ['TuyetMat_KH.docx', 'TuyetMat'],
    ['toimat.pdf', 'toimat'],
    ['tối mat.pdf', 'tối mat'],
    ['tuyet mật.pdf', 'tuyet mật'],
  ])('is found in “%s”', (name, mark) => {
    expect(secrecyMarkInFileName(name)).toBe(mark)
  })

  it.each([
    // “mat” without accents is mặt, mắt, mất, mát; “mật” in small letters is bí mật, mật ong.
    'bao-cao-mat.pdf',
    'tai_lieu_mat.docx',
    'MAT.jpg',
    'anh-be-mat-san.jpg',
    'bao-cao-mật.pdf',
    'Mật ong rừng.png',
    'bao-ve-bi-mat-nha-nuoc.pdf',
    'bảo vệ bí mật nhà nước.pdf',
    'BẢO_MẬT_THÔNG_TIN.pdf',
    'TUYÊN-TRUYỀN-BẢO-VỆ-BÍ-MẬT.docx',
    'MẬT_ĐỘ_DÂN_CƯ.xlsx',
    // With other accents they are other words.
    'tôi mất thẻ.jpg',
    'tối mặt tối mũi.jpg',
    'mặt trận tổ quốc.jpg',
    'photoi mat.jpg',
    'toi matxa.jpg',
    'IMG_20240520_081500.jpg',
    'ảnh.heic',
    '',
  ])('is not found in “%s”', (name) => {
    expect(secrecyMarkInFileName(name)).toBeNull()
  })
})

describe('rejectSecrecyStamps', () => {
  it('refuses every field with a mark', () => {
    const check = () => rejectSecrecyStamps({ reason: 'Đóng dấu MẬT', other: null, note: 'TỐI MẬT', good: 'bí mật' })
    expect(formFaults(check)).toEqual([
      { field: 'reason', key: 'submission.secret', params: { mark: 'MẬT' } },
      { field: 'note', key: 'submission.secret', params: { mark: 'TỐI MẬT' } },
    ])
  })

  it('accepts fields without a mark', () => {
    expect(formFaults(() => rejectSecrecyStamps({ reason: 'Xin bổ sung ảnh', other: undefined }))).toEqual([])
  })
})
