/** views.*: https://docs.slack.dev/reference/methods?query=views */
import { isPictureIn } from '../state/files.js'
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
import type { View, World } from '../state/workspace.js'
import { isObj, type Obj } from '../validate/check.js'
import { refuseView } from '../validate/view.js'
import { type Method, missing, no, refused, yes } from './method.js'

const answer = (world: World, view: View) => yes({ view: viewAsSlack(world, view) })

const opener =
  (pushed: boolean): Method =>
  (world, { trigger_id, view }) => {
    if (trigger_id === undefined) return missing('trigger_id')
    const refusal = refuseView(view, 'modal', isPictureIn(world))
    if (refusal) return refused(refusal)
    const content = view as Obj
    if (externalIdTaken(world, content.external_id)) return no('duplicate_external_ids')
    const trigger = spendTrigger(world, trigger_id)
    if ('error' in trigger) return no(trigger.error)
    if (pushed && !(trigger.fromModal && topView(world, trigger.userId)))
      return no('invalid_arguments', ['[ERROR] no view to push onto'])
    const opened = openView(world, trigger.userId, content, trigger.fromModal)
    return 'error' in opened ? no(opened.error) : answer(world, opened)
  }

const update: Method = (world, args) => {
  if (args.view_id === undefined && args.external_id === undefined) return missing('view_id')
  const kind = isObj(args.view) && args.view.type === 'home' ? 'home' : 'modal'
  const refusal = refuseView(args.view, kind, isPictureIn(world))
  if (refusal) return refused(refusal)
  const view = findView(world, args)
  if (!view) return no('not_found')
  if (typeof args.hash === 'string' && args.hash !== view.hash) return no('hash_conflict')
  const content = args.view as Obj
  if (content.type !== view.kind) return no('invalid_arguments', ['[ERROR] a view cannot change its type'])
  if (externalIdTaken(world, content.external_id, view)) return no('duplicate_external_ids')
  updateView(world, view, content)
  return answer(world, view)
}

const publish: Method = (world, { user_id, view, hash }) => {
  const user = typeof user_id === 'string' ? world.users.get(user_id) : undefined
  if (typeof user_id !== 'string') return missing('user_id')
  if (!user || user.is_bot) return no('invalid_arguments', ['[ERROR] invalid user_id [json-pointer:/user_id]'])
  const refusal = refuseView(view, 'home', isPictureIn(world))
  if (refusal) return refused(refusal)
  const before = world.homes.get(user.id)
  if (typeof hash === 'string' && before && hash !== before.hash) return no('hash_conflict')
  if (externalIdTaken(world, (view as Obj).external_id, before)) return no('duplicate_external_ids')
  return answer(world, publishHome(world, user.id, view as Obj))
}

export const views: Record<string, Method> = {
  'views.open': opener(false),
  'views.push': opener(true),
  'views.update': update,
  'views.publish': publish,
}
