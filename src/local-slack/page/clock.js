import { advance } from './api.js'
import { h, redraw } from './dom.js'
import { clockTime, dayOf, fromIsoDay, isoDay, nextWorkingMorning, weekdayOf } from './time.js'

const HOUR = 3_600_000

/** The simulated time, and buttons that move it forward. */
export function clockBar(app, notices) {
  const { store } = app
  const { text, boot } = store
  const node = h('header', { class: 'clock', hidden: !boot.hasClock, 'aria-label': text.clock.label })
  const shown = h('div', { class: 'clock-time' })
  const day = h('input', { type: 'date', 'aria-label': text.clock.date, onchange: toDay })
  const now = () => new Date(store.state?.now ?? Date.now())
  const button = (label, to) =>
    h('button', { type: 'button', class: 'btn ghost', onclick: () => move(to(now())) }, label)
  const controls = h(
    'div',
    { class: 'clock-buttons' },
    button(text.clock.hour, (at) => new Date(at.getTime() + HOUR)),
    button(text.clock.morning, nextWorkingMorning),
    button(text.clock.week, (at) => new Date(at.getTime() + 7 * 24 * HOUR)),
    h('label', { class: 'btn ghost date' }, h('span', {}, text.clock.date), day),
  )
  node.append(shown, controls)

  function toDay() {
    if (!day.value) return
    const to = fromIsoDay(day.value)
    if (to <= now()) return notices.show(text.clock.past, true)
    move(to)
  }

  async function move(to) {
    if (node.classList.contains('moving')) return
    node.classList.add('moving')
    const before = notices.received()
    app.expect(false)
    const result = await app.reach(() => advance(to))
    node.classList.remove('moving')
    if (result.error)
      notices.show(text.failed[result.error] ?? text.failed.unknown.replace('{error}', result.error), true)
    await app.refresh()
    if (!result.error && notices.received() === before) notices.show(text.toast.quiet)
  }

  function draw() {
    const at = now()
    day.min = isoDay(at)
    redraw(
      shown,
      h('small', {}, text.clock.label),
      h('b', {}, `${dayOf(at)} ${clockTime(at)}`),
      h('span', {}, weekdayOf(at, text.weekdays)),
    )
  }
  return { node, draw }
}
