import { createLog } from '../../lib/log.js'
import { connectRedis } from '../../lib/redis.js'
import type { Chance } from '../faults/chance.js'
import type { Rig } from '../rig/rig.js'

export type Trouble = (rig: Rig, chance: Chance) => Promise<unknown>

export const SEND = '/cgi-bin/message/send'
/** Longer than the product's patience with one answer, so that pauses are felt. */
const pauseMs = (chance: Chance) => 500 + chance.below(6_000)
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** What can go wrong with any of the machines, one at a time; each leaves it as it was. */
export const commonTroubles: Record<string, Trouble> = {
  'server killed': async (rig, chance) => again(chance.pick(rig.servers)),
  'worker killed': async (rig, chance) => again(chance.pick(rig.workers)),
  'both workers killed': (rig) => Promise.all(rig.workers.map(again)),
  'worker stopped': async (rig, chance) => chance.pick(rig.workers).restart(),
  'worker frozen': async (rig, chance) => freeze(chance.pick(rig.workers), chance),
  'platform killed': (rig) => again(rig.standin.process),
  'Redis killed': (rig) => again(rig.redis),
  'Redis frozen': (rig, chance) => freeze(rig.redis, chance),
  'Redis emptied': async (rig) => {
    const redis = connectRedis(rig.redis.url, createLog('silent', 'trial'))
    await redis.flushall()
    redis.disconnect()
  },
  'PostgreSQL killed': (rig) => again(rig.postgres),
  'PostgreSQL frozen': (rig, chance) => freeze(rig.postgres, chance),
  'platform slow': (rig, chance) => rig.standin.fault({ path: SEND, mode: 'slow', ms: chance.below(4_000), times: 5 }),
  'token revoked': (rig) => rig.standin.revokeToken(),
}

type Victim = { kill(): Promise<void>; start(): Promise<void>; pause(): void; resume(): void }

export async function again(victim: Victim): Promise<void> {
  await victim.kill()
  await victim.start()
}

export async function freeze(victim: Victim, chance: Chance): Promise<void> {
  victim.pause()
  await sleep(pauseMs(chance))
  victim.resume()
}
