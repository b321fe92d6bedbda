import { describe, expect, it } from 'vitest'
import { readFailure, sendFailureReasons, storedFailure } from '../../../src/core/outbox/send-failure.js'
import { slackFailureReason } from '../../../src/slack/outbound/failure-reason.js'
import { outbox as t } from '../../../src/text/vi/outbox/outbox.js'

const said = (stored: string) => t.why(readFailure(stored, slackFailureReason))

describe('a failure stored by version 0.1.0, as words alone', () => {
  it.each([
    ['no account with this e-mail', 'chưa có tài khoản Slack với e-mail này'],
    ['account_inactive', 'tài khoản Slack đã bị khóa'],
    ['ratelimited', 'Slack yêu cầu gửi chậm lại'],
    [
      'missing_scope',
      'ứng dụng Slack thiếu quyền (im:history, im:write, chat:write); xin cài lại theo manifests/slack.json',
    ],
    ['token_revoked', 'Slack không nhận mã truy cập (token) của Thi đua'],
    ['the bot is not installed', 'Slack không nhận mã truy cập (token) của Thi đua'],
    ['payload of stranger: name invalid_type', 'nội dung trong hộp gửi không đọc được'],
    ['history: http 500', 'chưa kiểm tra được tin đã tới nơi hay chưa'],
    ['http 503', 'Slack gặp lỗi'],
    ['http 404', 'Slack từ chối'],
    ['connect ECONNREFUSED 127.0.0.1:443', 'không kết nối được với Slack'],
    ['The operation was aborted due to timeout', 'không kết nối được với Slack'],
    ['invalid_blocks must be shorter; see blocks/0', 'Slack từ chối'],
    ['[ERROR] something else', 'Slack từ chối'],
  ])('%s is told as %s', (words, sentence) => {
    expect(said(words)).toBe(`${sentence} (${words})`)
  })

  it('without words has no known reason', () => {
    expect(t.why(null)).toBe('không rõ lý do')
  })
})

describe('a stored failure', () => {
  it('is read with its own reason, whatever its words would mean in Slack', () => {
    for (const reason of sendFailureReasons) {
      const failure = { reason, words: 'history: ratelimited\n[refused] x' }
      expect(readFailure(storedFailure(failure), slackFailureReason)).toEqual(failure)
    }
  })

  it('is told by its reason and words, without the code', () => {
    expect(said('[chat_fault] overloaded')).toBe('Slack gặp lỗi (overloaded)')
  })
})
