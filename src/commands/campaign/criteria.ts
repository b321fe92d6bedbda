import type { Campaign } from '../../core/campaign/campaign.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { type Feature, read } from '../command.js'
import type { Card } from '../ui.js'

/** Shows the criteria in the plan's own words. */
export const criteriaFeature: Feature = {
  commands: [
    {
      name: 'tieuchi',
      aliases: ['criteria', 'noidung', 'kehoach'],
      isFor: () => true,
      run: async (ctx) => ({ kind: 'card', card: criteriaCard(await read(ctx, async (_use, campaign) => campaign)) }),
    },
  ],
}

function criteriaCard({ number, groups }: Campaign): Card {
  const title = vi.menu.criteriaTitle(number)
  return {
    summary: title,
    blocks: [
      block.heading(title),
      ...groups.flatMap((group) => [
        block.text({ bold: vi.submission.group(group.code, group.title) }),
        ...group.criteria.map((c) => block.text([{ bold: vi.common.criterion(c.code, c.short) }, `\n${c.text}`])),
      ]),
    ],
  }
}
