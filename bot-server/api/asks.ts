import { z } from 'zod'
import { putRightCopies } from '../../domain/card/press.js'
import { getAskPage } from '../../domain/requirement/find-chain.js'
import { answerInput, askPage } from '../../domain/requirement/requirement.contract.js'
import { Refused } from '../../lib/errors.js'
import { recordLook } from './record-look.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

export const askRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'GET',
    path: '/api/asks/:id',
    async handle(ctx) {
      const id = readInput(z.uuid(), ctx.params.id)
      ctx.body = askPage.parse(await getAskPage(deps.db, ctx.state.actor, id, await deps.clock.now(deps.db)))
      await recordLook(deps, ctx, `ask:${id}`)
    },
  },
  {
    /** The same file in actions/ that a card's button runs. */
    method: 'POST',
    path: '/api/asks/:id/actions/:action',
    async handle(ctx) {
      const { requestId, note } = readInput(answerInput, ctx.request.body)
      const id = readInput(z.uuid(), ctx.params.id)
      const action = deps.actions.get(ctx.params.action ?? '')
      if (!action) throw new Refused('unknown-action', '没有这个操作', 404)
      const { actor } = ctx.state
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        const done = await action.run({ work, actor }, { subjectId: id, note })
        if (!done) await putRightCopies(work, { subject: `ask:${id}`, personId: actor.personId })
        return askPage.parse(await getAskPage(work.tx, actor, id, work.now))
      })
    },
  },
]
