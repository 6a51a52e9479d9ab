import type { ChatStory } from '../../../../domain/customer/customer.contract.js'
import type { ChangeType } from '../../../../domain/message/message.contract.js'
import type { CaptureInput, ChangeView } from '../../../../domain/requirement/requirement.contract.js'
import { filledSlots, type SlotRow } from '../../components/slot-rows.js'
import { standsNow } from './stands-now.js'

/** What the rep has before them on the sheet. `requestId` is born with it: two taps, or a retry, are one capture. */
export type CaptureForm = {
  requestId: string
  messageIds: string[]
  types: ChangeType[]
  /** null is 新需求; undefined is not yet chosen. */
  requirementId: string | null | undefined
  rows: SlotRow[]
  note: string
}

/** The contract's own: a pasted run may be longer than what one change can have as evidence. */
const EVIDENCE_LIMIT = 20

type Ids = { requestId: string; rowKey: () => string }

/** Opens with everything that the conversation already says, so that the second tap can be 保存. `chosen`: messages just pasted. */
export function openCapture(story: ChatStory, ids: Ids, chosen: string[] | null = null): CaptureForm {
  const told = suggestionFor(story, chosen)
  return {
    requestId: ids.requestId,
    messageIds: [...told.messageIds],
    types: [...told.types],
    requirementId: told.requirementId ?? onlyRequirement(story),
    rows: told.slots.map((slot) => ({ key: ids.rowKey(), slot: { ...slot } })),
    note: '',
  }
}

function suggestionFor(story: ChatStory, chosen: string[] | null): Omit<ChatStory['suggestion'], 'score'> {
  const { suggestion } = story
  if (!chosen) {
    if (suggestion.messageIds.length) return suggestion
    const said = story.messages.filter((message) => message.speaker === 'customer')
    return { ...suggestion, messageIds: said.slice(-1).map((message) => message.id) }
  }
  if (chosen.some((id) => suggestion.messageIds.includes(id))) {
    return { ...suggestion, messageIds: [...new Set([...suggestion.messageIds, ...chosen])].slice(0, EVIDENCE_LIMIT) }
  }
  const findings = story.messages.filter((one) => chosen.includes(one.id)).flatMap((one) => one.finding ?? [])
  const latest = new Map(findings.flatMap((one) => one.slots).map((slot) => [`${slot.field}:${slot.item ?? ''}`, slot]))
  return {
    messageIds: chosen.slice(-EVIDENCE_LIMIT),
    types: [...new Set(findings.flatMap((one) => one.types))],
    requirementId: suggestion.requirementId,
    slots: [...latest.values()],
  }
}

/** With no requirement yet there is nothing to choose; with exactly one it is nearly always that one. */
function onlyRequirement(story: ChatStory): string | null | undefined {
  if (story.requirements.length === 0) return null
  return story.requirements.length === 1 ? story.requirements[0]?.id : undefined
}

/** The one thing that still keeps it from being saved, as a hint; null when it can be. */
export function whatIsMissing(form: CaptureForm): string | null {
  if (form.types.length === 0) return '先选一下变了什么'
  if (form.requirementId === undefined) return '再选一下是哪个需求'
  if (form.messageIds.length === 0) return '至少留一条客户的原话作证据'
  return null
}

/** Another requirement: what stood before is read from that one, unless the rep wrote it by hand. */
export function chooseRequirement(form: CaptureForm, story: ChatStory, id: string | null): void {
  const terms = (of: string | null | undefined) => story.requirements.find((one) => one.id === of)?.terms
  const from = terms(form.requirementId)
  const to = terms(id)
  for (const row of form.rows) {
    const untouched = row.slot.before === null || bare(row.slot.before) === bare(standsNow(from, row.slot))
    if (untouched) row.slot.before = standsNow(to, row.slot)
  }
  form.requirementId = id
}

const bare = (value: string | null) => value?.replace(/\s/g, '')

export function toCaptureInput(form: CaptureForm, { contact, group }: Pick<ChatStory, 'contact' | 'group'>): CaptureInput {
  return {
    requestId: form.requestId,
    contactId: contact.id,
    ...(group ? { groupId: group.id } : {}),
    messageIds: form.messageIds,
    types: form.types,
    requirementId: form.requirementId ?? null,
    slots: filledSlots(form.rows),
    note: form.note.trim() || null,
  }
}

/** What the list shows until the server has answered. */
export function asPendingChange(form: CaptureForm, story: ChatStory, nowMs: number): ChangeView {
  const at = new Date(nowMs).toISOString()
  return {
    id: `saving:${form.requestId}`,
    requirementId: form.requirementId ?? '',
    step: 0,
    state: 'pending',
    types: form.types,
    slots: filledSlots(form.rows),
    note: form.note.trim() || null,
    capturedBy: story.me,
    capturedAt: at,
    undoUntil: null,
    corrects: null,
    correctedBy: null,
    evidence: [],
    evidenceHash: '',
    asks: [],
    replyDraft: null,
    replySentAt: null,
  }
}
