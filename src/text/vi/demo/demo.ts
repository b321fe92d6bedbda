export const demoText = {
  ready: (url: string) => `Thi đua đang chạy thử. Mở trang này trong trình duyệt: ${url}`,
  stop: 'Dừng: Ctrl+C. Mọi thứ ở đây là tạm; người và minh chứng là hư cấu.',
  team: 'Trường Cao đẳng nghề An Giang',
  channel: 'thong-bao-chung',
  /** What units write in their reports, in turn. */
  reports: [
    {
      selfAssessment: 'Đơn vị hoàn thành cơ bản các nội dung đã đăng ký, quân số tham gia huấn luyện đạt trên 95%.',
      difficulties: 'Thiếu thao trường tập; đề nghị Nhà trường bố trí lịch huấn luyện không trùng giờ dạy.',
    },
    {
      selfAssessment: 'Các nội dung được giao đều có người phụ trách, làm đúng tiến độ; nền nếp trực được giữ vững.',
      difficulties: 'Một số viên chức đi học dài hạn nên quân số trực có lúc mỏng.',
    },
    {
      selfAssessment:
        'Viên chức, người lao động chấp hành tốt; công tác dân vận và chăm lo tự vệ có nhiều chuyển biến.',
      difficulties: 'Kinh phí cho hoạt động dân vận còn hạn hẹp; đề nghị Công đoàn cơ sở hỗ trợ thêm.',
    },
  ],
  reportRejected: 'Xin bổ sung số liệu của tiêu chí a3 rồi gửi lại.',
  files: {
    photo: (n: number) => `anh-${n}.png`,
    paper: (n: number) => `danh-sach-ky-nhan-${n}.pdf`,
  },
  /** Submissions of the person whom the page shows first. */
  first: {
    confirmed: {
      criterion: 'a3',
      doneOn: '2024-06-07',
      text: 'Trực sẵn sàng chiến đấu xưởng điện trong tuần đầu tháng 6 theo lịch phân công, không vắng ca.',
      figure: ['7', 'ca trực'] as [string, string],
    },
    waiting: {
      criterion: 'a5',
      doneOn: '2024-06-11',
      text: 'Hướng dẫn đội tự quản của khoa tuần tra ngoài giờ quanh xưởng thực hành, không để xảy ra mất mát.',
      figure: ['4', 'buổi'] as [string, string],
    },
    returned: {
      criterion: 'b3',
      doneOn: '2024-06-09',
      text: 'Thăm và tặng quà hai gia đình tự vệ của khoa có hoàn cảnh khó khăn.',
      figure: ['2', 'phần quà'] as [string, string],
    },
    reason: 'Xin ghi rõ ngày thăm và nguồn kinh phí.',
    draft: { criterion: 'b5', text: 'Vận động gia đình viên chức trong khoa đóng góp quỹ “Vì người nghèo”,' },
  },
  returnReason: 'Xin ghi rõ nơi thực hiện và người phụ trách.',
  roles: {
    member: 'Viên chức, người lao động',
    head: 'Trưởng đơn vị',
    deputy: 'Cấp phó',
    command_board: 'Ban Chỉ huy quân sự',
    org_office: 'Phụ trách thi đua',
    council: 'Hội đồng TĐKT',
    school_board: 'Ban Giám hiệu',
    admin: 'Quản trị',
  },
  /** Somebody whom the roster does not name. */
  outsider: {
    real_name: 'Ngô Thị Mai Lan',
    email: 'lanntm@cdn-angiang.example',
    role: 'Chưa có trong danh sách',
  },
  role: (what: string, unit: string) => `${what} – ${unit}`,
}
