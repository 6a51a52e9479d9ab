import type { Channel, Receipt } from '../../channels/channel.js'
import type { Dingtalk } from '../../channels/dingtalk/client.js'
import type { Card } from '../../domain/card/card.js'
import type { Channels } from '../../jobs/define.js'

type Shown = { to: string; copy: string; card: Card; code: string | null }

/**
 * A chat platform of the size of a test: it shows what it was sent, gives a code for each card, takes each code once, and
 * misbehaves where `before` or `after` accepting throws.
 */
export function createPhone() {
  const cards: Shown[] = []
  const updates: Shown[] = []
  const texts: { to: string; text: string }[] = []
  const recalls: string[] = []
  const codes = new Set<string>()
  const phone = {
    cards,
    updates,
    texts,
    recalls,
    codes,
    before: async (_call: 'sendCard' | 'updateCard' | 'sendText' | 'recall', _to: string): Promise<void> => {},
    after: async (_call: 'sendCard' | 'updateCard' | 'sendText' | 'recall', _to: string): Promise<void> => {},
  }
  const receipt = (code: string | null): Receipt => ({ messageId: `m${cards.length + texts.length}`, code, notReached: [] })
  const channel: Channel = {
    async sendCard(to, copy, card) {
      await phone.before('sendCard', to)
      const code = card.buttons.length > 0 ? `code-of-${copy}-${cards.length}` : null
      if (code) codes.add(code)
      cards.push({ to, copy, card, code })
      await phone.after('sendCard', to)
      return receipt(code)
    },
    async updateCard(to, copy, code, card) {
      await phone.before('updateCard', to)
      updates.push({ to, copy, code, card })
      if (code) codes.delete(code)
      await phone.after('updateCard', to)
    },
    async sendText(to, text) {
      await phone.before('sendText', to)
      texts.push({ to, text })
      await phone.after('sendText', to)
      return receipt(null)
    },
    async recall(messageId) {
      await phone.before('recall', messageId)
      recalls.push(messageId)
      await phone.after('recall', messageId)
    },
  }
  return Object.assign(phone, { channel })
}

/** What effects are given where only WeCom is connected. */
export const wecomOnly = (channel: Channel = createPhone().channel): { channels: Channels; dingtalk: Dingtalk | null } => ({
  channels: { wecom: channel, dingtalk: null },
  dingtalk: null,
})
