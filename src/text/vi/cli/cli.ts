const variables: Record<string, string> = {
  SLACK_BOT_TOKEN: 'bắt đầu bằng xoxb-; api.slack.com/apps → ứng dụng → OAuth & Permissions → Bot User OAuth Token',
  SLACK_APP_TOKEN:
    'bắt đầu bằng xapp-; api.slack.com/apps → Basic Information → App-Level Tokens (quyền connections:write) – cho Socket Mode',
  SLACK_SIGNING_SECRET: 'api.slack.com/apps → Basic Information → Signing Secret – cho HTTP, cùng với PORT',
  PORT: 'cổng HTTP, ví dụ 3000',
  HOST: 'địa chỉ IP hoặc tên máy mà cổng HTTP nhận kết nối, ví dụ 127.0.0.1 (chỉ máy này) hoặc 0.0.0.0 (mọi địa chỉ)',
  SLACK_API_URL: 'địa chỉ khác của Slack Web API, chỉ dùng khi thử',
  DATABASE_URL: 'ví dụ file:data/thidua.db',
  EVIDENCE_DIR: 'thư mục giữ ảnh, tệp minh chứng, ví dụ data/evidence',
  TIMEZONE: 'ví dụ Asia/Ho_Chi_Minh',
  LOG_LEVEL: 'debug, info, warn hoặc error',
  THIDUA_ADMINS: 'mã người dùng Slack (U…), cách nhau bằng dấu phẩy; Slack → hồ sơ → ⋮ → Copy member ID',
}

/** Why a database cannot be opened, by the error code of SQLite or the system. */
const databaseErrors: Record<string, string> = {
  SQLITE_NOTADB: 'tệp này không phải cơ sở dữ liệu SQLite; xin kiểm tra DATABASE_URL',
  SQLITE_CORRUPT: 'tệp này đã hỏng; xin đưa bản sao lưu vào thay',
  SQLITE_BUSY: 'chương trình khác đang giữ tệp này; xin thử lại sau ít phút',
  SQLITE_FULL: 'đĩa đã đầy',
  ENOSPC: 'đĩa đã đầy',
  NEWER: 'tệp này do bản mới hơn của Thi đua ghi; xin chạy bản mới, hoặc dùng bản sao lưu trước khi nâng cấp',
}

const few = (names: string[]): string => `${names.slice(0, 5).join(', ')}${names.length > 5 ? '…' : ''}`

/** The sentences of the command line and the start. */
export const cli = {
  configTitle: 'Chưa khởi động được: thiếu hoặc sai thiết lập môi trường (trong tệp .env hoặc biến môi trường):',
  configLine: ({ name, fault }: { name: string; fault: 'missing' | 'invalid' | 'choose' }): string => {
    const what = { missing: 'còn thiếu', invalid: 'chưa đúng', choose: 'cần một trong hai' }[fault]
    return `  ${name} – ${what}: ${variables[name] ?? ''}`
  },
  configDemo: 'Muốn xem thử mà không cần tài khoản Slack: npm run demo',
  slackRefused: (code: string) =>
    `Slack không chấp nhận kết nối (${code}). Xin kiểm tra SLACK_BOT_TOKEN: token của đúng workspace, chưa bị thu hồi, ứng dụng còn được cài.`,
  slackSilent: (text: string) =>
    `Không gọi được Slack (${text}). Xin kiểm tra mạng rồi chạy lại; dữ liệu không bị ảnh hưởng.`,
  portTaken: 'Cổng PORT đang có chương trình khác dùng. Xin chọn cổng khác hoặc dừng chương trình kia.',
  hostUnusable: (code: string) =>
    `Chưa mở được cổng HTTP ở địa chỉ HOST (${code}): địa chỉ này không thuộc máy đang chạy Thi đua. Xin bỏ trống HOST (chỉ máy này) hoặc ghi một địa chỉ của máy; dữ liệu không bị ảnh hưởng.`,
  portForbidden: (code: string) =>
    `Chưa mở được cổng PORT (${code}): tài khoản chạy Thi đua không có quyền mở cổng này, thường là cổng dưới 1024. Xin chọn cổng khác, ví dụ 3000; dữ liệu không bị ảnh hưởng.`,
  noArguments: (words: string) =>
    `dist/main.mjs chỉ để chạy Thi đua và không nhận tham số “${words}”; Thi đua chưa khởi động, dữ liệu không bị thay đổi. Xin dùng: npm run thidua -- ${words}`,
  databaseUrl: (url: string) =>
    `DATABASE_URL “${url}” chưa dùng được; bản này dùng SQLite, ví dụ DATABASE_URL=file:data/thidua.db`,
  databaseFile: (file: string, code: string) =>
    `Chưa mở được cơ sở dữ liệu “${file}” (${code}): ${databaseErrors[code] ?? 'tài khoản chạy Thi đua phải đọc và ghi được tệp này cùng thư mục của nó; xin kiểm tra DATABASE_URL và quyền ghi'}. Dữ liệu đã lưu không bị thay đổi.`,
  evidenceDir: (dir: string, code: string) =>
    `EVIDENCE_DIR “${dir}” chưa dùng được (${code}): Thi đua phải ghi được ảnh, tệp minh chứng vào thư mục này. Xin tạo thư mục, cho tài khoản chạy Thi đua quyền ghi, hoặc đặt EVIDENCE_DIR sang thư mục khác; dữ liệu đã lưu không bị ảnh hưởng.`,
  usage: `Cách dùng: npm run thidua -- <lệnh>

  demo                        chạy thử trong trình duyệt, không cần tài khoản
  plan check TỆP              kiểm tra tệp kế hoạch (.yaml), nêu từng lỗi cùng vị trí
  plan import TỆP             nạp kế hoạch vào cơ sở dữ liệu
  roster import TỆP           nạp danh sách đơn vị và người (.csv hoặc .xlsx);
                              thêm --replace để ai không có trong tệp thì ra khỏi danh sách;
                              --sheet TÊN chọn trang của tệp .xlsx; --yes nạp tên chuyển từ bảng mã cũ
  holidays import TỆP         nạp bảng ngày nghỉ (.csv: date,kind,name; kind là off hoặc work)
  holidays show [NĂM]         xem bảng ngày nghỉ của một năm
  account show EMAIL          xem tài khoản đang gắn với một người; account release EMAIL
                              bỏ gắn, để tài khoản khác có e-mail này được gắn
  audit verify                kiểm tra nhật ký: tìm dòng đầu tiên bị sửa, bớt hoặc thêm
  tick --at THỜI-ĐIỂM         chạy một lượt những gì đến hạn, ví dụ --at 2024-06-14T08:00:00+07:00;
                              thêm --force nếu thời điểm ấy sau đồng hồ của máy hơn một ngày
  outbox                      xem tin nào đang chờ, tin nào không gửi được và vì sao;
                              outbox show MÃ xem một tin; outbox retry MÃ|--all gửi lại
  evidence verify             đối chiếu ảnh, tệp minh chứng với cơ sở dữ liệu;
                              thêm --sweep để xóa những tệp không còn thuộc minh chứng nào
  doctor                      kiểm tra thiết lập và dữ liệu
  start                       chạy Thi đua (như npm start)`,
  unknownCommand: (word: string) => `Không có lệnh “${word}”.`,
  unknownOption: (command: string, option: string) =>
    `Lệnh “${command}” không có tùy chọn “${option}”. Chưa làm gì cả.`,
  needFile: (command: string) => `Lệnh “${command}” cần một tệp, ví dụ: npm run thidua -- ${command} tệp`,
  noFile: (file: string) => `Không mở được tệp “${file}”. Xin kiểm tra đường dẫn.`,
  planGood: (file: string, criteria: number) => `${file}: không có lỗi; ${criteria} tiêu chí.`,
  faults: (file: string, n: number) => `${file}: ${n} lỗi, chưa nạp gì cả.`,
  planImported: (number: string) => `Đã nạp kế hoạch ${number}.`,
  planChanged: (number: string) => `Đã cập nhật kế hoạch ${number}.`,
  planSame: (number: string) => `Kế hoạch ${number} đã có sẵn, không có gì thay đổi.`,
  planKeepsCriteria: (codes: string) =>
    `Kế hoạch mới bỏ tiêu chí ${codes} trong khi đã có minh chứng nộp cho tiêu chí này. Chưa nạp gì cả.`,
  rosterImported: (units: number, people: number, roles: number) =>
    `Đã nạp danh sách: ${units} đơn vị, ${people} người, ${roles} vai trò.`,
  rosterKept: (names: string[]) =>
    `${names.length} người không có trong tệp này vẫn được giữ nguyên: ${few(names)}. Muốn cho họ ra khỏi danh sách: thêm --replace`,
  rosterRetired: (names: string[]) =>
    `${names.length} người không có trong tệp này đã ra khỏi danh sách (những gì họ đã nộp vẫn còn): ${few(names)}`,
  rosterNoHead: (units: string[]) => `Chưa có trưởng đơn vị: ${units.join(', ')}.`,
  tickAtMissing: 'Xin ghi thời điểm, ví dụ: npm run thidua -- tick --at 2024-06-14T08:00:00+07:00',
  tickAtBad: (at: string) => `“${at}” không phải thời điểm ISO 8601, ví dụ 2024-06-14T08:00:00+07:00`,
  tickAhead: (at: string) =>
    `${at} sau đồng hồ của máy hơn một ngày. Chạy lượt này là gửi ngay, và ghi là đã gửi, những gì đến ngày đó mới đến hạn. Chưa gửi và chưa lưu gì. Nếu đúng là muốn vậy, xin chạy lại với --force; nếu chỉ muốn xem trước, xin gõ /thidua thunhac.`,
  tickDone: (at: string, n: number) =>
    n === 0 ? `${at}: không có lời nhắc nào đến hạn.` : `${at}: ${n} lời nhắc đến hạn.`,
  tickLine: (name: string, what: string, state: string) => `  ${name} – ${what}: ${state}`,
  tickReview: (kind: string, date: string, units: number) => `${kind} ${date}, ${units} đơn vị`,
  tickState: {
    waiting: 'chờ gửi',
    sending: 'đang gửi',
    sent: 'đã gửi',
    stale: 'đã gửi',
    dropped: 'không cần gửi nữa',
    failed: 'không gửi được',
    unreachable: 'không liên lạc được, đã báo Phòng Tổ chức – Hành chính',
  } as Record<string, string>,
  tickLeft: (n: number) => `Còn ${n} tin chưa gửi xong; chúng vẫn nằm trong hộp gửi và sẽ được gửi tiếp.`,
  doctorGood: (what: string) => `  ✅ ${what}`,
  doctorBad: (what: string) => `  ❌ ${what}`,
  doctor: {
    environment: 'thiết lập Slack',
    environmentBad: 'thiết lập Slack còn thiếu hoặc sai (Thi đua chưa chạy được với Slack thật)',
    database: 'cơ sở dữ liệu mở được',
    plan: (number: string) => `kế hoạch ${number}`,
    noPlan: 'chưa nạp kế hoạch',
    roster: (n: number) => `danh sách có ${n} người`,
    noRoster: 'chưa nạp danh sách',
    dates: 'đã đặt ngày sơ kết, tổng kết',
    noDates: 'chưa đặt đủ ngày sơ kết, tổng kết (/thidua lich)',
    heads: 'đơn vị nào cũng có trưởng đơn vị',
    evidence: (n: number) => `đủ ${n} ảnh, tệp minh chứng trong EVIDENCE_DIR`,
    evidenceBad: (n: number) =>
      `thiếu ${n} ảnh, tệp minh chứng trong EVIDENCE_DIR; chi tiết: npm run thidua -- evidence verify`,
    evidenceTemp: 'không có tệp tạm bị bỏ dở trong EVIDENCE_DIR',
    evidenceTempBad: (n: number) =>
      `${n} tệp tạm bị bỏ dở trong EVIDENCE_DIR, có thể còn vị trí chụp; Thi đua tự xóa khi chạy, hoặc: npm run thidua -- evidence verify --sweep`,
    counts: 'số đếm khớp với từng minh chứng',
    audit: (rows: number) => `nhật ký nguyên vẹn (${rows} dòng)`,
    countsBad: (cells: string[]) => `số đếm sai ở: ${cells.join('; ')}`,
    closings: (n: number) => `${n} lần chốt sơ kết, tổng kết khớp với từng minh chứng đã tính`,
    closingsBad: (faults: string[]) => `số liệu đã chốt sai ở: ${faults.join('; ')}`,
  },
}
