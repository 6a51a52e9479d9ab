import type { ChatStory } from '../../../../domain/customer/customer.contract.js'
import type { ChangeView } from '../../../../domain/requirement/requirement.contract.js'
import { VERDICTS } from '../../words/asks.js'
import { typesWords } from '../../words/changes.js'

export type DockNotice = { kind: 'found'; words: string } | { kind: 'answered'; words: string; changeId: string }

/** The one line above the button: what was just found comes first, then an answer that the customer hasn't heard yet. */
export function noticeFor(suggestion: ChatStory['suggestion'], moving: ChangeView[]): DockNotice | null {
  if (suggestion.types.length) return { kind: 'found', words: typesWords(suggestion.types) }
  const ready = moving.find((change) => change.replyDraft)
  const last = ready?.asks
    .filter((ask) => ask.verdict)
    .sort((a, b) => (a.answeredAt ?? '').localeCompare(b.answeredAt ?? ''))
    .pop()
  if (!ready || !last?.verdict) return null
  return {
    kind: 'answered',
    words: `${last.answeredBy?.name ?? last.person.name}：${VERDICTS[last.verdict].words}，回复拟好了`,
    changeId: ready.id,
  }
}
