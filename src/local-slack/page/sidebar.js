import { avatar, h, redraw } from './dom.js'
import { fold } from './fold.js'

const badge = (count) => count > 0 && h('span', { class: 'badge' }, count > 99 ? '99+' : String(count))

/** The sidebar: who the person is, the picker of people, and the list of channels. */
export function sidebar(app) {
  const { store } = app
  const { text, boot } = store
  const node = h('nav', { class: 'sidebar', 'aria-label': text.menu })
  const find = h('input', {
    type: 'search',
    class: 'find',
    placeholder: text.findPerson,
    'aria-label': text.findPerson,
    oninput: drawList,
  })
  const list = h('div', { class: 'people' })
  const picker = h('div', { class: 'picker', hidden: true }, find, list)

  const top = h('div', {})
  const links = h('div', { class: 'links' })
  node.append(top, picker, links)

  function toggle() {
    picker.hidden = !picker.hidden
    find.value = ''
    drawList()
    if (!picker.hidden && matchMedia('(hover: hover)').matches) find.focus()
    draw()
  }

  async function become(id) {
    picker.hidden = true
    await app.become(id)
  }

  function drawList() {
    const wanted = fold(find.value)
    const hits = store.people.filter((one) => fold(`${one.name} ${one.role}`).includes(wanted))
    const row = (one) =>
      h(
        'button',
        {
          type: 'button',
          class: one.id === store.user ? 'person on' : 'person',
          'aria-current': one.id === store.user && 'true',
          onclick: () => become(one.id),
        },
        avatar(one.name),
        h('span', { class: 'person-label' }, h('b', {}, one.name), h('small', {}, one.role)),
        badge(one.id === store.user ? 0 : one.unread),
      )
    redraw(list, hits.length > 0 ? hits.map(row) : h('p', { class: 'quiet' }, text.nobody))
  }

  function link(channel, icon, label, tab) {
    const on = store.channel === channel
    const id = channel === 'dm' ? app.personOf(store.user)?.dm : channel
    const unread = on && store.tab === 'messages' ? 0 : store.state?.unread[id]
    const props = {
      type: 'button',
      class: on ? 'link on' : 'link',
      'aria-current': on && 'page',
      onclick: () => app.open(channel, tab),
    }
    return h('button', props, icon, h('span', {}, label), badge(unread))
  }

  function draw() {
    const me = app.personOf(store.user)
    const mine = boot.channels.filter((one) => !one.members || one.members.includes(store.user))
    const others = store.people.reduce((sum, one) => sum + (one.id === store.user ? 0 : one.unread), 0)
    const who = h(
      'button',
      {
        type: 'button',
        class: 'who',
        onclick: toggle,
        'aria-expanded': String(!picker.hidden),
        title: text.switchPerson,
      },
      me && avatar(me.name),
      h(
        'span',
        { class: 'person-label' },
        h('small', {}, text.you),
        h('b', {}, me?.name ?? ''),
        h('small', {}, me?.role ?? ''),
      ),
      h('span', { class: 'switch' }, badge(others), h('span', { class: 'caret' }, picker.hidden ? '▾' : '▴')),
    )
    if (!picker.hidden && document.activeElement !== find) drawList()
    redraw(top, who)
    redraw(
      links,
      h('h2', {}, text.apps),
      link('dm', h('img', { class: 'avatar tiny', src: '/page/icon.svg', alt: '' }), boot.bot.name),
      h('h2', {}, text.channels),
      mine.map((one) => link(one.id, h('span', { class: 'hash' }, '#'), one.name)),
    )
  }
  return { node, draw, focus: () => top.firstChild?.focus() }
}
