import type { Store } from '../../src/core/ports.js'

/** Opens an empty store of its own for each test. */
export type OpenStore = () => Promise<Store>
