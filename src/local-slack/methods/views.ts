/** views.*: https://docs.slack.dev/reference/methods?query=views */

import { isJsonObject, type JsonObject } from '../json.js'
import { pictureCheck } from '../state/files.js'
import {
  externalIdTaken,
  findView,
  openView,
  publishHome,
  spendTrigger,
  topView,
  updateView,
  viewAsSlack,
} from '../state/views.js'
import type { View, Workspace } from '../state/workspace.js'
import { refuseView } from '../validate/view.js'
import { failure, type Method, missingArgument, ok, refused } from './method.js'

const answer = (workspace: Workspace, view: View) => ok({ view: viewAsSlack(workspace, view) })

const opener =
  (pushed: boolean): Method =>
  (workspace, { trigger_id, view }) => {
    if (trigger_id === undefined) return missingArgument('trigger_id')
    const refusal = refuseView(view, 'modal', pictureCheck(workspace))
    if (refusal) return refused(refusal)
    const content = view as JsonObject
    if (externalIdTaken(workspace, content.external_id)) return failure('duplicate_external_ids')
    const trigger = spendTrigger(workspace, trigger_id)
    if ('error' in trigger) return failure(trigger.error)
    if (pushed && !(trigger.fromModal && topView(workspace, trigger.userId)))
      return failure('invalid_arguments', ['[ERROR] no view to push onto'])
    const opened = openView(workspace, trigger.userId, content, trigger.fromModal)
    return 'error' in opened ? failure(opened.error) : answer(workspace, opened)
  }

const update: Method = (workspace, args) => {
  if (args.view_id === undefined && args.external_id === undefined) return missingArgument('view_id')
  const kind = isJsonObject(args.view) && args.view.type === 'home' ? 'home' : 'modal'
  const refusal = refuseView(args.view, kind, pictureCheck(workspace))
  if (refusal) return refused(refusal)
  const view = findView(workspace, args)
  if (!view) return failure('not_found')
  if (typeof args.hash === 'string' && args.hash !== view.hash) return failure('hash_conflict')
  const content = args.view as JsonObject
  if (content.type !== view.kind) return failure('invalid_arguments', ['[ERROR] a view cannot change its type'])
  if (externalIdTaken(workspace, content.external_id, view)) return failure('duplicate_external_ids')
  updateView(workspace, view, content)
  return answer(workspace, view)
}

const publish: Method = (workspace, { user_id, view, hash }) => {
  const user = typeof user_id === 'string' ? workspace.users.get(user_id) : undefined
  if (typeof user_id !== 'string') return missingArgument('user_id')
  if (!user || user.is_bot) return failure('invalid_arguments', ['[ERROR] invalid user_id [json-pointer:/user_id]'])
  const refusal = refuseView(view, 'home', pictureCheck(workspace))
  if (refusal) return refused(refusal)
  const before = workspace.homes.get(user.id)
  if (typeof hash === 'string' && before && hash !== before.hash) return failure('hash_conflict')
  if (externalIdTaken(workspace, (view as JsonObject).external_id, before)) return failure('duplicate_external_ids')
  return answer(workspace, publishHome(workspace, user.id, view as JsonObject))
}

export const views: Record<string, Method> = {
  'views.open': opener(false),
  'views.push': opener(true),
  'views.update': update,
  'views.publish': publish,
}
