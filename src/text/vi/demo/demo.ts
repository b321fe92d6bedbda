/** Evidence for a criterion that people of the demo submit; `figure` is a number and its unit. */
interface Sample {
  criterion: string
  text: string
  figure?: [string, string]
}

const s = (criterion: string, text: string, figure?: [string, string]): Sample => ({ criterion, text, figure })

export const demoText = {
  ready: (url: string) => `Thi đua đang chạy thử. Mở trang này trong trình duyệt: ${url}`,
  stop: 'Dừng: Ctrl+C. Mọi thứ ở đây là tạm; người và minh chứng là hư cấu.',
  team: 'Trường Cao đẳng nghề An Giang',
  channel: 'thong-bao-chung',
  report: {
    selfAssessment: 'Đơn vị hoàn thành cơ bản các nội dung đã đăng ký, quân số tham gia huấn luyện đạt trên 95%.',
    difficulties: 'Thiếu thao trường tập; đề nghị Nhà trường bố trí lịch huấn luyện không trùng giờ dạy.',
    rejected: 'Xin bổ sung số liệu của tiêu chí a3 rồi gửi lại.',
  },
  files: {
    photo: (n: number) => `anh-${n}.png`,
    paper: 'danh-sach-ky-nhan.pdf',
  },
  /** Submissions of the person whom the page shows first. */
  first: {
    confirmed: {
      criterion: 'a3',
      text: 'Trực sẵn sàng chiến đấu xưởng điện trong tuần đầu tháng 6 theo lịch phân công, không vắng ca.',
      figure: ['7', 'ca trực'] as [string, string],
    },
    waiting: {
      criterion: 'a5',
      text: 'Hướng dẫn đội tự quản của khoa tuần tra ngoài giờ quanh xưởng thực hành, không để xảy ra mất mát.',
      figure: ['4', 'buổi'] as [string, string],
    },
    returned: {
      criterion: 'b3',
      text: 'Thăm và tặng quà hai gia đình tự vệ của khoa có hoàn cảnh khó khăn.',
      figure: ['2', 'phần quà'] as [string, string],
    },
    reason: 'Xin ghi rõ ngày thăm và nguồn kinh phí.',
    draft: { criterion: 'b5', text: 'Vận động gia đình viên chức trong khoa đóng góp quỹ “Vì người nghèo”,' },
  },
  returnReason: 'Xin ghi rõ số người tham gia và ngày tổ chức.',
  roles: {
    member: 'Giảng viên, nhân viên',
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
  samples: [
    s('a1', 'Chi bộ họp định kỳ quý I, ra nghị quyết lãnh đạo thực hiện nhiệm vụ quân sự, quốc phòng năm 2024.', [
      '3',
      'cuộc họp',
    ]),
    s(
      'a1',
      'Đăng ký và được công nhận chi bộ trong sạch, vững mạnh; phân công đảng viên phụ trách công tác quốc phòng.',
    ),
    s('a2', 'Tham gia huấn luyện Dân quân tự vệ năm 2024 đủ quân số, kết quả kiểm tra đạt khá trở lên.', [
      '25',
      'người',
    ]),
    s('a2', 'Rà soát, bổ sung lực lượng tự vệ của đơn vị theo chỉ tiêu được giao.', ['6', 'người']),
    s('a3', 'Duy trì trực sẵn sàng chiến đấu dịp 30/4 và 1/5 đúng quy định, không vắng ca trực.', ['100', '%']),
    s('a3', 'Kiểm tra bắn súng bài 1 đạt yêu cầu trở lên, vượt chỉ tiêu giao.', ['96', '%']),
    s('a4', 'Phối hợp với Công an phường tuần tra bảo vệ khu vực ký túc xá theo Nghị định 02/2020/NĐ-CP.', [
      '8',
      'buổi',
    ]),
    s('a5', 'Nắm tình hình tư tưởng học sinh, sinh viên; không để xảy ra vụ việc phức tạp về an ninh, trật tự.', [
      '0',
      'vụ việc',
    ]),
    s('a5', 'Tổ chức tổ tự quản giữ an toàn trường học, tuần tra ngoài giờ.', ['12', 'buổi']),
    s('b1', 'Quán triệt Chỉ thị 36/2005/CT-TTg trong toàn đơn vị, có bản thu hoạch của từng người.', ['18', 'bản']),
    s('b2', 'Giới thiệu quần chúng ưu tú học lớp bồi dưỡng nhận thức về Đảng.', ['2', 'người']),
    s('b2', 'Kết nạp đảng viên mới trong đợt 19/5.', ['1', 'người']),
    s('b3', 'Thăm, tặng quà gia đình tự vệ có hoàn cảnh khó khăn nhân dịp Tết Giáp Thìn.', ['5', 'phần quà']),
    s('b4', 'Cử đoàn viên tham gia dọn vệ sinh kênh, sửa đường nông thôn tại xã Mỹ Hòa Hưng.', ['40', 'lượt người']),
    s('b4', 'Diễn tập phòng cháy, chữa cháy và cứu nạn, cứu hộ tại xưởng thực hành.', ['1', 'buổi']),
    s('b5', 'Vận động gia đình viên chức đóng góp quỹ “Vì người nghèo”.', ['6500000', 'đồng']),
    s('b5', 'Tuyên truyền cuộc vận động “Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh”.', ['3', 'buổi']),
    s('b6', 'Toàn thể viên chức học tập, chấp hành tốt chủ trương, pháp luật về quốc phòng; không có vi phạm.', [
      '100',
      '%',
    ]),
  ] as readonly Sample[],
}
