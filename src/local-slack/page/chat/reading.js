const NEAR_END_PX = 80
const MARGIN_PX = 8

/**
 * Where the reader is in a conversation: at its end, or at the start of what is new where that is taller than the window,
 * until the person scrolls away, whatever is drawn, changed or loaded meanwhile. `scroll` is the element that scrolls,
 * `nodeOf(ts)` gives the node of a message.
 */
export function reading(scroll, nodeOf) {
  /** The first message that is new; undefined for the end. */
  let first
  let newest = ''
  let follows = true
  let isOpen = false
  let placed = 0

  const end = () => Math.max(0, scroll.scrollHeight - scroll.clientHeight)

  /** Returns to where the reader was; after content has changed its height. */
  function settle() {
    if (!isOpen || !follows) return
    const node = first === undefined ? undefined : nodeOf(first)
    const start = node ? Math.max(0, node.offsetTop - MARGIN_PX) : end()
    scroll.scrollTop = Math.min(start, end())
    placed = scroll.scrollTop
  }

  /** After the person, or the browser itself, has scrolled. */
  function scrolled() {
    if (!isOpen || Math.abs(scroll.scrollTop - placed) < 2) return
    placed = scroll.scrollTop
    first = undefined
    follows = end() - placed < NEAR_END_PX
  }

  /** Begins to read a conversation: at its newest message. */
  function open(all) {
    isOpen = true
    follows = true
    newest = all.at(-1) ?? ''
    first = all.at(-1)
    settle()
  }

  /** After a draw; `all` are the ts of all messages, in order. */
  function drawn(all) {
    const fresh = all.find((ts) => ts > newest)
    newest = all.at(-1) ?? ''
    if (follows && fresh !== undefined) first ??= fresh
    settle()
  }

  /** What comes next answers the person: it is shown from its start. `anywhere`: even if they have scrolled up. */
  function expect(anywhere) {
    if (anywhere) follows = true
    if (follows) first = undefined
  }

  return {
    open,
    drawn,
    expect,
    settle,
    scrolled,
    leave: () => {
      isOpen = false
    },
  }
}
