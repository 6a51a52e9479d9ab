import { expect, test } from 'vitest'
import type { AskView, ChangeView } from '../../../../domain/requirement/requirement.contract.js'
import { noticeFor } from './dock-notice.js'
import { isCaptured } from './is-captured.js'

const nothing = { messageIds: [], types: [], requirementId: null, slots: [], score: 0 }
const person = (name: string) => ({ id: name, name, roles: [] })

function ask(name: string, verdict: AskView['verdict'], answeredAt: string | null): AskView {
  const answeredBy = verdict ? person(name) : null
  return {
    id: name,
    purpose: 'confirm',
    person: person(name),
    others: [],
    standsInFor: null,
    askedAt: null,
    verdict,
    note: null,
    answeredAt,
    answeredBy,
    took: null,
    closed: null,
  }
}

function change(part: Partial<ChangeView>): ChangeView {
  return {
    id: 'c1',
    requirementId: 'r',
    step: 1,
    state: 'open',
    types: [],
    slots: [],
    note: null,
    capturedBy: person('王磊'),
    capturedAt: '',
    undoUntil: null,
    corrects: null,
    correctedBy: null,
    evidence: [],
    evidenceHash: '',
    asks: [],
    replyDraft: null,
    replySentAt: null,
    ...part,
  }
}

test('what was just found comes before an older answer', () => {
  const ready = change({ replyDraft: '好的', asks: [ask('赵强', 'can', '2026-11-21T02:00:00Z')] })
  expect(noticeFor({ ...nothing, types: ['其他'] }, [ready])).toEqual({ kind: 'found', words: '其他' })
})

test('an answer that waits to be passed on is named by who gave it last', () => {
  const asks = [
    ask('孙悦', 'cannot', '2026-11-21T03:00:00Z'),
    ask('赵强', 'can', '2026-11-21T02:00:00Z'),
    ask('周敏', null, null),
  ]
  expect(noticeFor(nothing, [change({}), change({ id: 'c2', replyDraft: '好的', asks })])).toEqual({
    kind: 'answered',
    words: '孙悦：做不了，回复拟好了',
    changeId: 'c2',
  })
  expect(noticeFor(nothing, [change({ asks })])).toBeNull()
})

test('a message is captured when a living change holds its words of that moment', () => {
  const message = {
    id: 'm',
    speaker: 'customer' as const,
    name: '',
    text: '加到300套',
    saidAt: '2026-11-21T01:00:00.000Z',
    source: 'archive' as const,
    revoked: false,
    label: null,
    finding: null,
  }
  const evidence = [
    { speaker: 'customer' as const, name: '', text: '加到300套', saidAt: '2026-11-21T01:00:00.000Z', source: 'archive' },
  ]
  expect(isCaptured(message, [change({ evidence })])).toBe(true)
  expect(isCaptured({ ...message, saidAt: '2026-11-21T01:00:01.000Z' }, [change({ evidence })])).toBe(false)
  expect(isCaptured(message, [change({ evidence, state: 'undone' })])).toBe(false)
})
