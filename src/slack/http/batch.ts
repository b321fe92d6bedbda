/**
 * Gathers what one thread says to the other in one turn: a message by itself wakes the other thread, and what comes in
 * together is committed together. `most`: so many are sent before the turn ends, so that the other one need not wait for
 * all of them.
 */
export function gathered<T>(
  send: (all: T[]) => void,
  whenTurnEnds: (flush: () => void) => void,
  most = Number.POSITIVE_INFINITY,
): (one: T) => void {
  let said: T[] = []
  const flush = () => {
    if (said.length === 0) return
    const all = said
    said = []
    send(all)
  }
  return (one) => {
    const n = said.push(one)
    if (n >= most) flush()
    else if (n === 1) whenTurnEnds(flush)
  }
}
