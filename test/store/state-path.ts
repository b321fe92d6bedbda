/** The states after `start` on a shortest path of allowed transitions to `goal`. Throws when there is none. */
export function statePath<S extends string>(
  start: S,
  goal: S,
  states: readonly S[],
  mayBecome: (from: S, to: S) => boolean,
): S[] {
  const paths: { last: S; states: S[] }[] = [{ last: start, states: [] }]
  for (const path of paths) {
    if (path.last === goal) return path.states
    for (const to of states)
      if (mayBecome(path.last, to) && to !== start && !path.states.includes(to))
        paths.push({ last: to, states: [...path.states, to] })
  }
  throw new Error(`no path to ${goal}`)
}
