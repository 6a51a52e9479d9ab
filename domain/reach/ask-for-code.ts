import { Refused } from '../../lib/errors.js'
import { newId } from '../../lib/ids.js'
import type { Secrets } from '../../lib/secret.js'
import { later } from '../outbox.js'
import type { Work } from '../work.js'
import type { PointChannel } from './reach.contract.js'
import { getPoint } from './read-point.js'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
export const CODE_LIFE_MS = 10 * MINUTE_MS
const A_DAY = 5

type Asking = { personId: string; channel: PointChannel; typed: string; code: string; points: Secrets; machineNow: Date }

/**
 * Sends a code to the number or address that somebody typed: one a minute and five a day, for them and for the number. What
 * others do with that number shows in nothing: then the answer is the same and no code leaves.
 */
export async function askForCode(work: Work, asking: Asking): Promise<void> {
  const { personId, channel, code, points, machineNow } = asking
  const value = getPoint(channel, asking.typed)
  const hash = points.hash(value)
  // Two taps at once are one after the other.
  await work.tx.$queryRaw`SELECT 1 FROM person WHERE id = ${personId}::uuid FOR UPDATE`
  const own = { personId, channel }
  const count = (whose: object, ms: number) =>
    work.tx.contactCode.count({ where: { ...whose, at: { gt: new Date(machineNow.getTime() - ms) } } })
  if ((await count(own, DAY_MS)) >= A_DAY) throw new Refused('enough-codes', '今天已经发了 5 次，明天再试', 429)
  if ((await count(own, MINUTE_MS)) > 0) throw new Refused('code-too-soon', '一分钟只能发一次，稍等再发', 429)
  const isTooMuch = (await count({ hash }, DAY_MS)) >= A_DAY || (await count({ hash }, MINUTE_MS)) > 0
  await work.tx.contactCode.updateMany({ where: { ...own, endedAt: null }, data: { endedAt: machineNow } })
  const id = newId()
  const until = new Date(machineNow.getTime() + CODE_LIFE_MS)
  const codeHash = points.hash(`${id}:${code}`)
  await work.tx.contactCode.create({ data: { id, ...own, sealed: points.seal(value), hash, codeHash, at: machineNow, until } })
  if (isTooMuch) return
  await later(work, {
    kind: 'send-code',
    key: `send-code:${id}`,
    lane: `${channel}:${personId}`,
    payload: { codeId: id, sealed: points.seal(code) },
    expiresAt: new Date(work.now.getTime() + CODE_LIFE_MS),
    // Somebody waits for it.
    priority: 2,
  })
}
