import type { Reader } from '../../lib/db.js'
import type { RemindedEntry } from '../customer/reminded.contract.js'
import type { Actor } from '../person/actor.js'
import { callVisibleTo } from './list-calls.js'
import { sayCall } from './say-call.js'

const MOST = 8

/** Calls as lines of a customer's story, the last few: with this contact, and with the others of their company. */
export async function listCallLines(
  db: Reader,
  actor: Actor,
  { contactId, customerId }: { contactId: string; customerId: string | null },
): Promise<RemindedEntry[]> {
  const calls = await db.call.findMany({
    where: { AND: [callVisibleTo(actor), { OR: [{ contactId }, ...(customerId ? [{ contact: { customerId } }] : [])] }] },
    include: { person: { select: { name: true } }, contact: { select: { name: true } }, voice: { select: { seconds: true } } },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: MOST,
  })
  return calls.map((call) => ({
    ...{
      id: call.id,
      reminderId: null,
      at: call.startedAt.toISOString(),
      what: call.direction === 'in' ? 'call-in' : 'call-out',
    },
    ...{ people: call.person ? [call.person.name] : ['同事'], to: call.contact?.name ?? null },
    title: [call.contactId === contactId ? null : call.contact?.name, sayCall(call), call.note].filter(Boolean).join(' · '),
    ...(call.voice ? { voice: call.voice.seconds } : {}),
  }))
}
