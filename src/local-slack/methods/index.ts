/** Every method that the local Slack implements. */
import { chat } from './chat.js'
import { conversations } from './conversations.js'
import { files } from './files.js'
import type { Method } from './method.js'
import { users } from './users.js'
import { views } from './views.js'

export const METHODS: Record<string, Method> = { ...users, ...conversations, ...chat, ...views, ...files }
