/** There was no answer, or one that is not of the local Slack. */
export class Offline extends Error {}

/** The local Slack was started again: what this page shows no longer exists. */
export class Restarted extends Error {}

let run

/** Calls the page's API. Throws `Offline` and `Restarted`. */
async function call(path, options = {}) {
  const headers = run ? { 'x-run': run } : {}
  let response
  let answer
  try {
    response = await fetch(`/page/api/${path}`, { ...options, headers })
    answer = await response.json()
  } catch {
    throw new Offline()
  }
  if (response.status === 409 && answer.error === 'restarted') throw new Restarted()
  return answer
}

const post = (path, body) => call(path, { method: 'POST', body: JSON.stringify(body) })

export async function boot() {
  const answer = await call('boot')
  run = answer.run
  return answer
}

export const state = (user, channel, read) =>
  call(`state?${new URLSearchParams({ user, channel, read: read ? '1' : '0' })}`)

export const perform = (action) => post('act', action)
export const advance = (to) => post('advance', { to: to.toISOString() })

/** Uploads a file to the workspace; returns `{id, name, mimetype, size}`. Throws when the server refuses it. */
export async function upload(user, file) {
  const query = new URLSearchParams({ user, name: file.name, mimetype: file.type })
  const { file: stored, error } = await call(`upload?${query}`, { method: 'POST', body: file })
  if (!stored) throw new Error(error)
  return stored
}

/** The URL of a file's bytes. `ref` names the file: `{id}` or `{url}`. */
export const fileUrl = (ref) => `/page/api/file?${new URLSearchParams(ref)}`
