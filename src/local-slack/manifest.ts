/** Reads the app's manifest: https://docs.slack.dev/reference/app-manifest */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { packageRoot } from '../package-root.js'

const shortcut = z.object({
  type: z.enum(['message', 'global']),
  name: z.string(),
  callback_id: z.string(),
  description: z.string().default(''),
})

/** An entry of `features.shortcuts`; those of type `message` are in the menu of every message. */
export type Shortcut = z.infer<typeof shortcut>

const manifest = z.object({
  features: z.object({ shortcuts: z.array(shortcut).default([]) }).default({ shortcuts: [] }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()).optional() }) }).optional(),
})

/** The shortcuts of a manifest and the scopes of the bot's token; neither when there is no such file. */
export function readManifest(file = join(packageRoot(), 'manifests', 'slack.json')): {
  shortcuts: Shortcut[]
  scopes?: string[]
} {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return { shortcuts: [] }
  }
  const { features, oauth_config: oauth } = manifest.parse(JSON.parse(text))
  return { shortcuts: features.shortcuts, scopes: oauth?.scopes.bot }
}
