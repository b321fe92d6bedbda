import { criteriaOf } from '../src/core/campaign/campaign.js'
import type { Roster } from '../src/core/setup/roster.js'
import { accountOf, type Fixture } from './fixture.js'
import { type Body, submissionBody } from './slack-request.js'

const texts = [
  'Tổ chức huấn luyện Dân quân tự vệ đợt 1 năm 2024: quân số 25/25, đạt 100 % chỉ tiêu được giao; kết quả kiểm tra bắn đạn thật 22/25 đạt yêu cầu, trong đó 9 khá, 4 giỏi.',
  'Phối hợp với Ban Chỉ huy quân sự thành phố tuyên truyền Luật Dân quân tự vệ, Luật Nghĩa vụ quân sự cho 312 học sinh, sinh viên khóa 2023; có 3 bài dự thi tìm hiểu đạt giải.',
  'Thăm, tặng quà 4 gia đình quân nhân nhân dịp Tết Giáp Thìn, tổng trị giá 4.000.000 đồng, do công đoàn bộ phận vận động.',
]

/** One form for each person of the roster who hands in for a unit, with the criteria in turn. */
export function submitters({ campaign, units }: Fixture, roster: Roster): Body[] {
  const byCode = new Map(units.map((u) => [u.code, u]))
  const criteria = criteriaOf(campaign)
  return roster.roles.flatMap(({ unitCode, email }, i) => {
    const unit = byCode.get(unitCode)
    if (!unit) return []
    const filled = {
      accountId: accountOf(email),
      unit,
      criterion: criteria[i % criteria.length]?.code ?? '',
      text: texts[i % texts.length] ?? '',
      doneOn: '2024-05-17',
      figure: '25',
      figureUnit: 'người',
    }
    return [submissionBody(campaign, filled)]
  })
}
