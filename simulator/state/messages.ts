/** What the app sent to members and what became of its cards. `at` is business time, `machineAt` machine time. */
export type TemplateCard = { card_type: string; task_id?: string; replace_text?: string; [field: string]: unknown }

export type MessageFact =
  | {
      type: 'message'
      msgid: string
      /** Hash of what was sent, for enable_duplicate_check. */
      digest: string
      to: string[]
      /** Members over their 30 a minute or 1000 an hour: the platform says nothing and shows them nothing. */
      dropped: string[]
      /** Members who read in WeChat's plugin, where template cards are not shown. */
      hidden?: string[]
      content: { kind: 'text'; text: string } | { kind: 'card'; card: TemplateCard }
      responseCode: string | null
      at: number
      machineAt: number
    }
  | { type: 'card-click'; taskId: string; userid: string; key: string; responseCode: string; at: number }
  | { type: 'card-change'; responseCode: string; taskId: string; userids: string[]; change: CardChange; at: number }
  /** `keep`: members in WeChat's plugin, where nothing is taken back. */
  | { type: 'recall'; msgid: string; keep?: string[] }
  | { type: 'member-text'; userid: string; text: string; msgid: string; at: number }

export type CardChange = { replaceName: string } | { card: TemplateCard }

export type CardCopy = {
  taskId: string | null
  msgid: string
  userid: string
  card: TemplateCard
  sentAt: number
  /** 1 when sent, one more at each change. */
  version: number
  /** The grey words that stand in place of the buttons. */
  replaced: string | null
  buttonsDisabled: boolean
  /** Taken by the platform, not shown to the member: they read in WeChat's plugin. */
  hidden: boolean
}
export type Text = { userid: string; text: string; at: number; from: 'app' | 'member'; msgid: string }
export type ResponseCode = { taskId: string; at: number; used: boolean }

export type Messages = {
  cards: CardCopy[]
  texts: Text[]
  codes: Map<string, ResponseCode>
  /** Recipients of each card by task_id. */
  tasks: Map<string, string[]>
  sent: Map<string, { msgid: string; at: number; machineAt: number }>
  /** The newest message of each digest. */
  digests: Map<string, { msgid: string; machineAt: number }>
  /** Machine times of what reached each member within the last hour. */
  reached: Map<string, number[]>
}

export const createMessages = (): Messages => ({
  cards: [],
  texts: [],
  codes: new Map(),
  tasks: new Map(),
  sent: new Map(),
  digests: new Map(),
  reached: new Map(),
})

export function applyMessage(messages: Messages, fact: MessageFact): void {
  switch (fact.type) {
    case 'message':
      deliver(messages, fact)
      break
    case 'card-click':
      messages.codes.set(fact.responseCode, { taskId: fact.taskId, at: fact.at, used: false })
      break
    case 'card-change':
      change(messages, fact)
      break
    case 'recall':
      messages.cards = messages.cards.filter((c) => c.msgid !== fact.msgid)
      messages.texts = messages.texts.filter((t) => t.msgid !== fact.msgid || fact.keep?.includes(t.userid))
      break
    case 'member-text':
      messages.texts.push({ userid: fact.userid, text: fact.text, at: fact.at, from: 'member', msgid: fact.msgid })
  }
}

function deliver(messages: Messages, fact: Extract<MessageFact, { type: 'message' }>): void {
  messages.sent.set(fact.msgid, { msgid: fact.msgid, at: fact.at, machineAt: fact.machineAt })
  messages.digests.set(fact.digest, { msgid: fact.msgid, machineAt: fact.machineAt })
  for (const userid of fact.to.filter((u) => !fact.dropped.includes(u))) {
    const hour = (messages.reached.get(userid) ?? []).filter((t) => t > fact.machineAt - 3_600_000)
    messages.reached.set(userid, [...hour, fact.machineAt])
    if (fact.content.kind === 'text') {
      messages.texts.push({ userid, text: fact.content.text, at: fact.at, from: 'app', msgid: fact.msgid })
      continue
    }
    const { card } = fact.content
    const copy = { taskId: card.task_id ?? null, msgid: fact.msgid, userid, card, sentAt: fact.at }
    messages.cards.push({
      ...copy,
      version: 1,
      replaced: null,
      buttonsDisabled: false,
      hidden: fact.hidden?.includes(userid) ?? false,
    })
  }
  if (fact.content.kind === 'card' && fact.content.card.task_id) {
    messages.tasks.set(fact.content.card.task_id, fact.to)
    if (fact.responseCode) messages.codes.set(fact.responseCode, { taskId: fact.content.card.task_id, at: fact.at, used: false })
  }
}

function change(messages: Messages, fact: Extract<MessageFact, { type: 'card-change' }>): void {
  const code = messages.codes.get(fact.responseCode)
  if (code) code.used = true
  for (const copy of messages.cards) {
    if (copy.taskId !== fact.taskId || !fact.userids.includes(copy.userid)) continue
    copy.version += 1
    if ('replaceName' in fact.change) copy.replaced = fact.change.replaceName
    else {
      copy.card = fact.change.card
      copy.replaced = fact.change.card.replace_text ?? null
    }
    copy.buttonsDisabled = copy.replaced !== null
  }
}
