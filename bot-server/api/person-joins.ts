import { z } from 'zod'
import { listJoins } from '../../domain/person-join/list-joins.js'
import { joinPersonsInput, personJoined, personJoins, undoJoinInput } from '../../domain/person-join/person-join.contract.js'
import { saySame, sayTwo } from '../../domain/person-join/say-same.js'
import { undoJoin } from '../../domain/person-join/undo-join.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

/** 同事的两个账号: who is one person in WeCom and in DingTalk. */
export const personJoinRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'GET',
    path: '/api/admin/person-joins',
    async handle(ctx) {
      ctx.body = personJoins.parse(await listJoins(deps.db))
    },
  },
  {
    method: 'POST',
    path: '/api/admin/person-joins',
    async handle(ctx) {
      const { requestId, ...pair } = readInput(joinPersonsInput, ctx.request.body)
      ctx.body = personJoined.parse(await write(deps, ctx, requestId, (work) => saySame(work, ctx.state.actor, pair)))
    },
  },
  {
    method: 'POST',
    path: '/api/admin/person-joins/apart',
    async handle(ctx) {
      const { requestId, ...pair } = readInput(joinPersonsInput, ctx.request.body)
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        await sayTwo(work, ctx.state.actor, pair)
        return {}
      })
    },
  },
  {
    method: 'POST',
    path: '/api/admin/person-joins/:id/undo',
    async handle(ctx) {
      const { requestId } = readInput(undoJoinInput, ctx.request.body)
      const id = readInput(z.uuid(), ctx.params.id)
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        await undoJoin(work, ctx.state.actor.personId, id)
        return {}
      })
    },
  },
]
