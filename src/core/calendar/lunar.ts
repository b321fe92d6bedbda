/**
 * The Vietnamese lunar calendar: Hồ Ngọc Đức's algorithm (informatik.uni-leipzig.de/~duc/amlich/calrules_en.html), with the
 * series for new moons and the sun's longitude by Jean Meeus, *Astronomical Algorithms* (1998). Days begin at midnight in UTC+7,
 * which is why Tết 2030 is on 02/02 in Vietnam and on 03/02 in China. Valid for 1900 to 2199.
 */

/**
 * Offset of Vietnam's time from UTC, in hours. The lunar calendar always uses it, whichever time zone the campaign has.
 */
const UTC_PLUS = 7
const RADIAN = Math.PI / 180

/** Mean length of a lunar month in days. */
const MONTH = 29.530588853

/** Julian date of the new moon of 01/01/1900, from which new moons are numbered. */
const FIRST_NEW_MOON = 2415021.076998695

/** Julian day number of 01/01/1970. */
const UNIX_EPOCH = 2440588
const DAY_MS = 86_400_000

const sin = (degrees: number): number => Math.sin(degrees * RADIAN)
const dayOf = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS) + UNIX_EPOCH
const dateOf = (day: number): string => new Date((day - UNIX_EPOCH) * DAY_MS).toISOString().slice(0, 10)

/** The day (Julian day number, Vietnam's time) of the k-th new moon after that of 01/01/1900. */
function newMoonDay(k: number): number {
  const t = k / 1236.85
  const t2 = t * t
  const t3 = t2 * t
  const mean =
    2415020.75933 +
    29.53058868 * k +
    0.0001178 * t2 -
    0.000000155 * t3 +
    0.00033 * sin(166.56 + 132.87 * t - 0.009173 * t2)
  /** Mean anomalies of sun and moon, and the moon's argument of latitude. */
  const sun = 359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3
  const moon = 306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3
  const f = 21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3
  const correction =
    (0.1734 - 0.000393 * t) * sin(sun) +
    0.0021 * sin(2 * sun) -
    0.4068 * sin(moon) +
    0.0161 * sin(2 * moon) -
    0.0004 * sin(3 * moon) +
    0.0104 * sin(2 * f) -
    0.0051 * sin(sun + moon) -
    0.0074 * sin(sun - moon) +
    0.0004 * sin(2 * f + sun) -
    0.0004 * sin(2 * f - sun) -
    0.0006 * sin(2 * f + moon) +
    0.001 * sin(2 * f - moon) +
    0.0005 * sin(2 * moon + sun)
  // Difference between dynamical time and civil time.
  const deltaT = -0.000278 + 0.000265 * t + 0.000262 * t2
  return Math.floor(mean + correction - deltaT + 0.5 + UTC_PLUS / 24)
}

/** The twelfth of the ecliptic (0–11, from the spring equinox) in which the sun is at the start of a day. */
function sunSector(day: number): number {
  const t = (day - 0.5 - UTC_PLUS / 24 - 2451545) / 36525
  const t2 = t * t
  const anomaly = 357.5291 + 35999.0503 * t - 0.0001559 * t2 - 0.00000048 * t * t2
  const centre =
    (1.9146 - 0.004817 * t - 0.000014 * t2) * sin(anomaly) +
    (0.019993 - 0.000101 * t) * sin(2 * anomaly) +
    0.00029 * sin(3 * anomaly)
  const longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t2 + centre
  return Math.floor((longitude - 360 * Math.floor(longitude / 360)) / 30)
}

/** The first day of the eleventh lunar month, the one with the winter solstice, of a solar year. */
function eleventhMonth(year: number): number {
  const k = Math.floor((dayOf(`${year}-12-31`) - 2415021) / MONTH)
  const day = newMoonDay(k)
  return sunSector(day) >= 9 ? newMoonDay(k - 1) : day
}

/** Months from the eleventh month to the leap month in a lunar year of thirteen: the first month without a solar term. */
function leapOffset(eleventh: number): number {
  const k = Math.floor((eleventh - FIRST_NEW_MOON) / MONTH + 0.5)
  let i = 1
  let last = -1
  let sector = sunSector(newMoonDay(k + i))
  do {
    last = sector
    i++
    sector = sunSector(newMoonDay(k + i))
  } while (sector !== last && i < 14)
  return i - 1
}

/**
 * The date (yyyy-mm-dd) of a lunar day. `year`: the solar year in which the lunar year begins; `month`: 1 to 12, never
 * a leap month. For day 30 of a month with 29 days, returns the first day of the next month.
 */
export function solarOfLunar(year: number, month: number, day: number): string {
  const from = eleventhMonth(month < 11 ? year - 1 : year)
  const to = eleventhMonth(month < 11 ? year : year + 1)
  const k = Math.floor(0.5 + (from - FIRST_NEW_MOON) / MONTH)
  let offset = month < 11 ? month + 1 : month - 11
  if (to - from > 365 && offset >= leapOffset(from)) offset++
  return dateOf(newMoonDay(k + offset) + day - 1)
}

/** The first day of the lunar year that begins in a solar year. */
export const tetOf = (year: number): string => solarOfLunar(year, 1, 1)
