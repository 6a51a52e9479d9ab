import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { type Actor, requirementVisibleTo, visibleTo } from '../person/actor.js'
import type { AskPage, ChainView, ChangeView, RequirementBrief, Terms } from './requirement.contract.js'
import { askInclude, changeInclude, viewAsk, viewChange } from './view-change.js'

/** The whole chain of one requirement, oldest step first, for whoever may see the customer or was asked about a step. */
export async function getChain(db: Reader, actor: Actor, requirementId: string, now: Date): Promise<ChainView> {
  const requirement = await db.requirement.findFirst({
    where: { id: requirementId, ...requirementVisibleTo(actor) },
    include: { customer: { select: { id: true, name: true } }, changes: { include: changeInclude, orderBy: { step: 'asc' } } },
  })
  if (!requirement) throw new Refused('unknown-requirement', '没有找到这个需求，或者你没有权限查看', 404)
  const steps = requirement.changes.map((row) => viewChange(row, now, correctionOf(requirement.changes, row.step)))
  return {
    ...briefOf({ ...requirement, _count: { changes: steps.filter((s) => s.state !== 'undone' && s.types.length > 0).length } }),
    customer: requirement.customer,
    steps,
  }
}

export async function getChange(db: Reader, changeId: string, now: Date): Promise<ChangeView> {
  const row = await db.requirementChange.findUniqueOrThrow({ where: { id: changeId }, include: changeInclude })
  const correction = await db.requirementChange.findFirst({
    where: { requirementId: row.requirementId, corrects: row.step, undoneAt: null },
    select: { step: true },
  })
  return viewChange(row, now, correction?.step ?? null)
}

/** The page behind a card: only for those who hold a copy, and for who may see the customer. */
export async function getAskPage(db: Reader, actor: Actor, askId: string, now: Date): Promise<AskPage> {
  const ask = await db.ask.findFirst({
    where: {
      id: askId,
      OR: [
        { card: { copies: { some: { personId: actor.personId } } } },
        { change: { requirement: { customer: visibleTo(actor) } } },
      ],
    },
    include: {
      ...askInclude,
      change: { include: { requirement: { include: { customer: { select: { id: true, name: true } } } } } },
    },
  })
  if (!ask) throw new Refused('unknown-ask', '没有找到这条待办，或者它没有问到你', 404)
  const { requirement } = ask.change
  return {
    ask: viewAsk(ask),
    change: await getChange(db, ask.changeId, now),
    customer: requirement.customer,
    requirement: { number: requirement.number, title: requirement.title },
  }
}

export const correctionOf = (
  steps: { step: number; corrects: number | null; undoneAt: Date | null }[],
  step: number,
): number | null => steps.find((other) => other.corrects === step && !other.undoneAt)?.step ?? null

type BriefRow = { id: string; number: number; title: string; terms: unknown; _count: { changes: number } }

export const briefOf = (row: BriefRow): RequirementBrief => ({
  id: row.id,
  number: row.number,
  title: row.title,
  terms: row.terms as Terms,
  changes: row._count.changes,
})
