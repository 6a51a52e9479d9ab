import type { Dingtalk } from '../../channels/dingtalk/client.js'
import type { Wecom } from '../../channels/wecom/client.js'
import type { Effect } from '../../jobs/define.js'
import type { Db } from '../../lib/db.js'
import { loadDir } from '../../lib/load-dir.js'
import { chatOnly } from './outlets.js'
import { wecomOnly } from './phone.js'
import { inWork } from './work.js'

const effects = await loadDir<Effect>(new URL('../../jobs/effects/', import.meta.url), ['run'])

type Ran = { kind: string; payload: unknown; skipped: string | null }

/**
 * Does what is asked for outside, of these kinds, one row after the other and each at its time, until nothing of them is left.
 * `until`: rows that are due later stay.
 */
export async function doEffects(
  db: Db,
  wecom: Wecom,
  kinds: string[],
  { now, until = now, dingtalk = null }: { now: Date; until?: Date; dingtalk?: Dingtalk | null },
): Promise<Ran[]> {
  const ran: Ran[] = []
  for (;;) {
    const row = await db.outbox.findFirst({
      where: { kind: { in: kinds }, state: 'open', notBefore: { lte: until } },
      orderBy: [{ notBefore: 'asc' }, { id: 'asc' }],
    })
    if (!row) return ran
    const effect = effects.get(row.kind) as Effect
    const at = row.notBefore > now ? row.notBefore : now
    await db.outbox.update({ where: { id: row.id }, data: { calledAt: at } })
    const result = await effect.run(
      { db, now: at, machineNow: at, ...wecomOnly(), wecom, dingtalk, outlets: chatOnly },
      row.payload as never,
    )
    ran.push({ kind: row.kind, payload: row.payload, skipped: 'skip' in result ? result.skip : null })
    await inWork(
      db,
      async (work) => {
        await work.tx.outbox.update({ where: { id: row.id }, data: { state: 'done', doneAt: at, ...kept(result) } })
        if ('receipt' in result) await effect.keep?.(work, row.payload as never, result.receipt)
      },
      at,
    )
  }
}

/** As it would be read later. */
const kept = (result: object) =>
  'receipt' in result ? { receipt: JSON.parse(JSON.stringify(result.receipt ?? null)) ?? {} } : {}
