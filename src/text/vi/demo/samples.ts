/** Evidence for a criterion that people of the demo submit. */
interface Sample {
  criterion: string
  text: string
  /** The smallest and the largest figure, and their unit. */
  figure?: readonly [number, number, string]
  /** The day that the words mean, yyyy-MM-dd; without one they fit any day. */
  on?: string
}

/** A day that the words name is the sample's own day: a test looks. A unit submits each at most once. */
export const samples: readonly Sample[] = [
  {
    criterion: 'a1',
    text: 'Chi bộ họp kiểm điểm quý I, ra nghị quyết lãnh đạo thực hiện nhiệm vụ quân sự, quốc phòng năm 2024.',
    on: '2024-03-28',
  },
  {
    criterion: 'a1',
    text: 'Đăng ký chi bộ trong sạch, vững mạnh; phân công đảng viên phụ trách công tác quốc phòng của đơn vị.',
  },
  {
    criterion: 'a1',
    text: 'Họp đơn vị quán triệt Kế hoạch 484/KH-CĐN, phân công người phụ trách từng tiêu chí.',
    figure: [12, 30, 'người dự'],
    on: '2024-03-20',
  },
  {
    criterion: 'a2',
    text: 'Tham gia huấn luyện Dân quân tự vệ đủ quân số, kết quả kiểm tra đạt khá trở lên.',
    figure: [4, 12, 'người'],
  },
  {
    criterion: 'a2',
    text: 'Rà soát, bổ sung lực lượng tự vệ của đơn vị theo chỉ tiêu được giao.',
    figure: [2, 8, 'người'],
  },
  {
    criterion: 'a2',
    text: 'Bồi dưỡng đảng viên trẻ trong lực lượng tự vệ, phân công người kèm cặp.',
    figure: [1, 3, 'người'],
  },
  {
    criterion: 'a3',
    text: 'Duy trì trực sẵn sàng chiến đấu dịp 30/4 và 1/5 đúng quy định, không vắng ca trực.',
    figure: [4, 10, 'ca trực'],
    on: '2024-04-30',
  },
  { criterion: 'a3', text: 'Kiểm tra bắn súng bài 1, tất cả đạt yêu cầu trở lên.', figure: [3, 12, 'người'] },
  {
    criterion: 'a3',
    text: 'Báo động luyện tập chuyển trạng thái, quân số có mặt đúng giờ, đủ trang bị.',
    figure: [92, 100, '%'],
  },
  {
    criterion: 'a4',
    text: 'Phối hợp với Công an phường tuần tra khu vực ký túc xá theo Nghị định 02/2020/NĐ-CP.',
    figure: [2, 8, 'buổi'],
  },
  {
    criterion: 'a4',
    text: 'Trao đổi tình hình địa bàn với Công an phường, thống nhất số điện thoại liên lạc khi có việc.',
    figure: [1, 3, 'lần'],
  },
  {
    criterion: 'a4',
    text: 'Cử tự vệ cùng Công an phường giữ trật tự trước cổng trường giờ tan học.',
    figure: [4, 12, 'lượt người'],
  },
  {
    criterion: 'a5',
    text: 'Nắm tình hình tư tưởng học sinh, sinh viên; không để xảy ra vụ việc phức tạp về an ninh, trật tự.',
  },
  { criterion: 'a5', text: 'Tổ tự quản giữ an toàn trường học, tuần tra ngoài giờ.', figure: [3, 12, 'buổi'] },
  {
    criterion: 'a5',
    text: 'Kiểm tra khóa cửa, điện, camera các phòng làm việc trước giờ về; đã sửa những chỗ chưa bảo đảm.',
    figure: [2, 9, 'phòng'],
  },
  {
    criterion: 'b1',
    text: 'Quán triệt Chỉ thị 36/2005/CT-TTg trong toàn đơn vị, có bản thu hoạch của từng người.',
    figure: [8, 24, 'bản'],
  },
  {
    criterion: 'b1',
    text: 'Viên chức, người lao động tự soi theo tiêu chí phẩm chất, đạo đức, năng lực; đơn vị góp ý từng người.',
    figure: [8, 24, 'người'],
  },
  {
    criterion: 'b2',
    text: 'Giới thiệu quần chúng ưu tú học lớp bồi dưỡng nhận thức về Đảng.',
    figure: [1, 3, 'người'],
  },
  { criterion: 'b2', text: 'Kết nạp đảng viên mới nhân kỷ niệm 19/5.', figure: [1, 2, 'người'], on: '2024-05-17' },
  {
    criterion: 'b2',
    text: 'Chi bộ sinh hoạt chuyên đề về xây dựng nền quốc phòng toàn dân.',
    figure: [9, 22, 'đảng viên'],
  },
  {
    criterion: 'b3',
    text: 'Thăm, tặng quà gia đình tự vệ có hoàn cảnh khó khăn nhân dịp Tết Giáp Thìn.',
    figure: [1, 5, 'phần quà'],
    on: '2024-02-05',
  },
  {
    criterion: 'b3',
    text: 'Trao học bổng cho con viên chức đang là quân nhân tại ngũ.',
    figure: [1, 4, 'suất'],
  },
  {
    criterion: 'b3',
    text: 'Hỗ trợ tiền ăn và đi lại cho tự vệ của đơn vị trong những ngày tập trung huấn luyện.',
    figure: [4, 12, 'người'],
  },
  {
    criterion: 'b4',
    text: 'Cử đoàn viên dọn vệ sinh kênh, sửa đường nông thôn tại xã Mỹ Hòa Hưng.',
    figure: [10, 40, 'lượt người'],
  },
  {
    criterion: 'b4',
    text: 'Diễn tập phòng cháy, chữa cháy và cứu nạn, cứu hộ tại nơi làm việc.',
    figure: [10, 30, 'người'],
  },
  { criterion: 'b4', text: 'Vận động hiến máu tình nguyện.', figure: [2, 9, 'đơn vị máu'] },
  {
    criterion: 'b4',
    text: 'Chuẩn bị vật tư phòng chống bão, lụt của đơn vị; kiểm tra mái, cây xanh quanh nơi làm việc.',
  },
  {
    criterion: 'b5',
    text: 'Vận động gia đình viên chức, người lao động đóng góp quỹ “Vì người nghèo”.',
    figure: [2, 9, 'triệu đồng'],
  },
  {
    criterion: 'b5',
    text: 'Tuyên truyền cuộc vận động “Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh”.',
    figure: [1, 4, 'buổi'],
  },
  { criterion: 'b5', text: 'Góp sách, vở cho học sinh nghèo của xã kết nghĩa.', figure: [20, 90, 'bộ sách'] },
  {
    criterion: 'b6',
    text: 'Toàn thể viên chức, người lao động học tập, chấp hành tốt pháp luật về quốc phòng; không có vi phạm.',
  },
  {
    criterion: 'b6',
    text: 'Phổ biến Luật Lực lượng dự bị động viên, giải đáp những câu hỏi thường gặp.',
    figure: [10, 30, 'người dự'],
  },
  { criterion: 'b6', text: 'Giờ dạy và việc hành chính đúng kế hoạch, không bỏ giờ, không trễ hạn.' },
]
