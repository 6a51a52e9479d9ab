import type { Log } from '../lib/log.js'
import type { StandinClock } from './clock.js'
import type { Settings } from './settings.js'
import type { Store } from './store.js'
import type { World } from './world.js'

/** What every part of the stand-in is given. */
export type Deps = { settings: Settings; world: World; store: Store; clock: StandinClock; log: Log }
