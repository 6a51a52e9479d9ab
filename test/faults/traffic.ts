import type { Person } from '../rig/person.js'
import type { Rig } from '../rig/rig.js'
import type { Chance } from './chance.js'

/** What was asked of the product and said yes to: what the books are held against. */
export type Ledger = {
  captures: { changeId: string; rep: string; undone: boolean }[]
  /** Asked for, and the product gave no answer before the end of all patience: none may be left. */
  broken: string[]
}
type Chat = { rep: string; externalUserId: string }
type Story = {
  contact: { id: string }
  messages: { id: string; speaker: string }[]
  requirements: { id: string }[]
}

const chats: Chat[] = [
  { rep: 'wanglei', externalUserId: 'wmRenji' },
  { rep: 'wanglei', externalUserId: 'wmHuaqiang' },
  { rep: 'chenjing', externalUserId: 'wmJinhai' },
]
/** Those whom few cards reach: the platform shows a member thirty messages a minute and hides the rest. */
const writers = ['heping', 'zhoumin', 'chenjing', 'sunyue']
const words = ['帮助', '我是谁', '待办', '这个我说不好']
const types = [['功能增减'], ['交付时间调整'], ['功能增减', '交付时间调整'], ['预算范围变动']]

/** People at work, as far as the product can tell: each act is one of theirs, picked by chance. */
export function createTraffic(rig: Rig, chance: Chance) {
  const ledger: Ledger = { captures: [], broken: [] }
  const people = new Map<string, Person>()
  const client = (userid: string) => {
    const known = people.get(userid) ?? rig.person(userid)
    people.set(userid, known)
    return known
  }
  // The stand-in itself may be the one that was killed: people try again.
  const outside = <T>(act: () => Promise<T>) => rig.waitFor(async () => ({ done: await act() }), { ms: 60_000, every: 200 })

  const openChat = async (chat: Chat): Promise<Story> => {
    const { status, body } = await client(chat.rep).insist('GET', `/api/chats/by-external/${chat.externalUserId}`)
    if (status !== 200) throw new Error(`the chat with ${chat.externalUserId} answered ${status}: ${JSON.stringify(body)}`)
    return body as Story
  }

  /** 捕获需求变更 of the newest thing that the customer said. Returns the change's id. */
  const capture = async (chat: Chat, kinds: string[] = ['功能增减', '交付时间调整']): Promise<string> => {
    const story = await rig.waitFor(
      async () => {
        const found = await openChat(chat)
        return found.messages.some((message) => message.speaker === 'customer') ? found : null
      },
      { ms: 90_000, every: 300, what: 'a chat with messages' },
    )
    const words = story.messages.filter((message) => message.speaker === 'customer')
    const { status, body } = await client(chat.rep).insist('POST', '/api/captures', {
      contactId: story.contact.id,
      messageIds: words.slice(-1).map((message) => message.id),
      types: kinds,
      requirementId: story.requirements[0]?.id ?? null,
      slots: [],
      note: null,
    })
    if (status !== 200) throw new Error(`a capture answered ${status}: ${JSON.stringify(body)}`)
    const changeId = (body as { change: { id: string } }).change.id
    ledger.captures.push({ changeId, rep: chat.rep, undone: false })
    return changeId
  }
  const undo = async (changeId: string): Promise<number> => {
    const captured = ledger.captures.find((one) => one.changeId === changeId)
    if (!captured) throw new Error(`nobody captured ${changeId}`)
    const { status } = await client(captured.rep).insist('POST', `/api/changes/${changeId}/undo`)
    captured.undone = status === 200
    return status
  }

  const acts = {
    async customerSays() {
      const chat = chance.pick(chats)
      const text = chance.pick(['交期改成下周五吧', `数量加到${300 + chance.below(200)}套`, '好的', '价格能不能再低一点'])
      await outside(() => rig.standin.customerSays({ ...chat, text }))
    },
    async repSays() {
      await outside(() => rig.standin.repSays({ ...chance.pick(chats), text: '好的，我问一下' }))
    },
    async memberWrites() {
      const [who, text] = [chance.pick(writers), chance.pick(words)]
      await outside(() => rig.standin.memberWrites(who, text))
    },
    async enters() {
      const who = chance.pick(writers)
      await outside(() => rig.standin.enter(who))
    },
    async captures() {
      const changeId = await capture(chance.pick(chats), chance.pick(types))
      if (chance.below(5) === 0) await undo(changeId)
    },
    /** A card that waits is pressed, on the phone that shows it. Somebody impatient presses twice. */
    async presses() {
      const { done: state } = await outside(() => rig.standin.state())
      const open = state.cards.filter((card) => !card.buttonsDisabled && buttonOf(card.card))
      if (open.length === 0) return
      const card = chance.pick(open)
      const press = { userid: card.userid, taskId: card.taskId, key: buttonOf(card.card) ?? '' }
      for (let times = 1 + chance.below(2); times > 0; times--) await rig.standin.press(press).catch(() => {})
    },
  }
  /** By how often it happens in a day. */
  const day = [
    'customerSays',
    'customerSays',
    'repSays',
    'memberWrites',
    'memberWrites',
    'enters',
    'captures',
    'presses',
    'presses',
  ] as const

  return {
    ledger,
    client,
    capture,
    undo,
    acts,
    chats,
    openChat,
    /** One act, which is over when the product has said yes to it. */
    async act(name: keyof typeof acts = chance.pick(day)): Promise<void> {
      await acts[name]().catch((error: Error) => ledger.broken.push(`${name}: ${error.message}`))
    },
    close: () => {
      for (const one of people.values()) one.close()
    },
  }
}
export type Traffic = ReturnType<typeof createTraffic>

/** The first button that presses rather than opens a page. */
function buttonOf(card: Record<string, unknown>): string | null {
  const buttons = (card.button_list as { key?: string; type?: number }[] | undefined) ?? []
  return buttons.find((button) => button.type !== 1)?.key ?? null
}
