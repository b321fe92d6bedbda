import type { RateLimits } from '../../src/jobs/rate-limit.js'

/** Rate limits that delay nothing. */
export const unlimited: RateLimits = { perPersonMs: 0, perSecond: 1e9, burst: 1e9 }
