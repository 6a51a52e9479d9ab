import { createHash } from 'node:crypto'
import type { Rig } from '../rig/rig.js'
import type { StandinCall } from '../rig/standin-client.js'

/** Machine time in ms at which a reminder was settled for all to see. */
export type Settled = Map<string, number>
type Must = (holds: boolean, words: string) => boolean

/** A call that had been begun: drawn while it still stood, and the platform's answer awaited for ten seconds. */
const UNDER_WAY_MS = 12_000

/**
 * What the platforms took, by the rule of each: a card is shown once, its id makes repeats known; a text message is never
 * repeated; a mail goes again under its Message-ID only where nobody knew. Outcomes that nobody knew are counted apart.
 */
export async function countWire(rig: Rig, { settled, must }: { settled: Settled; must: Must }): Promise<Record<string, number>> {
  const copies = await rig.db.cardCopy.findMany({
    where: { card: { kind: { in: ['reminder', 'digest', 'uncaptured'] } } },
    include: { card: { select: { notices: { select: { reminderId: true } } } } },
  })
  const rows = await rig.db.outbox.findMany({ where: { kind: { in: ['send-card', 'send-sms', 'send-mail'] } } })
  const rowOf = new Map(rows.map((row) => [row.key.slice(row.key.indexOf(':') + 1), row]))
  const wire = { wecom: await cardsOf(rig), sms: await messagesOf(rig), mail: await mailsOf(rig) }
  const counted = { 'cards shown': 0, 'cards repeated under their id': 0, 'text messages': 0, mails: 0, 'mails twice': 0 }
  const more = { 'twice on the wire': 0, 'unknown outcomes': 0, 'on their way when it was settled': 0 }
  for (const copy of copies) {
    const taken = wire[copy.platform as keyof typeof wire]?.get(copy.platform === 'mail' ? mailKey(copy.id) : copy.id) ?? []
    const shown = taken.filter((call) => !call.deduplicated).length
    const row = rowOf.get(copy.id)
    const unknowns = Math.max(row?.unknowns ?? 0, row?.state === 'unknown' ? 1 : 0)
    const name = `${copy.platform} copy ${copy.id}`
    more['unknown outcomes'] += unknowns
    const mayBe = copy.platform === 'mail' ? 1 + unknowns : 1
    if (!must(shown <= mayBe, `${name} was shown ${shown} times, with ${unknowns} unknown outcomes`))
      more['twice on the wire'] += 1
    const says = ['submitted', 'delivered'].includes(copy.state)
    must(!says || shown > 0, `${name} says ${copy.state} and was never shown`)
    must(says || shown === 0 || unknowns > 0 || copy.handle !== null, `${name} says ${copy.state} and was shown`)
    must(
      taken.every((call) => !call.dropped?.length),
      `${name}: the platform let it fall, the person had too many`,
    )
    if (copy.platform === 'wecom') {
      counted['cards shown'] += shown
      counted['cards repeated under their id'] += taken.length - shown
    } else if (copy.platform === 'sms') counted['text messages'] += shown
    else {
      counted.mails += shown
      counted['mails twice'] += Math.max(0, shown - 1)
    }
    const times = copy.card.notices.map(({ reminderId }) => settled.get(reminderId) ?? Number.POSITIVE_INFINITY)
    const over = times.length > 0 ? Math.max(...times) : Number.POSITIVE_INFINITY
    const first = Math.min(...taken.map((call) => call.at))
    if (taken.length === 0 || first <= over) continue
    if (must(first <= over + UNDER_WAY_MS, `${name} left ${first - over} ms after it was settled`))
      more['on their way when it was settled'] += 1
  }
  return { ...counted, ...more }
}

type Taken = Pick<StandinCall, 'at' | 'deduplicated' | 'dropped'>

async function cardsOf(rig: Rig): Promise<Map<string, Taken[]>> {
  const calls = await rig.standin.calls('/cgi-bin/message/send')
  return by(calls, (call) => (call.body as { template_card?: { task_id?: string } }).template_card?.task_id)
}

async function messagesOf(rig: Rig): Promise<Map<string, Taken[]>> {
  const calls = await rig.standin.calls('/SendSms')
  return by(calls, (call) => (call.body as { OutId?: string }).OutId)
}

/** What lies in the boxes, each beside the call that brought it: one recipient each, in the same order. */
async function mailsOf(rig: Rig): Promise<Map<string, Taken[]>> {
  const calls = (await rig.standin.calls('smtp')).filter((call) => call.accepted)
  const { mails } = await rig.standin.state()
  const found = new Map<string, Taken[]>()
  for (const [i, { messageId }] of mails.entries())
    found.set(messageId, [...(found.get(messageId) ?? []), { at: calls[i]?.at ?? 0, deduplicated: false }])
  return found
}

function by(calls: StandinCall[], keyOf: (call: StandinCall) => string | undefined): Map<string, Taken[]> {
  const found = new Map<string, Taken[]>()
  for (const call of calls) {
    const key = keyOf(call)
    // A card whose id the platform knew was refused, and is known to be there.
    if (!key || !(call.accepted || call.errcode === KNOWN_ID)) continue
    const taken = {
      at: call.at,
      deduplicated: call.deduplicated || !call.accepted,
      ...(call.dropped ? { dropped: call.dropped } : {}),
    }
    found.set(key, [...(found.get(key) ?? []), taken])
  }
  return found
}

const KNOWN_ID = 42014
const mailKey = (copyId: string) => `<${createHash('sha256').update(copyId).digest('hex').slice(0, 32)}@yonggu.example>`
