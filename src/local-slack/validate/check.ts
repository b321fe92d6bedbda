import { isJsonObject, type JsonObject } from '../json.js'

/** Checks that record, in Slack's wording, what Slack would refuse about a value. */
export type Surface = 'message' | 'modal' | 'home'

/** Whether Slack would show the file that a `slack_file` names. */
export type IsPicture = (ref: JsonObject) => boolean

export interface CheckContext {
  surface: Surface
  errors: string[]
  /** When absent (no workspace), every file counts as a picture. */
  isPicture?: IsPicture
}

export type Check = (value: unknown, at: string, context: CheckContext) => void

interface Field {
  check: Check
  required: boolean
}

/** Records an error at a JSON pointer. */
export const addError = (context: CheckContext, at: string, message: string) =>
  void context.errors.push(`[ERROR] ${message} [json-pointer:${at || '/'}]`)

export const required = (check: Check): Field => ({ check, required: true })
export const optional = (check: Check): Field => ({ check, required: false })

/** A string of `min` to `max` UTF-16 code units. */
export const string =
  (max = Number.POSITIVE_INFINITY, min = 1): Check =>
  (value, at, context) => {
    if (typeof value !== 'string') return addError(context, at, 'must provide a string')
    if (value.length > max) addError(context, at, `must be less than ${max + 1} characters`)
    if (value.length < min) addError(context, at, `must be more than ${min - 1} characters`)
  }

export const boolean: Check = (value, at, context) => {
  if (typeof value !== 'boolean') addError(context, at, 'must provide a boolean')
}

export const number =
  (min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): Check =>
  (value, at, context) => {
    if (typeof value !== 'number' || Number.isNaN(value)) return addError(context, at, 'must provide a number')
    if (value < min || value > max) addError(context, at, `must be between ${min} and ${max}`)
  }

/** An integer from `min` to `max`. */
export const integer = (min: number, max = Number.POSITIVE_INFINITY): Check => {
  const within = number(min, max)
  return (value, at, context) => {
    if (typeof value === 'number' && !Number.isInteger(value)) return addError(context, at, 'must provide an integer')
    within(value, at, context)
  }
}

export const oneOf =
  (...allowed: string[]): Check =>
  (value, at, context) => {
    if (typeof value !== 'string' || !allowed.includes(value))
      addError(context, at, `must be a valid enum value, one of ${allowed.join(', ')}`)
  }

export const matching =
  (pattern: RegExp, message: string): Check =>
  (value, at, context) => {
    if (typeof value !== 'string' || !pattern.test(value)) addError(context, at, message)
  }

export const list =
  (check: Check, min: number, max: number): Check =>
  (value, at, context) => {
    if (!Array.isArray(value)) return addError(context, at, 'must provide an array')
    if (value.length > max) addError(context, at, `no more than ${max} items allowed`)
    if (value.length < min) addError(context, at, `no fewer than ${min} items allowed`)
    value.forEach((item, index) => {
      check(item, `${at}/${index}`, context)
    })
  }

/** An object with these fields and no others, except `type`, which the caller has checked. */
export const object =
  (fields: Record<string, Field>, alsoCheck?: (value: JsonObject, at: string, context: CheckContext) => void): Check =>
  (value, at, context) => {
    if (!isJsonObject(value)) return addError(context, at, 'must provide an object')
    for (const key of Object.keys(value))
      if (!fields[key] && key !== 'type' && value[key] !== undefined)
        addError(context, at, `invalid additional property: ${key}`)
    for (const [key, field] of Object.entries(fields)) {
      if (value[key] !== undefined) field.check(value[key], `${at}/${key}`, context)
      else if (field.required) addError(context, at, `missing required field: ${key}`)
    }
    alsoCheck?.(value, at, context)
  }

/** An object that must pass the check of its `type` in the table. */
export const byType =
  (table: Record<string, Check>, allowed: (context: CheckContext) => readonly string[], what: string): Check =>
  (value, at, context) => {
    if (!isJsonObject(value)) return addError(context, at, 'must provide an object')
    if (value.type === undefined) return addError(context, at, 'missing required field: type')
    const check = typeof value.type === 'string' ? table[value.type] : undefined
    if (!check || !allowed(context).includes(String(value.type)))
      return addError(context, at, `unsupported type: ${String(value.type)} (${what} in a ${context.surface})`)
    check(value, at, context)
  }

/** Runs every check. */
export const all =
  (...checks: Check[]): Check =>
  (value, at, context) => {
    for (const check of checks) check(value, at, context)
  }
