import { closeBooks } from '../faults/books.js'
import { createChance } from '../faults/chance.js'
import { hold } from '../faults/hold.js'
import { handled } from '../faults/look.js'
import { settle } from '../faults/settle.js'
import { createTraffic } from '../faults/traffic.js'
import { type Rig, startRig } from '../rig/rig.js'
import type { Trial } from './trial.js'
import { again, commonTroubles, freeze, SEND, type Trouble } from './troubles.js'

const ACTS_A_ROUND = 24
const AT_ONCE = 4
const CHANGE = '/cgi-bin/message/update_template_card'
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Everything that can go wrong with one machine at a time; each leaves it as it was. */
const troubles: Record<string, Trouble> = {
  ...commonTroubles,
  'both servers killed': (rig) => Promise.all(rig.servers.map(again)),
  'server stopped': async (rig, chance) => chance.pick(rig.servers).restart(),
  'server frozen': async (rig, chance) => freeze(chance.pick(rig.servers), chance),
  'server frozen in a transaction': freezeInTransaction,
  'answers cut off': async (rig, chance) => {
    for (const path of [SEND, CHANGE]) await rig.standin.fault({ path, mode: 'drop-after', times: 1 + chance.below(3) })
  },
  'platform hangs': (rig, chance) => rig.standin.fault({ path: chance.pick([SEND, CHANGE]), mode: 'hang', times: 1 }),
  'platform refuses': async (rig, chance) => {
    await rig.standin.fault({ path: SEND, mode: 'http', status: chance.pick([500, 502, 503]), times: 2 })
    await rig.standin.fault({ path: CHANGE, mode: 'errcode', errcode: -1, times: 2 })
  },
}

/**
 * The worst place to fall asleep: in a transaction, with a lane and rows locked. The database ends such a transaction after
 * a while, and the other server goes on; when the sleeper wakes, what it was at is done.
 */
async function freezeInTransaction(rig: Rig): Promise<void> {
  const [sleeper, other] = rig.servers
  await other?.stop()
  const lock = await hold(rig, 'LOCK TABLE outbox IN SHARE MODE')
  const { callbackId } = await rig.standin.memberWrites('lina', '我是谁')
  await lock.waits()
  sleeper?.pause()
  await lock.release()
  await other?.start()
  await handled(rig, callbackId)
  sleeper?.resume()
}

/** Each round: people work, and in the middle of it one or two of the troubles happen. Counted after every round. */
const trial: Trial = async ({ rounds, seed, say }) => {
  const chance = createChance(seed)
  say(`seed ${chance.seed} (--seed ${chance.seed} plays it again), ${rounds} rounds of ${ACTS_A_ROUND} acts`)
  const rig = await startRig({ servers: 2, workers: 2, env: { OUTBOX_LEASE_MS: '12000' } })
  const traffic = createTraffic(rig, chance)
  const table: Record<string, number | string>[] = []
  const wrong: string[] = []
  try {
    for (let round = 1; round <= rounds && wrong.length === 0; round++) {
      const names = [chance.pick(Object.keys(troubles)), chance.pick(Object.keys(troubles))]
      const working = work(ACTS_A_ROUND, () => traffic.act())
      for (const name of names) {
        await sleep(chance.below(1_500))
        await troubles[name]?.(rig, chance)
      }
      await working
      await settle(rig, traffic)
      const books = await closeBooks(rig, traffic.ledger)
      wrong.push(...books.wrong)
      say(`${round}. ${names.join(', ')}: ${books.wrong.length === 0 ? 'right' : books.wrong.join('; ')}`)
      if (round === rounds || wrong.length > 0)
        table.push(...Object.entries(books.counted).map(([what, n]) => ({ counted: what, n })))
    }
  } catch (error) {
    wrong.push((error as Error).message)
  } finally {
    if (wrong.length > 0) say(rig.logs().slice(-20_000))
    traffic.close()
    await rig.stop()
  }
  return { table, wrong }
}

async function work(acts: number, act: () => Promise<void>): Promise<void> {
  let left = acts
  const hands = Array.from({ length: AT_ONCE }, async () => {
    while (left-- > 0) await act()
  })
  await Promise.all(hands)
}

export default trial
