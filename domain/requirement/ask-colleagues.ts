import { newId } from '../../lib/ids.js'
import { issueCard } from '../card/issue-card.js'
import type { ChangeType } from '../message/message.contract.js'
import { standardRoute } from '../reminders/reminder-kind.js'
import { startReminder } from '../reminders/start-reminder.js'
import { defaultResponders, responders } from '../rule/responders.contract.js'
import { findRule } from '../rule/rule.js'
import type { Work } from '../work.js'
import { planAsks } from './plan-asks.js'

/** Asks whom the responders' table names, once the time to undo is over. */
export async function askColleagues(work: Work, changeId: string): Promise<void> {
  const change = await work.tx.requirementChange.findUniqueOrThrow({
    where: { id: changeId },
    include: { capturedBy: true, requirement: { include: { customer: true } } },
  })
  const colleagues = await work.tx.person.findMany({
    where: { leftAt: null },
    select: { id: true, roles: true },
    orderBy: { name: 'asc' },
  })
  const rule = await findRule(work.tx, 'responders')
  const planned = planAsks({
    rows: rule === null ? defaultResponders : responders.parse(rule),
    productLine: change.requirement.customer.productLine,
    types: change.types as ChangeType[],
    colleagues,
    managerId: change.capturedBy.managerId,
  })
  for (const ask of planned) {
    const id = newId()
    const cardId = await issueCard(work, {
      kind: 'ask',
      subject: `ask:${id}`,
      people: ask.people,
      notBefore: change.undoUntil,
      route: standardRoute,
    })
    await work.tx.ask.create({
      data: {
        id,
        changeId,
        purpose: ask.purpose,
        role: ask.role,
        personId: ask.people[0] as string,
        standsInFor: ask.standsInFor,
        cardId,
      },
    })
    await startReminder(work, {
      kind: 'requirement-change-confirm',
      subject: `ask:${id}`,
      personId: ask.people[0] as string,
      customerId: change.requirement.customerId,
      at: change.undoUntil,
      opening: { cardId, people: ask.people },
    })
  }
}
