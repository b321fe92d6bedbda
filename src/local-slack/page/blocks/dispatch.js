/** After this long without typing the text is sent. */
const PAUSE_MS = 500
const TYPED = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input']

/** Whether an entry sends block_actions: the same rule as `dispatchesAction` of the server. `how`: typed or enter. */
export function dispatches(block, element, how = 'typed') {
  if (block.type !== 'input') return true
  if (!block.dispatch_action || element.type === 'file_input') return false
  if (!TYPED.includes(element.type)) return true
  const on = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed']
  return on.includes(how === 'enter' ? 'on_enter_pressed' : 'on_character_entered')
}

/** Makes a text field call `send()` after a pause in typing or on Enter, as its block configures. */
export function dispatching(node, block, element, send) {
  let timer
  const now = () => {
    clearTimeout(timer)
    // The form may be closed by now.
    if (node.isConnected) send()
  }
  if (dispatches(block, element))
    node.addEventListener('input', () => {
      clearTimeout(timer)
      timer = setTimeout(now, PAUSE_MS)
    })
  if (dispatches(block, element, 'enter'))
    node.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing || event.shiftKey) return
      event.preventDefault()
      now()
    })
  return node
}
