import type { ErasureKind, ErasureState } from '../../../core/privacy/erasure.js'
import { bold, type Rich } from '../../rich.js'
import { law } from '../law.js'

const kind: Record<ErasureKind, string> = {
  drafts: 'Bản nháp của tôi',
  name: 'Tên tôi trên những gì đã nộp',
  all: 'Mọi thứ có thể xóa',
}

const asked: Record<ErasureKind, string> = {
  drafts: 'các bản nháp',
  name: 'tên trên những gì đã nộp',
  all: 'mọi thứ có thể xóa',
}

const effect: Record<ErasureKind, string> = {
  drafts: 'Những gì đã gõ mà chưa nộp bị xóa hẳn.',
  name: 'Minh chứng đã nộp mang tên “Người đã xóa #…”; người đề nghị vẫn dùng Thi đua như trước nhưng không sửa, rút được những minh chứng đó nữa.',
  all: 'Tên thành “Người đã xóa #…”; e-mail, vai trò, tài khoản, bản nháp, đợt vắng, cách nhắc, việc được giao và các tin đã nhận bị xóa; người đề nghị ra khỏi danh sách và không dùng Thi đua được nữa.',
}

export const erasure = {
  title: 'Dữ liệu của tôi',
  kind,
  name: (name: string, email: string | null): Rich => [bold(name), ` · ${email ?? 'không có e-mail'}`],
  roles: (roles: readonly string[]) =>
    roles.length > 0 ? `Đơn vị và vai trò: ${roles.join('; ')}` : 'Không có vai trò nào trong danh sách.',
  /** A unit may have the name of its role. */
  role: (role: string, unit: string) => (role === unit ? role : `${role} – ${unit}`),
  account: (platform: string, id: string, at: string) =>
    `Tài khoản ${platform === 'slack' ? 'Slack' : platform}: ${id}, gắn lúc ${at}`,
  counts: (submissions: number, drafts: number, messages: number, rows: number): Rich => [
    bold(`${submissions} minh chứng đã nộp`),
    ` · ${drafts} bản nháp · ${messages} tin gửi cho Thầy/Cô · ${rows} dòng nhật ký`,
  ],
  countsNote: 'Nhật ký chỉ giữ mã số, không giữ tên và lời văn.',
  submissions: 'Minh chứng đã nộp',
  moreSubmissions: (n: number) => `Còn ${n} minh chứng cũ hơn: /thidua nhatky`,
  rights: (date: string) =>
    `Thầy/Cô được xem và xin xóa dữ liệu của mình (${law.personalData(date)}). Phòng Tổ chức – Hành chính xem xét.`,
  ask: 'Đề nghị xóa',
  log: 'Nhật ký của tôi',

  formTitle: 'Đề nghị xóa dữ liệu',
  formSubmit: 'Gửi đề nghị',
  what: 'Xóa gì',
  whatPlaceholder: 'Chọn phần muốn xóa',
  effects: (kinds: readonly ErasureKind[]): Rich =>
    kinds.flatMap((k, i) => [i > 0 ? '\n' : '', bold(`${kind[k]}: `), effect[k]]),
  stays: (plan: string, date: string): Rich => [
    bold('Vẫn giữ: '),
    `nội dung thành tích đã nộp, vì đó là hồ sơ thi đua của đơn vị (Kế hoạch ${plan}; ${law.emulation(date)}), và nhật ký chỉ gồm mã số, để chứng minh hồ sơ không bị sửa. Tin đã hiện trong cuộc trò chuyện do Slack giữ.`,
  ],
  reason: 'Lý do',
  reasonHint: 'Phòng Tổ chức – Hành chính sẽ thấy lời này.',
  sentTitle: 'Đã gửi đề nghị',
  sent: (what: ErasureKind): Rich => ['🕓 ', bold('Đã gửi đề nghị'), ` xóa ${asked[what]}.`],
  sentNext: 'Phòng Tổ chức – Hành chính sẽ xem xét; Thầy/Cô được báo khi có kết quả. Chưa có gì bị xóa.',
  waiting: (what: ErasureKind, at: string): Rich => [
    '🕓 ',
    bold('Đề nghị đang chờ'),
    `: xóa ${asked[what]}, gửi lúc ${at}.`,
  ],
  takeBack: 'Rút đề nghị',

  requestTitle: (name: string, what: ErasureKind): Rich => [
    bold(name),
    ' đề nghị xóa dữ liệu cá nhân: ',
    bold(asked[what]),
  ],
  requestSummary: (name: string) => `${name} đề nghị xóa dữ liệu cá nhân`,
  effect: (what: ErasureKind) => effect[what],
  headOf: (units: readonly string[]): Rich => [
    bold('Lưu ý: '),
    `đây là trưởng đơn vị của ${units.join(', ')}; sau khi xóa, đơn vị cần người thay trong danh sách.`,
  ],
  lastAdmin: [
    bold('Lưu ý: '),
    'đây là người quản trị cuối cùng trong danh sách; nên thêm người quản trị khác trước khi đồng ý.',
  ] as Rich,
  agree: 'Đồng ý',
  agreeTitle: 'Xóa dữ liệu cá nhân',
  agreeAsk: (name: string, what: ErasureKind) => `Xóa ${asked[what]} của ${name}? Việc này không hoàn lại được.`,
  refuse: 'Từ chối',
  refuseTitle: 'Từ chối xóa dữ liệu',
  refuseReason: 'Lý do từ chối',
  refuseReasonHint: 'Người đề nghị sẽ thấy đúng lời này.',
  decided: {
    waiting: 'Đang chờ xem xét',
    agreed: '✅ Đã đồng ý và đã xóa',
    refused: '↩️ Đã từ chối',
    taken_back: '⬜ Người gửi đã rút đề nghị',
  } satisfies Record<ErasureState, string>,
  by: (what: string, name: string, at: string): Rich => [bold(what), name ? ` – ${name}, lúc ${at}` : `, lúc ${at}`],

  outcome: {
    agreed: (what: ErasureKind): Rich => ['✅ ', bold('Đã xóa'), ` ${asked[what]} theo đề nghị của Thầy/Cô.`],
    refused: (what: ErasureKind): Rich => ['↩️ ', bold('Chưa xóa'), ` ${asked[what]}: đề nghị không được chấp nhận.`],
  },
  outcomeReason: (reason: string): Rich => [bold('Lý do: '), reason],
  outcomeSummary: 'Kết quả đề nghị xóa dữ liệu cá nhân',
  farewell: 'Đây là tin cuối cùng Thi đua gửi cho Thầy/Cô.',
  placeholder: (code: string) => `Người đã xóa #${code}`,
}
