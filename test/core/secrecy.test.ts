import { describe, expect, it, test } from 'vitest'
import { rejectSecrecyStamps, secrecyMark, secrecyMarkInFileName, secrecyMarkInLinks } from '../../src/core/secrecy.js'
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
    // Run together, spaced, with digits, as people write to be careful or to slip through.
    ['TỐIMẬT', 'TỐI MẬT'],
    ['TUYỆTMẬT', 'TUYỆT MẬT'],
    ['TÀILIỆUTỐIMẬT', 'TỐI MẬT'],
    ['CÔNGVĂNMẬT', 'MẬT'],
    ['M Ậ T', 'MẬT'],
    ['M  Ậ  T', 'MẬT'],
    ['M.Ậ.T', 'MẬT'],
    ['M-Ậ-T', 'MẬT'],
    ['*M*_Ậ_T', 'MẬT'],
    ['M\nẬ\nT', 'MẬT'],
    ['T Ố I   M Ậ T', 'TỐI MẬT'],
    ['T U Y Ệ T  M Ậ T', 'TUYỆT MẬT'],
    ['TỐI-MẬT', 'TỐI MẬT'],
    ['MẬT2', 'MẬT'],
    ['2MẬT', 'MẬT'],
    ['TỐI MẬT1', 'TỐI MẬT'],
    ['MẬT 02/BQP', 'MẬT'],
    // Invisible signs.
    ['M\u200bẬT', 'MẬT'],
    ['MẬ\u00adT', 'MẬT'],
    ['M\u2060Ậ\ufeffT', 'MẬT'],
    ['M\u034fẬT', 'MẬT'],
    ['MÂ\u200d\u0323T', 'MẬT'],
    ['T\u200cỐ\u00adI M\u200bẬT', 'TỐI MẬT'],
    ['M\u0332Ậ\u0332T\u0332', 'MẬT'],
    ['\u202eMẬT', 'MẬT'],
    // Other letters that look the same: full-width, Cyrillic, Greek, mathematical, small capitals.
    ['ＭẬＴ', 'MẬT'],
    ['ＭＡ\u0302\u0323Ｔ', 'MẬT'],
    ['МẬТ', 'MẬT'],
    ['МА\u0302\u0323Т', 'MẬT'],
    ['Μ\u0391\u0323\u0302Τ', 'MẬT'],
    ['𝐌Ậ𝐓', 'MẬT'],
    ['ᴍẬᴛ', 'MẬT'],
    ['ТỐІ МẬТ', 'TỐI MẬT'],
    ['ΤUΥỆΤ MẬT', 'TUYỆT MẬT'],
    // A keyboard that left the vowel in lower case; title case; no accents; the old fonts.
    ['MậT', 'MẬT'],
    ['TốI MậT', 'TỐI MẬT'],
    ['Tài liệu Tối Mật', 'TỐI MẬT'],
    ['Hồ sơ Tuyệt Mật', 'TUYỆT MẬT'],
    ['TAI LIEU TOI MAT', 'TOI MAT'],
    ['TUYET MAT', 'TUYET MAT'],
    ['TOÁI MAÄT', 'TOÁI MAÄT'],
    ['TµI LIÖU MËT', 'MËT'],
    // The whole name; beside other stamps.
    ['BÍ MẬT NHÀ NƯỚC', 'BÍ MẬT NHÀ NƯỚC'],
    ['TÀI LIỆU BÍ MẬT NHÀ NƯỚC', 'BÍ MẬT NHÀ NƯỚC'],
    ['BÍ MẬT NHÀ NƯỚC ĐỘ MẬT', 'BÍ MẬT NHÀ NƯỚC'],
    ['B Í  M Ậ T  N H À  N Ư Ớ C', 'BÍ MẬT NHÀ NƯỚC'],
    ['BÍMẬTNHÀNƯỚC', 'BÍ MẬT NHÀ NƯỚC'],
    ['BÍ M\u200bẬT NHÀ NƯỚC', 'BÍ MẬT NHÀ NƯỚC'],
    ['BI MAT NHA NUOC', 'BI MAT NHA NUOC'],
    ['MẬT\nĐỘ KHẨN: HỎA TỐC', 'MẬT'],
    ['MẬT ĐỘ KHẨN: HỎA TỐC', 'MẬT'],
    ['CHỈ THỊ MẬT', 'MẬT'],
    ['CÔNG VĂN MẬT', 'MẬT'],
    ['MẬT ĐỘ CÂY TRỒNG theo văn bản MẬT', 'MẬT'],
    ['Theo văn bản 12 TỐI MẬT, MẬT ĐỘ', 'TỐI MẬT'],
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
    // Lower case, and at the beginning of a sentence.
    'mật độ dân cư cao',
    'Mật độ cây trồng 400 cây/ha.',
    'quan hệ mật thiết với nhân dân',
    'Mật thiết gắn bó',
    'công tác bảo mật',
    'Bảo mật thông tin',
    'Bí mật nhà nước là gì',
    'tuyệt đối giữ bí mật',
    'tuyệt mật',
    'Tối mật',
    'Mật ong rừng U Minh',
    'Đổi mật khẩu hộp thư',
    'làm từ sáng đến tối mật thiết',
    // Titles in capitals.
    'MẬT ĐỘ CÂY TRỒNG',
    'MẬT ĐỘ XÂY DỰNG KHU B',
    'BẢO MẬT THÔNG TIN',
    'TẬP HUẤN AN TOÀN, BẢO MẬT',
    'MỐI QUAN HỆ MẬT THIẾT QUÂN – DÂN',
    'GIẢI MẬT THƯ – HỘI TRẠI TÒNG QUÂN',
    'NGÀNH MẬT MÃ',
    'KỸ THUẬT NUÔI ONG LẤY MẬT',
    'MÔ HÌNH NUÔI ONG MẬT',
    'SẢN PHẨM MẬT ONG, MẬT HOA',
    'KHÁM SỎI MẬT, TÚI MẬT',
    'THAY MẬT KHẨU MỚI',
    'MẬT\u00a0ĐỘ DÂN CƯ',
    'BÍ MẬT CỦA THÀNH CÔNG',
    'BUỔI TỐI, MẬT ĐỘ XE CAO',
    'BUỔI TỐI MẬT ĐỘ XE CAO',
    'HỌC TẬP LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC NĂM 2018',
    'PHÒNG, CHỐNG LỘ, LỌT BÍ MẬT NHÀ NƯỚC',
    'GIỮ GÌN BÍ MẬT NHÀ NƯỚC',
    'TUYEN TRUYEN LUAT BAO VE BI MAT NHA NUOC',
    'ĐỒNG CHÍ NGUYỄN THỊ MẬT',
    // Neighbours by letters.
    'TÔI MẤT THẺ',
    'ẤM ẬT',
    'NGẤT NGƯỞNG, TẠM ẬT ƯỠNG',
    'GẶP MẶT',
    'MẬP, TO',
    'M, Â, T',
    'CHẬT, MÁT',
    'TỐI MẮT TỐI MŨI',
    'ĐẤT MẶN',
    'Đạt 25/25, 100 %; 12 người – xem https://truong.edu.vn/a?b=1',
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
    ['TỐIMẬT.pdf', 'TỐI MẬT'],
    ['M_Ậ_T.pdf', 'MẬT'],
    ['MẬT2.pdf', 'MẬT'],
    ['tuyetmat2.docx', 'tuyetmat'],
    ['to\u00adi\u200b-mat.jpg', 'toi mat'],
    ['tоі-mаt.jpg', 'toi mat'],
    ['M%E1%BA%ACT.pdf', 'MẬT'],
    ['BI_MAT_NHA_NUOC.pdf', 'BI MAT NHA NUOC'],
    ['BÍ_MẬT_NHÀ_NƯỚC.pdf', 'BÍ MẬT NHÀ NƯỚC'],
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

test.each<[string, string | null]>([
  ['https://truong.edu.vn/v%C4%83n-b%E1%BA%A3n-M%E1%BA%ACT.pdf', 'MẬT'],
  ['https://a.vn/100%\nhttps://a.vn/T%E1%BB%90I-M%E1%BA%ACT', 'TỐI MẬT'],
  ['https://a.vn/%ff%E1%BA%ACx https://a.vn/TỐI_MẬT', 'TỐI MẬT'],
  ['https://bao.vn/toi-mat-the-can-cuoc', null],
  ['https://a.vn/100%', null],
])('the stamp in the links “%s” is %s', (links, mark) => expect(secrecyMarkInLinks(links)).toBe(mark))

test('a long text is read in a moment', () => {
  const [short, long] = ['T U Y Ệ M . Ậ , Q ', 'MẬTA TỐI QUÁ '].map((part) => part.repeat(20_000))
  const began = performance.now()
  expect([secrecyMark(short ?? ''), secrecyMark(long ?? '')]).toEqual([null, null])
  expect(performance.now() - began).toBeLessThan(5000)
})
