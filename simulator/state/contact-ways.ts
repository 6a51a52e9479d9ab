/** 「联系我」 [D 92228]: codes that bring customers to members, each with a `state` that tells the channel. */
export type ContactWay = {
  configId: string
  type: 1 | 2
  scene: 1 | 2
  style: number
  remark: string
  skipVerify: boolean
  state: string
  users: string[]
  qrCode: string | null
  at: number
}

export type ContactWayFact = { type: 'contact-way'; way: ContactWay } | { type: 'contact-way-deleted'; configId: string }

export type ContactWays = Map<string, ContactWay>

export function applyContactWay(ways: ContactWays, fact: ContactWayFact): void {
  if (fact.type === 'contact-way') ways.set(fact.way.configId, { ...fact.way })
  else ways.delete(fact.configId)
}
