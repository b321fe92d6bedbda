import { describe, expect, it } from 'vitest'
import { FormError } from '../../src/core/errors.js'
import { mustBearNoSecret, secrecyMark, secrecyMarkInFileName } from '../../src/core/secrecy.js'

describe('the mark of a state secret', () => {
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
  ])('stands in “%s”', (text, mark) => {
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
  ])('does not stand in “%s”', (text) => {
    expect(secrecyMark(text)).toBeNull()
  })
})

describe('the mark of a state secret in the name of a file', () => {
  it.each<[string, string]>([
    // In capitals, as a stamp stands on paper, whatever parts the words.
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
    // The higher degrees in small letters and without accents: names of files are usually written so.
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
  ])('stands in “%s”', (name, mark) => {
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
    // Other accents make other words.
    'tôi mất thẻ.jpg',
    'tối mặt tối mũi.jpg',
    'mặt trận tổ quốc.jpg',
    'photoi mat.jpg',
    'toi matxa.jpg',
    'IMG_20240520_081500.jpg',
    'ảnh.heic',
    '',
  ])('does not stand in “%s”', (name) => {
    expect(secrecyMarkInFileName(name)).toBeNull()
  })
})

describe('free text', () => {
  it('that bears a mark is refused at its field, every field at once', () => {
    const refused = () => mustBearNoSecret({ reason: 'Đóng dấu MẬT', other: null, note: 'TỐI MẬT', good: 'bí mật' })
    expect(refused).toThrow(FormError)
    try {
      refused()
    } catch (error) {
      expect((error as FormError).faults).toEqual([
        { field: 'reason', key: 'submission.secret', params: { mark: 'MẬT' } },
        { field: 'note', key: 'submission.secret', params: { mark: 'TỐI MẬT' } },
      ])
    }
  })

  it('that bears none passes', () => {
    expect(() => mustBearNoSecret({ reason: 'Xin bổ sung ảnh', other: undefined })).not.toThrow()
  })
})
