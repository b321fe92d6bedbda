const RETRY_MS = 2000
const CLOSED = 2

/**
 * Follows every change of the workspace, for as long as the page is open: `onchange(change)`; `onlost()` when the local Slack
 * is out of reach; `onback()` when the same run of it answers again; `onrestart()` when another run answers.
 */
export function connection(
  { run, onchange, onlost, onback, onrestart },
  open = () => new EventSource('/page/api/live'),
) {
  const source = open()
  source.addEventListener('message', (event) => onchange(JSON.parse(event.data)))
  source.addEventListener('hello', (event) => (JSON.parse(event.data).run === run ? onback() : onrestart()))
  source.addEventListener('error', () => {
    onlost()
    // After an answer of another kind the browser does not try again by itself.
    if (source.readyState !== CLOSED) return
    setTimeout(() => connection({ run, onchange, onlost, onback, onrestart }, open), RETRY_MS)
  })
}
