import type { Chat } from './robot.js'

/** Interactive cards: one instance by its outTrackId, shown wherever it was delivered. `at` is business time. */
export type CardFact =
  | { type: 'ding-card'; outTrackId: string; templateId: string; route: CardRoute; data: Params; own: Own; at: number }
  | { type: 'ding-card-delivered'; outTrackId: string; delivered: Delivered[] }
  | { type: 'ding-card-changed'; outTrackId: string; change: CardChange; by: 'update' | 'answer'; at: number }
  | { type: 'ding-card-pressed'; outTrackId: string; press: Press }
  | { type: 'ding-card-route'; key: string; url: string; secret: string }

export type Params = Record<string, string>
/** What one member sees in place of the same names: by userid. */
export type Own = Record<string, Params>
export type CardRoute = { type: 'STREAM' } | { type: 'HTTP'; key: string }
export type Delivered = { chat: Chat; carrierId: string; at: number }
export type CardChange = { data: Params | null; own: Own; byKey: boolean; ownByKey: boolean }
/** `answered`: the callback's answer came in time. */
export type Press = { userid: string; action: string; at: number; answered: boolean }

export type Card = {
  outTrackId: string
  templateId: string
  route: CardRoute
  data: Params
  own: Own
  at: number
  delivered: Delivered[]
  /** 1 when made, one more at each change. */
  version: number
  changes: { by: 'update' | 'answer'; at: number }[]
  presses: Press[]
}
export type Cards = { byTrack: Map<string, Card>; routes: Map<string, { url: string; secret: string }> }

export const createCards = (): Cards => ({ byTrack: new Map(), routes: new Map() })

export function applyCard(cards: Cards, fact: CardFact): void {
  if (fact.type === 'ding-card-route') {
    cards.routes.set(fact.key, { url: fact.url, secret: fact.secret })
    return
  }
  if (fact.type === 'ding-card') {
    const { type: _, ...made } = fact
    cards.byTrack.set(fact.outTrackId, { ...made, delivered: [], version: 1, changes: [], presses: [] })
    return
  }
  const card = cards.byTrack.get(fact.outTrackId)
  if (!card) return
  switch (fact.type) {
    case 'ding-card-delivered':
      card.delivered.push(...fact.delivered)
      break
    case 'ding-card-pressed':
      card.presses.push(fact.press)
      break
    case 'ding-card-changed': {
      const { data, own, byKey, ownByKey } = fact.change
      card.version += 1
      card.changes.push({ by: fact.by, at: fact.at })
      if (data) card.data = byKey ? { ...card.data, ...data } : data
      for (const [userid, params] of Object.entries(own))
        card.own = { ...card.own, [userid]: ownByKey ? { ...card.own[userid], ...params } : params }
    }
  }
}

/** What stands on the card for one member. */
export const paramsFor = (card: Card, userid: string): Params => ({ ...card.data, ...card.own[userid] })
