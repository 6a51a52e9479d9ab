/** What DingTalk pushes to the product, over HTTP or a connection: what was to be told, and what came of each attempt. */
export type Via = 'http' | 'stream'
export type PushKind = 'event' | 'robot' | 'card'

export type PushAttempt = {
  /** Machine time. */
  at: number
  ms: number
  ok: boolean
  /** HTTP status, or the code of the ack. */
  status: number | null
  error: string | null
  answer: string
  /** The month's pushes were used up: it arrived without its content. */
  over?: true
}

export type PushFact =
  | ({ type: 'dingtalk-push' } & PushTold)
  /** `final`: whatever came of it, there is no other. */
  | { type: 'dingtalk-push-attempt'; id: string; attempt: PushAttempt; final: boolean }
  /** Somebody read the list of those that never arrived: it is read once. */
  | { type: 'dingtalk-failed-read'; ids: string[] }
  | { type: 'dingtalk-mode'; mode: Via }

type PushTold = {
  id: string
  kind: PushKind
  via: Via
  /** The event's type, the robot message's msgId, the card's outTrackId. */
  name: string
  body: Record<string, unknown>
  /** Of a card over HTTP: where its registered route leads, and what it is signed with. */
  url?: string
  secret?: string
  /** Business time; machine time. */
  at: number
  machineAt: number
}

export type DingtalkPush = PushTold & { attempts: PushAttempt[]; outcome: 'open' | 'delivered' | 'undelivered'; read: boolean }

export type DingtalkPushes = {
  all: Map<string, DingtalkPush>
  /** Null: as in the settings. */
  mode: Via | null
}

export const createPushes = (): DingtalkPushes => ({ all: new Map(), mode: null })

export function applyPush(pushes: DingtalkPushes, fact: PushFact): void {
  switch (fact.type) {
    case 'dingtalk-push': {
      const { type: _, ...told } = fact
      pushes.all.set(fact.id, { ...told, attempts: [], outcome: 'open', read: false })
      return
    }
    case 'dingtalk-push-attempt': {
      const push = pushes.all.get(fact.id)
      if (!push) return
      push.attempts.push(fact.attempt)
      if (push.outcome !== 'open') return
      if (fact.attempt.ok) push.outcome = 'delivered'
      else if (fact.final) push.outcome = 'undelivered'
      return
    }
    case 'dingtalk-failed-read':
      for (const id of fact.ids) {
        const push = pushes.all.get(id)
        if (push) push.read = true
      }
      return
    case 'dingtalk-mode':
      pushes.mode = fact.mode
  }
}
