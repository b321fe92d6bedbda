import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { type Feature, look } from '../command.js'
import type { Block } from '../ui.js'

/** The criteria in the plan's own words. */
export const criteriaFeature: Feature = {
  commands: [
    {
      name: 'tieuchi',
      aliases: ['criteria', 'noidung', 'kehoach'],
      isFor: () => true,
      run: (ctx) =>
        look(ctx, async (_use, campaign) => {
          const title = vi.menu.criteriaTitle(campaign.number)
          const blocks: Block[] = [block.heading(title)]
          for (const group of campaign.groups) {
            blocks.push(block.text({ bold: vi.submission.group(group.code, group.title) }))
            for (const c of group.criteria)
              blocks.push(block.text([{ bold: vi.common.criterion(c.code, c.short) }, `\n${c.text}`]))
          }
          return { kind: 'card', card: { summary: title, blocks } }
        }),
    },
  ],
}
