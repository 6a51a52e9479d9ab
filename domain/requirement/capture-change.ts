import { randomBytes } from 'node:crypto'
import type { Prisma } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { newId, sha256 } from '../../lib/ids.js'
import { canonical, record } from '../audit/record.js'
import { stopWatching } from '../message/watch-uncaptured.js'
import { type Actor, requirementVisibleTo } from '../person/actor.js'
import type { Work } from '../work.js'
import { askColleagues } from './ask-colleagues.js'
import { findSaid } from './find-said.js'
import { noTerms } from './fold-terms.js'
import { recomputeTerms } from './recompute-terms.js'
import type { CaptureInput } from './requirement.contract.js'
import { tellChange } from './tell-change.js'
import { titleOf } from './title-of.js'

/** Long enough to notice a slip of the thumb; nobody has been told before it is over. */
export const UNDO_MS = 10_000

/**
 * 捕获需求变更: one more step on a requirement's chain, with the customer's words copied as evidence. Colleagues are asked
 * when the time to undo is over. Returns the change's id.
 */
export async function captureChange(work: Work, actor: Actor, input: Omit<CaptureInput, 'requestId'>): Promise<string> {
  const { contactId, customerId, messages } = await findSaid(work, actor, input)
  const evidence = messages.map((message) => ({
    messageId: message.id,
    speaker: message.speaker,
    name: message.speaker === 'customer' ? message.contact.name : message.person.name,
    text: message.text,
    saidAt: message.saidAt.toISOString(),
    source: message.source,
  }))

  for (const message of messages) await stopWatching(work, message.id, actor.personId)
  if (input.requirementId) await assertRequirement(work, actor, input.requirementId)
  const requirementId = input.requirementId ?? (await openRequirement(work, customerId, titleOf(input, evidence)))
  return appendStep(work, actor, { ...input, contactId, customerId, requirementId, evidence, corrects: null })
}

export type NewStep = {
  customerId: string
  requirementId: string
  contactId: string
  /** None: a new need, for which nobody is asked. */
  types: string[]
  slots: Prisma.InputJsonValue
  note: string | null
  evidence: Prisma.InputJsonObject[]
  corrects: number | null
}

/** The next step of a chain, with its evidence, its questions and its place in the audit. */
export async function appendStep(work: Work, actor: Actor, step: NewStep): Promise<string> {
  // The row lock makes steps of one requirement wait for each other: numbers have no gaps and no doubles.
  const [requirement] = await work.tx.$queryRaw<{ terms: Prisma.JsonValue }[]>`
    SELECT terms FROM requirement WHERE id = ${step.requirementId}::uuid AND customer_id = ${step.customerId}::uuid FOR UPDATE`
  if (!requirement) throw unknownRequirement()
  const last = await work.tx.requirementChange.aggregate({ where: { requirementId: step.requirementId }, _max: { step: true } })
  const id = newId()
  const salt = randomBytes(16).toString('hex')
  const evidenceHash = sha256(salt, canonical(step.evidence))
  await work.tx.requirementChange.create({
    data: {
      id,
      requirementId: step.requirementId,
      step: (last._max.step ?? 0) + 1,
      types: step.types,
      slots: step.slots,
      note: step.note,
      capturedById: actor.personId,
      contactId: step.contactId,
      capturedAt: work.now,
      undoUntil: new Date(work.now.getTime() + UNDO_MS),
      corrects: step.corrects,
      termsBefore: requirement.terms as Prisma.InputJsonValue,
      evidenceSalt: salt,
      evidenceHash,
      evidence: { create: { messages: step.evidence } },
    },
  })
  await recomputeTerms(work, step.requirementId)
  // A step that changes nothing is a new need: nothing was promised yet, so nobody is asked.
  if (step.types.length > 0) await askColleagues(work, id)
  await record(work, {
    actor: actor.personId,
    verb: verbOf(step),
    subject: `change:${id}`,
    content: {
      requirement: step.requirementId,
      types: step.types,
      slots: step.slots,
      note: step.note,
      corrects: step.corrects,
      evidenceHash,
    },
  })
  tellChange(work, { id, requirementId: step.requirementId, contactId: step.contactId })
  return id
}

function verbOf({ corrects, types }: NewStep): string {
  if (corrects !== null) return 'change-corrected'
  return types.length > 0 ? 'change-captured' : 'need-recorded'
}

async function assertRequirement(work: Work, actor: Actor, id: string): Promise<void> {
  const requirement = await work.tx.requirement.findFirst({ where: { id, ...requirementVisibleTo(actor) }, select: { id: true } })
  if (!requirement) throw unknownRequirement()
}

const unknownRequirement = () => new Refused('unknown-requirement', '没有找到原需求，请重新选择', 404)

export async function openRequirement(work: Work, customerId: string, title: string): Promise<string> {
  const id = newId()
  await work.tx.requirement.create({ data: { id, customerId, title, terms: noTerms, createdAt: work.now } })
  return id
}
