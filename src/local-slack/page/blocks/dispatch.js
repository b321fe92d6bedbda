/** How long nothing must be typed before the bot is told. */
const PAUSE_MS = 500
const TYPED = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input']

/** Whether the bot is told at once; the same rule as `tellsAtOnce` of the local Slack. `how`: typed or enter. */
export function tells(block, element, how = 'typed') {
  if (block.type !== 'input') return true
  if (!block.dispatch_action || element.type === 'file_input') return false
  if (!TYPED.includes(element.type)) return true
  const on = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed']
  return on.includes(how === 'enter' ? 'on_enter_pressed' : 'on_character_entered')
}

/** Makes a text field tell the bot what is typed: `tell()` after a pause, or on Enter. */
export function dispatching(node, block, element, tell) {
  let timer
  const now = () => {
    clearTimeout(timer)
    // A form that is gone meanwhile has nothing to tell.
    if (node.isConnected) tell()
  }
  if (tells(block, element))
    node.addEventListener('input', () => {
      clearTimeout(timer)
      timer = setTimeout(now, PAUSE_MS)
    })
  if (tells(block, element, 'enter'))
    node.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing || event.shiftKey) return
      event.preventDefault()
      now()
    })
  return node
}
