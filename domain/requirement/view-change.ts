import type { Prisma } from '../../lib/db.js'
import type { ChangeType, Slot } from '../message/message.contract.js'
import { isRole } from '../person/actor.js'
import { draftReply } from './reply-draft.js'
import type { AskView, ChangeView, EvidenceMessage, Purpose, Verdict } from './requirement.contract.js'

const brief = { select: { id: true, name: true, roles: true } } as const

export const askInclude = {
  person: brief,
  answeredBy: brief,
  card: { select: { copies: { select: { person: brief } } } },
} satisfies Prisma.AskInclude

export const changeInclude = {
  capturedBy: brief,
  evidence: true,
  asks: { include: askInclude, orderBy: { id: 'asc' } },
} satisfies Prisma.RequirementChangeInclude

type ChangeRow = Prisma.RequirementChangeGetPayload<{ include: typeof changeInclude }>
type AskRow = Prisma.AskGetPayload<{ include: typeof askInclude }>

const toBrief = (person: { id: string; name: string; roles: string[] }) => ({
  id: person.id,
  name: person.name,
  roles: person.roles.filter(isRole),
})

/** Rows don't leave: this is what a page may see of a change. `correctedBy` comes from the chain, which one row can't know. */
export function viewChange(row: ChangeRow, now: Date, correctedBy: number | null = null): ChangeView {
  const asks = row.asks.map(viewAsk)
  const slots = row.slots as Slot[]
  const confirmations = asks.filter((ask) => ask.purpose === 'confirm' && ask.closed === null)
  return {
    id: row.id,
    requirementId: row.requirementId,
    step: row.step,
    state: row.undoneAt
      ? 'undone'
      : now < row.undoUntil
        ? 'pending'
        : asks.every((ask) => ask.verdict !== null || ask.closed !== null)
          ? 'answered'
          : 'open',
    types: row.types as ChangeType[],
    slots,
    note: row.note,
    capturedBy: toBrief(row.capturedBy),
    capturedAt: row.capturedAt.toISOString(),
    undoUntil: row.undoneAt ? null : row.undoUntil.toISOString(),
    corrects: row.corrects,
    correctedBy,
    evidence: ((row.evidence?.messages ?? []) as EvidenceMessage[]).map(({ speaker, name, text, saidAt, source }) => ({
      speaker,
      name,
      text,
      saidAt,
      source,
    })),
    evidenceHash: row.evidenceHash,
    asks,
    replyDraft: row.undoneAt || correctedBy !== null ? null : draftReply(slots, confirmations, now),
    replySentAt: row.replySentAt?.toISOString() ?? null,
  }
}

export function viewAsk(row: AskRow): AskView {
  return {
    id: row.id,
    purpose: row.purpose as Purpose,
    person: toBrief(row.person),
    others: row.card.copies.filter((copy) => copy.person.id !== row.person.id).map((copy) => toBrief(copy.person)),
    standsInFor: row.standsInFor,
    askedAt: row.askedAt?.toISOString() ?? null,
    verdict: row.verdict as Verdict | null,
    note: row.note,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    answeredBy: row.answeredBy ? toBrief(row.answeredBy) : null,
    took: row.answeredAt && row.askedAt ? Math.max(0, row.answeredAt.getTime() - row.askedAt.getTime()) : null,
    closed: row.closedWhy,
  }
}
