/** Types of column values: text ids, ISO-8601 UTC text for instants, integers 0/1, JSON as text. */
export type Id = string
export type Instant = string
export type PlainDate = string
export type Json = string
export type Bit = number
