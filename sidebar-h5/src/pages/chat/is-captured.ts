import type { MessageView } from '../../../../domain/message/message.contract.js'
import type { ChangeView } from '../../../../domain/requirement/requirement.contract.js'

/** Evidence is a copy without the message's id, so the same words at the same moment are the same message. */
export function isCaptured(message: MessageView, changes: ChangeView[]): boolean {
  return changes.some(
    (change) =>
      change.state !== 'undone' && change.evidence.some((one) => one.saidAt === message.saidAt && one.text === message.text),
  )
}
