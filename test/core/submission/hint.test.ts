import { describe, expect, it } from 'vitest'
import { type Hint, hintFor } from '../../../src/core/submission/hint.js'

const hintOf = (text: string, figure: string | null = null) => hintFor({ text, figure })

describe('a sketchy text', () => {
  it.each<[string, Hint]>([
    ['Huấn luyện', 'sentence'],
    ['Đã làm', 'sentence'],
    ['ok', 'sentence'],
    ['…', 'sentence'],
    ['Tuyên truyền pháp luật', 'sentence'],
    ['Việc số 3', 'sentence'],
    ['Huấn luyện ngày 17/05/2024', 'sentence'],
    ['Trực lễ 30/4, 1/5', 'sentence'],
    ['Tổ chức sinh hoạt chuyên đề về biển đảo cho đoàn viên', 'figure'],
    ['Tổ chức sinh hoạt chi bộ ngày 17/05/2024 tại hội trường nhà trường', 'figure'],
    ['Triển khai Kế hoạch số 12/KH-CĐN trong năm học 2024 đến toàn khoa', 'figure'],
    ['Chi bộ đạt trong sạch vững mạnh tiêu biểu năm 2023', 'figure'],
    ['Đơn vị a2 đã tham gia đầy đủ các hoạt động của trường', 'figure'],
    ['Tổ chức huấn luyện cho 25 người trong 2 buổi', 'result'],
    ['Thăm và làm việc với ba gia đình quân nhân', 'result'],
  ])('gets one hint: “%s” → %s', (text, hint) => {
    expect(hintOf(text)).toBe(hint)
  })

  it('gets no hint about a figure when there is one in its field', () => {
    expect(hintOf('Tổ chức huấn luyện chiến thuật cho dân quân của khoa', '25')).toBe('result')
    expect(hintOf('Chi bộ đạt trong sạch vững mạnh tiêu biểu năm 2023', '1')).toBeNull()
  })
})

describe('a sufficient text', () => {
  it.each([
    'Huấn luyện 25/25 đạt 100%',
    'Quân số 25/25, đạt yêu cầu',
    'Kết nạp 2 đảng viên',
    'Đạt 10/12 chỉ tiêu',
    'Kết nạp hai đảng viên mới',
    'Trao 4 suất quà',
    'Tuyên truyền Luật Nghĩa vụ quân sự cho 312 học sinh, sinh viên khóa 2023, có ba bài dự thi đoạt giải',
    'Thăm, tặng quà 4 gia đình quân nhân nhân dịp Tết Giáp Thìn, do công đoàn bộ phận vận động',
    'Tháng 5. Đạt 25 điểm thi đua',
    'Phối hợp với Công an phường tuần tra 12 đêm quanh ký túc xá, ghi biên bản và bàn giao cho ca sau',
    `Việc nhà trường giao cho khoa ${'được làm chu đáo và kịp thời '.repeat(12)}`,
  ])('gets no hint: “%s”', (text) => {
    expect(hintOf(text)).toBeNull()
  })
})
