import type { MessageView } from '../../../../domain/message/message.contract.js'

/** The customer is who the page is about: of a run of the rep's own words only the last stands between theirs. */
export function messagesShown(messages: MessageView[]): MessageView[] {
  return messages.filter((message, i) => message.speaker === 'customer' || messages[i + 1]?.speaker !== 'rep')
}
