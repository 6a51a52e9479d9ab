import type { Slot } from '../../domain/message/message.contract.js'
import { answerAsk } from '../../domain/requirement/answer-ask.js'
import { correctChange } from '../../domain/requirement/correct-change.js'
import type { Terms, Verdict } from '../../domain/requirement/requirement.contract.js'
import { undoChange } from '../../domain/requirement/undo-change.js'
import type { Db } from '../../lib/db.js'
import { type Cast, createCast } from './cast.js'
import { at, DAY, inWork, MINUTE, SECOND } from './work.js'

/** When the ten seconds are over and colleagues are asked. */
export const AFTER_UNDO = at(10 * SECOND)

export type Chain = ReturnType<typeof chainOf>

/** A bare organisation for each story: what an earlier one left behind is gone. */
export async function createChain(db: Db): Promise<{ cast: Cast; chain: Chain }> {
  await db.$executeRaw`
    TRUNCATE team, person, identity, customer, contact, message, follow, requirement, requirement_change, evidence, ask,
      card, card_copy, outbox, reminder, rule CASCADE`
  const cast = await createCast(db)
  return { cast, chain: chainOf(cast) }
}

/** What people do about a captured change. */
function chainOf(cast: Cast) {
  const { db } = cast
  return {
    /** Answers the question of the verdict's sort. */
    async answer(userid: string, changeId: string, verdict: Verdict, said: { note?: string; when?: Date } = {}) {
      const { id } = await cast.askOf(changeId, verdict.includes('impact') ? 'assess' : 'confirm')
      const actor = await cast.actor(userid)
      const answered = { askId: id, verdict, note: said.note ?? null }
      return inWork(db, (work) => answerAsk(work, actor, answered), said.when ?? AFTER_UNDO)
    },
    async undo(changeId: string, { by = 'wanglei', when = at(9 * SECOND) } = {}) {
      const actor = await cast.actor(by)
      return inWork(db, (work) => undoChange(work, actor, changeId), when)
    },
    async correct(changeId: string, slots: Slot[], { by = 'wanglei', when = at(MINUTE) } = {}) {
      const actor = await cast.actor(by)
      const input = { types: ['功能增减' as const], slots, note: '看错了' }
      return inWork(db, (work) => correctChange(work, actor, changeId, input), when)
    },
    terms: async (external = 'wmRenji') => (await cast.requirement(external)).terms as Terms,
    outbox: (kind: string) => db.outbox.findMany({ where: { kind }, orderBy: { id: 'asc' } }),
    /** As deliver would: the copies have arrived, and each has a code that buys one change. */
    arrives: (changeId: string) =>
      db.cardCopy.updateMany({
        where: { card: { asks: { some: { changeId } } } },
        data: { handle: 'm', code: 'code-1', codeUntil: at(3 * DAY), shown: 1 },
      }),
  }
}
