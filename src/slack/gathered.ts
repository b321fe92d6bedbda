/**
 * Gathers what one thread says to the other in one turn: a message by itself wakes the other thread, and what comes in
 * together is committed together.
 */
export function gathered<T>(send: (all: T[]) => void, whenTurnEnds: (flush: () => void) => void): (one: T) => void {
  let said: T[] = []
  const flush = () => {
    const all = said
    said = []
    send(all)
  }
  return (one) => {
    if (said.push(one) === 1) whenTurnEnds(flush)
  }
}
