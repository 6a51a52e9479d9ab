import type { Rig } from '../rig/rig.js'
import type { StandinCall } from '../rig/standin-client.js'

const WAIT = { ms: 60_000 }

/** Waits until a callback got its 200 and what it says was handled; returns it and its row. */
export async function handled(rig: Rig, callbackId: string) {
  return rig.waitFor(
    async () => {
      const callback = (await rig.standin.callbacks()).find((one) => one.id === callbackId)
      if (callback?.outcome !== 'delivered') throw new Error(`callback: ${JSON.stringify(callback?.attempts)}`)
      const rows = await rig.db.inbox.findMany({ where: { body: callback.xml } })
      if (rows.length !== 1) throw new Error(`${rows.length} rows`)
      return rows[0]?.state === 'done' ? { callback, row: rows[0] } : null
    },
    { ...WAIT, what: 'a callback to be handled' },
  )
}

/** Waits for the copies of the cards that ask about a change, sent or not. */
export async function copiesOf(rig: Rig, changeId: string) {
  const asks = await rig.db.ask.findMany({
    where: { changeId },
    include: { card: { include: { copies: { include: { person: { include: { identities: true } } } } } } },
  })
  return asks.flatMap((ask) =>
    ask.card.copies.map((copy) => ({
      id: copy.id,
      ask,
      userid: copy.person.identities[0]?.value ?? '',
      personId: copy.personId,
    })),
  )
}

/** What the wire saw of one card, oldest first. */
export async function sendsOf(rig: Rig, copyId: string): Promise<StandinCall[]> {
  const calls = await rig.standin.calls('/cgi-bin/message/send')
  return calls.filter((call) => (call.body as { template_card?: { task_id?: string } }).template_card?.task_id === copyId)
}

/** The texts that one member saw, oldest first. */
export async function textsOf(rig: Rig, userid: string): Promise<string[]> {
  const { texts } = await rig.standin.state()
  return texts.filter((text) => text.userid === userid && text.from === 'app').map((text) => text.text)
}

/** Waits until the outbox row of a key is done, and returns it. */
export const delivered = (rig: Rig, key: string) =>
  rig.waitFor(
    async () => {
      const row = await rig.db.outbox.findUnique({ where: { key } })
      if (row?.state !== 'done') throw new Error(`${key}: ${row?.state} ${row?.reason}`)
      return row
    },
    { ...WAIT, what: 'a row to be done' },
  )

/** Waits until the stand-in has begun to play all the trouble that was ordered. */
export const troubled = (rig: Rig) =>
  rig.waitFor(async () => (await rig.standin.faults()).length === 0, { ...WAIT, what: 'the trouble to be met' })
