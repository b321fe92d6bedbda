const post = async (path, body) => {
  const response = await fetch(`/page/api/${path}`, { method: 'POST', body: JSON.stringify(body) })
  return response.json()
}

export const boot = async () => (await fetch('/page/api/boot')).json()

export const state = async (user, channel, read) =>
  (await fetch(`/page/api/state?${new URLSearchParams({ user, channel, read: read ? '1' : '0' })}`)).json()

export const perform = (action) => post('act', action)
export const advance = (to) => post('advance', { to: to.toISOString() })

/** Uploads a file to the workspace; returns `{id, name, mimetype, size}`. Throws when the server refuses it. */
export async function upload(user, file) {
  const query = new URLSearchParams({ user, name: file.name, mimetype: file.type })
  const response = await fetch(`/page/api/upload?${query}`, { method: 'POST', body: file })
  const { file: stored, error } = await response.json()
  if (!stored) throw new Error(error)
  return stored
}

/** The URL of a file's bytes. `ref` names the file: `{id}` or `{url}`. */
export const fileUrl = (ref) => `/page/api/file?${new URLSearchParams(ref)}`

/** Calls `onChange` for every change of the workspace, and with kind `open` whenever the stream (re)connects. */
export function live(onChange) {
  const source = new EventSource('/page/api/live')
  source.addEventListener('message', (event) => onChange(JSON.parse(event.data)))
  source.addEventListener('open', () => onChange({ kind: 'open' }))
}
