const post = async (path, body) => {
  const response = await fetch(`/page/api/${path}`, { method: 'POST', body: JSON.stringify(body) })
  return response.json()
}

export const boot = async () => (await fetch('/page/api/boot')).json()

export const state = async (user, channel, read) =>
  (await fetch(`/page/api/state?${new URLSearchParams({ user, channel, read: read ? '1' : '0' })}`)).json()

export const act = (action) => post('act', action)
export const advance = (to) => post('advance', { to: to.toISOString() })

export function live(onChange) {
  const source = new EventSource('/page/api/live')
  source.addEventListener('message', (event) => onChange(JSON.parse(event.data)))
  source.addEventListener('open', () => onChange({ kind: 'open' }))
}
