/** Chats between reps and customers, and what 会话内容存档 keeps of them. `at` is business time. */
export type ChatFact =
  | {
      type: 'chat'
      id: string
      rep: string
      externalUserId: string
      from: 'customer' | 'rep'
      text: string
      at: number
      call?: Voice
      news?: NewsCard
    }
  | { type: 'chat-revoked'; id: string }
  | { type: 'archived'; record: ArchiveRecord; at: number; news: boolean }
  | { type: 'archive-media'; fileId: string; base64: string }
  | { type: 'archive-set'; on?: boolean; keyVersion?: number | null; consent?: Record<string, boolean>; at?: number }

/** One entry of GetChatData's `chatdata` [D 91774]. */
export type ArchiveRecord = {
  seq: number
  msgid: string
  publickey_ver: number
  encrypt_random_key: string
  encrypt_chat_msg: string
}

/** A card that leads to a page. */
export type NewsCard = { link: string; title: string; desc: string; imgUrl: string }
/** A line that stands for a call. */
export type Voice = { seconds: number }
export type ChatMessage = {
  id: string
  from: 'customer' | 'rep'
  text: string
  at: number
  revoked: boolean
  call?: Voice
  news?: NewsCard
}
export type Chat = { rep: string; externalUserId: string; messages: ChatMessage[] }

export type Chats = {
  chats: Map<string, Chat>
  byId: Map<string, { chat: Chat; message: ChatMessage }>
  archive: { record: ArchiveRecord; at: number }[]
  /** A record has come that no msgaudit_notify has announced. */
  unannounced: boolean
  archiveOn: boolean
  consent: Map<string, boolean>
  /** When each last said yes or no. */
  consentAt: Map<string, number>
  /** The version of the key that seals; null for the newest. */
  keyVersion: number | null
  /** Files of archived messages, by sdkfileid. */
  media: Map<string, Buffer>
}

export const createChats = (): Chats => ({
  chats: new Map(),
  byId: new Map(),
  archive: [],
  unannounced: false,
  archiveOn: true,
  consent: new Map(),
  consentAt: new Map(),
  keyVersion: null,
  media: new Map(),
})

export function applyChat(chats: Chats, fact: ChatFact): void {
  switch (fact.type) {
    case 'chat': {
      const key = `${fact.rep}|${fact.externalUserId}`
      const chat = chats.chats.get(key) ?? { rep: fact.rep, externalUserId: fact.externalUserId, messages: [] }
      const { id, from, text, at, call, news } = fact
      const message = { id, from, text, at, revoked: false, ...(call ? { call } : {}), ...(news ? { news } : {}) }
      chat.messages.push(message)
      chats.chats.set(key, chat)
      chats.byId.set(fact.id, { chat, message })
      break
    }
    case 'chat-revoked': {
      const found = chats.byId.get(fact.id)
      if (found) found.message.revoked = true
      break
    }
    case 'archived':
      chats.archive.push({ record: fact.record, at: fact.at })
      if (fact.news) chats.unannounced = true
      break
    case 'archive-set':
      if (fact.on !== undefined) chats.archiveOn = fact.on
      if (fact.keyVersion !== undefined) chats.keyVersion = fact.keyVersion
      for (const [id, agreed] of Object.entries(fact.consent ?? {})) {
        chats.consent.set(id, agreed)
        chats.consentAt.set(id, fact.at ?? 0)
      }
      break
    case 'archive-media':
      chats.media.set(fact.fileId, Buffer.from(fact.base64, 'base64'))
  }
}

/** A customer who was never asked has agreed: the demo starts with a working archive. */
export const hasConsent = (chats: Chats, externalUserId: string): boolean => chats.consent.get(externalUserId) ?? true
