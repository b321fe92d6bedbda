/** As much of a browser's document as the scripts of the page need to draw blocks, so that what they draw can be looked at. */

type Child = FakeNode | string

export class FakeNode {
  readonly attributes: Record<string, string> = {}
  childNodes: Child[] = []
  parent: FakeNode | undefined
  scrollTop = 0
  constructor(readonly tagName: string) {}

  setAttribute(name: string, value: string) {
    this.attributes[name] = String(value)
  }
  addEventListener() {}
  append(...children: Child[]) {
    for (const one of children) this.insertBefore(one, undefined)
  }
  replaceChildren(...children: Child[]) {
    for (const one of this.childNodes) if (one instanceof FakeNode) one.parent = undefined
    this.childNodes = []
    this.append(...children)
  }
  insertBefore(child: Child, before: Child | undefined | null) {
    if (child instanceof FakeNode) {
      child.remove()
      child.parent = this
    }
    const at = before ? this.childNodes.indexOf(before) : this.childNodes.length
    this.childNodes.splice(at, 0, child)
  }
  remove() {
    if (this.parent) this.parent.childNodes = this.parent.childNodes.filter((one) => one !== this)
    this.parent = undefined
  }
  get firstChild(): Child | null {
    return this.childNodes[0] ?? null
  }
  get nextSibling(): Child | null {
    const all = this.parent?.childNodes ?? []
    return all[all.indexOf(this) + 1] ?? null
  }
  get isConnected() {
    let node: FakeNode | undefined = this
    while (node.parent) node = node.parent
    return node.tagName === 'BODY'
  }
  contains(other: unknown): boolean {
    return this.all().includes(other as FakeNode)
  }
  /** This node and all below it. */
  all(): FakeNode[] {
    return [this, ...this.childNodes.flatMap((one) => (one instanceof FakeNode ? one.all() : []))]
  }
  /** Only tags, by comma, and `[id="…"]`. */
  querySelectorAll(selector: string): FakeNode[] {
    const id = /^\[id="(.+)"\]$/.exec(selector)?.[1]
    const tags = selector.split(', ').map((one) => one.toUpperCase())
    return this.all()
      .slice(1)
      .filter((one) => (id ? one.attributes.id === id : tags.includes(one.tagName)))
  }
  querySelector(selector: string) {
    return this.querySelectorAll(selector)[0] ?? null
  }
  classList = { toggle: () => {}, add: () => {}, remove: () => {} }
  get id() {
    return this.attributes.id
  }
  get text(): string {
    return this.childNodes.map((one) => (typeof one === 'string' ? one : one.text)).join('')
  }
  focus() {
    fakeDocument.activeElement = this
  }
}

export const body = new FakeNode('BODY')
export const fakeDocument = {
  body,
  activeElement: body as FakeNode,
  createElement: (tag: string) => new FakeNode(tag.toUpperCase()),
  createElementNS: (_: string, tag: string) => new FakeNode(tag.toUpperCase()),
}

/** Makes the document and what belongs to it global, for the scripts that are imported next. */
export function installFakeDom() {
  const observer = class {
    observe() {}
  }
  Object.assign(globalThis, { document: fakeDocument, ResizeObserver: observer })
}

/** How a control is called: its own name, its label, or what it holds. */
export function nameOf(control: FakeNode, root: FakeNode): string {
  const { 'aria-label': own, 'aria-labelledby': by, id } = control.attributes
  const labels = root.all().filter((one) => (by ? one.id === by : id !== undefined && one.attributes.for === id))
  const around = control.parent?.tagName === 'LABEL' ? control.parent.text : ''
  return (
    own ?? (labels.map((one) => one.text).join(' ') || around || (control.tagName === 'BUTTON' ? control.text : ''))
  )
}
