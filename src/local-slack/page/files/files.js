import { fileUrl } from '../api.js'
import { fill, h } from '../dom.js'

/** Types that every browser draws; HEIC is not among them. */
const isPicture = (file) => /^image\/(png|jpeg|gif|webp)$/.test(file.mimetype)

/** `2,4 MB`: the size with the decimal comma of Vietnamese. */
export function sizeOf(bytes) {
  if (bytes < 1000) return `${bytes} B`
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'KB'] : [bytes / 1_000_000, 'MB']
  return `${value
    .toFixed(value < 10 ? 1 : 0)
    .replace(/\.0$/, '')
    .replace('.', ',')} ${unit}`
}

const extensionOf = (name) => (name.includes('.') ? name.split('.').at(-1).slice(0, 4) : '?').toUpperCase()
const badge = (name) => h('span', { class: 'file-badge', 'aria-hidden': 'true' }, extensionOf(name))

/** A small picture of the file, or a badge with its extension. */
export function thumbnail(file, url = fileUrl({ id: file.id })) {
  if (!isPicture(file)) return badge(file.name)
  const image = h('img', { class: 'file-thumb', src: url, alt: '' })
  image.addEventListener('error', () => image.replaceWith(badge(file.name)))
  return image
}

/** Name and size of the file. The name is in a `bdi`, so that right-to-left characters in it affect nothing else. */
export const nameOf = (file, about = sizeOf(file.size)) =>
  h('span', { class: 'file-label' }, h('bdi', { class: 'file-name' }, file.name), h('small', {}, about))

function chip(file, text) {
  const props = { href: fileUrl({ id: file.id }), target: '_blank', rel: 'noopener', class: 'file' }
  return h('a', { ...props, title: fill(text.files.open, file) }, thumbnail(file), nameOf(file))
}

function photo(file, text) {
  const image = h('img', { src: fileUrl({ id: file.id }), alt: file.name })
  const link = h(
    'a',
    {
      href: fileUrl({ id: file.id }),
      target: '_blank',
      rel: 'noopener',
      class: 'photo',
      title: fill(text.files.open, file),
    },
    image,
  )
  image.addEventListener('error', () => link.replaceWith(chip(file, text)))
  return link
}

/** The files of a message: pictures are shown, other files are listed by name. */
export function filesOf(files, text) {
  const photos = files.filter(isPicture)
  const rest = files.filter((file) => !isPicture(file))
  return [
    photos.length > 0 &&
      h(
        'div',
        { class: photos.length > 1 ? 'photos many' : 'photos' },
        photos.map((file) => photo(file, text)),
      ),
    rest.length > 0 &&
      h(
        'div',
        { class: 'file-list' },
        rest.map((file) => chip(file, text)),
      ),
  ]
}
