/** The page shows Vietnam time: UTC+7, without daylight saving time. */
const OFFSET_MS = 7 * 3_600_000
const two = (value) => String(value).padStart(2, '0')
const local = (date) => new Date(date.getTime() + OFFSET_MS)

export const clockTime = (date) => `${two(local(date).getUTCHours())}:${two(local(date).getUTCMinutes())}`

export const dayOf = (date) => {
  const day = local(date)
  return `${two(day.getUTCDate())}/${two(day.getUTCMonth() + 1)}/${day.getUTCFullYear()}`
}

export const weekdayOf = (date, names) => names[local(date).getUTCDay()]
export const isoDay = (date) => local(date).toISOString().slice(0, 10)
export const fromIsoDay = (day, hour = 8) => new Date(Date.parse(`${day}T00:00:00Z`) - OFFSET_MS + hour * 3_600_000)

export const showDate = (iso) => iso.split('-').reverse().join('/')

/** The next 08:00 on a day from Monday to Friday, possibly today. */
export function nextWorkingMorning(now) {
  for (let ahead = 0; ; ahead++) {
    const morning = fromIsoDay(isoDay(new Date(now.getTime() + ahead * 86_400_000)))
    const weekday = local(morning).getUTCDay()
    if (morning > now && weekday !== 0 && weekday !== 6) return morning
  }
}
