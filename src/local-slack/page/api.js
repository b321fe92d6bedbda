const post = async (path, body) => {
  const response = await fetch(`/page/api/${path}`, { method: 'POST', body: JSON.stringify(body) })
  return response.json()
}

export const boot = async () => (await fetch('/page/api/boot')).json()

export const state = async (user, channel, read) =>
  (await fetch(`/page/api/state?${new URLSearchParams({ user, channel, read: read ? '1' : '0' })}`)).json()

export const act = (action) => post('act', action)
export const advance = (to) => post('advance', { to: to.toISOString() })

/** Puts a file into the workspace; gives `{id, name, mimetype, size}`, or throws. */
export async function upload(user, file) {
  const query = new URLSearchParams({ user, name: file.name, mimetype: file.type })
  const response = await fetch(`/page/api/upload?${query}`, { method: 'POST', body: file })
  const { file: stored, error } = await response.json()
  if (!stored) throw new Error(error)
  return stored
}

/** Where the page finds the bytes of a file of the workspace, named by its id or one of its addresses. */
export const fileUrl = (ref) => `/page/api/file?${new URLSearchParams(ref)}`

export function live(onChange) {
  const source = new EventSource('/page/api/live')
  source.addEventListener('message', (event) => onChange(JSON.parse(event.data)))
  source.addEventListener('open', () => onChange({ kind: 'open' }))
}
