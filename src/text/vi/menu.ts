import type { ReviewKind } from '../../core/review.js'
import { bold, type Rich } from '../rich.js'
import { common } from './common.js'

export const menu = {
  hello: (name: string): Rich => ['Chào ', bold(name), '!'],
  summary: 'Phong trào thi đua',
  campaign: (number: string, title: string) => `Kế hoạch ${number}: ${title}`,
  labels: {
    nop: 'Nộp minh chứng',
    trangthai: 'Trạng thái đơn vị',
    tonghop: 'Tổng hợp',
    baocao: 'Báo cáo đơn vị',
    tieuchi: 'Tiêu chí',
    lich: 'Lịch',
    duyet: 'Duyệt minh chứng',
    tim: 'Tìm',
    caidat: 'Cài đặt',
    nhatky: 'Nhật ký',
    bangiay: 'Đã nhận bản giấy',
    dulieu: 'Dữ liệu của tôi',
    trogiup: 'Trợ giúp',
  } as Record<string, string>,
  help: {
    nop: 'nộp một minh chứng; có thể ghi luôn: /thidua nop a2 Huấn luyện 25/25 đạt 100%',
    trangthai: 'đơn vị đã có gì, còn thiếu gì',
    tonghop: 'ai đã làm gì, còn trống ở đâu: /thidua tonghop sơ kết, /thidua tonghop tiêu chí',
    baocao: 'báo cáo của đơn vị cho kỳ sơ kết, tổng kết: xem, gửi, duyệt',
    tieuchi: 'các tiêu chí đúng lời kế hoạch',
    lich: 'ngày sơ kết, tổng kết và các lần nhắc',
    duyet: 'minh chứng chờ Ban Chỉ huy duyệt; lọc theo đơn vị, tiêu chí: /thidua duyet Khoa Cơ khí a2',
    tim: 'tìm minh chứng theo nội dung, số, đơn vị, tiêu chí, người nộp: /thidua tim huấn luyện',
    caidat: 'cách phần mềm làm việc, ví dụ trưởng đơn vị có xác nhận trước hay không',
    nhatky: 'ai đã làm gì, lúc nào, vì sao: /thidua nhatky, /thidua nhatky TĐ-2024-000123',
    bangiay: 'ghi nhận tài liệu nộp bản giấy: /thidua bangiay Khoa Cơ khí a2',
    dulieu: 'bot đang giữ gì về Thầy/Cô; xin xóa',
    trogiup: 'trang này',
  } as Record<string, string>,
  helpTitle: 'Trợ giúp',
  helpLine: (command: string, text: string): Rich => [bold(`/thidua ${command}`), ` – ${text}`],
  helpNote:
    'Gõ có dấu hay không dấu, hoa hay thường đều được. Trưởng đơn vị nhận tin nhắc trước mỗi kỳ, kèm nút để làm ngay.',
  headHelp: 'Khi có người nộp, Thầy/Cô nhận một tin với nút Xác nhận và Trả lại.',
  unknown: (word: string): Rich => ['Chưa hiểu “', bold(word), '”. Có phải Thầy/Cô muốn:'],
  noDates: (kinds: readonly ReviewKind[]) =>
    `⬜ Chưa đặt ngày ${kinds.map((k) => common.reviewKind[k]).join(', ')} nên chưa có lời nhắc cho kỳ này. `,
  noDatesAdmin: 'Bấm “Lịch” để đặt ngày.',
  noDatesOthers: 'Ban Chỉ huy quân sự sẽ đặt ngày.',
  next: 'Việc cần làm tiếp',
  needPlan: '⬜ Nạp kế hoạch: `npm run thidua -- plan import db/campaigns/qptd-2024.yaml`',
  needRoster: '⬜ Nạp danh sách đơn vị và người: `npm run thidua -- roster import TỆP` (mẫu: db/roster.example.csv)',
  needDates: '⬜ Đặt ngày sơ kết, tổng kết: /thidua lich',
  donePlan: '✅ Đã nạp kế hoạch',
  doneRoster: (people: number) => `✅ Đã nạp danh sách: ${people} người`,
  allDone: '✅ Đã sẵn sàng: kế hoạch, danh sách và ngày sơ kết, tổng kết đều có.',
  criteriaTitle: (number: string) => `Tiêu chí thi đua (Kế hoạch ${number})`,
  noFiles:
    'Tệp vừa gửi chưa được lưu làm minh chứng. Xin gõ “nop”, ghi kết quả và dán liên kết đến ảnh hoặc tài liệu vào ô Liên kết.',
  openForm: 'Mở biểu mẫu',
  formFailed: 'Chưa mở được biểu mẫu vì Slack phản hồi chậm. Chưa có gì bị mất; xin bấm hoặc gõ lại lệnh.',
  error: (code: string) =>
    `Có trục trặc ở phía phần mềm (mã ${code}). Những gì đã lưu trước đó vẫn còn; xin thử lại, nếu vẫn lỗi xin báo người quản trị mã này.`,
}
