import type { Card } from '../domain/card/card.js'

export type ChatPlatform = 'wecom' | 'dingtalk'

/** Who or what a platform speaks of. Unique over all four. */
export type PlatformIdentity = {
  platform: ChatPlatform
  organisation: string
  /** `member` is ours; `external` is a customer's person; `unionid` and `phone` tie several together. */
  kind: 'member' | 'external' | 'unionid' | 'phone'
  value: string
}

/** What a callback, an archive record or a stream frame means, whatever platform it came from. */
export type Heard =
  /**
   * A colleague spoke to the app or the robot. `session`: where, if it was not to the app alone. `unread`: what came in place
   * of words, as people call it (图片).
   */
  | { kind: 'said'; from: PlatformIdentity; text: string; messageId: string; at: Date; session?: RobotSession; unread?: string }
  /** A colleague pressed a card button. `card` is the copy's handle, `code` buys one silent change. */
  | { kind: 'pressed'; from: PlatformIdentity; card: string; action: string; code: string | null; at: Date }
  /** The platform tells something: `event` names a file in bot-server/events. */
  | { kind: 'happened'; event: string; data: Record<string, unknown>; at: Date }

/** A conversation with the robot, as DingTalk speaks of it. */
export type RobotSession = {
  conversationId: string
  /** Null: with one person alone. */
  group: { title: string } | null
  /** Buys answers in that conversation until then (machine time). The host is never taken from a message. */
  webhook: { session: string; until: Date } | null
}

/** What the wire said about one message that left. */
export type Receipt = {
  /** The platform's id of the message. */
  messageId: string | null
  /** Buys one silent change of a card, until `codeUntil` (business time is the caller's matter). */
  code: string | null
  /** Recipients that the platform says it did not reach, with its reason. */
  notReached: { to: string; why: string }[]
}

/** What jobs/deliver.ts may ask of a chat platform. Throws `ChannelError` on any non-zero code. */
export interface Channel {
  /** `copy` is our id of this recipient's copy: the platform's own de-duplication key where it has one. */
  sendCard(to: string, copy: string, card: Card): Promise<Receipt>
  /** Changes a card that was sent; the recipient is not disturbed. WeCom: once, with the code. DingTalk: any time, without one. */
  updateCard(to: string, copy: string, code: string | null, card: Card): Promise<void>
  sendText(to: string, text: string): Promise<Receipt>
  /** Takes a message back, by the platform's id of it. */
  recall(messageId: string): Promise<void>
}
