import { describe, expect, it } from 'vitest'
import { MAX_FILES } from '../../src/core/attachment/attachment.js'
import { SHORT_MAX } from '../../src/core/campaign/plan.js'
import { maxReason, maxReportText } from '../../src/core/report/text.js'
import { maxText } from '../../src/core/submission/content.js'
import { maxNilReason } from '../../src/core/submission/nil-report.js'
import { slackLimits } from '../../src/slack/limits.js'
import { vi } from '../../src/text/vi.js'

describe("the core's rules on lengths and counts", () => {
  it('let every text that a form asks for be typed into one field of Slack', () => {
    for (const length of [maxText, maxReportText, maxReason, maxNilReason])
      expect(length).toBeLessThanOrEqual(slackLimits.inputText)
  })

  it('let a criterion be shown uncut in a menu, with a code of two characters', () => {
    const label = vi.common.criterion('a1', 'x'.repeat(SHORT_MAX))
    expect(label.length).toBeLessThanOrEqual(slackLimits.optionLabel)
  })

  it('let as many files be chosen in a form of Slack as are stored', () => {
    expect(MAX_FILES).toBeLessThanOrEqual(slackLimits.formFiles)
  })
})
