import { z } from 'zod'
import { contactWayList, newContactWay } from '../../domain/contact-way/contact-way.contract.js'
import { createContactWay } from '../../domain/contact-way/create-contact-way.js'
import { listContactWays } from '../../domain/contact-way/list-contact-ways.js'
import { describePlatform } from '../../domain/follow/describe-sync.js'
import { syncNow } from '../../domain/follow/start-sync.js'
import { platformView } from '../../domain/follow/sync.contract.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

const requested = z.object({ requestId: z.uuid() })

/** 企业微信: how it stands with what the platform tells us, and the codes that customers scan. */
export const platformRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'GET',
    path: '/api/admin/platform',
    async handle(ctx) {
      ctx.body = platformView.parse(await describePlatform(deps.db))
    },
  },
  {
    /** Everybody's customers are looked at now: what is known is not asked for again. */
    method: 'POST',
    path: '/api/admin/platform/sync',
    async handle(ctx) {
      const { requestId } = readInput(requested, ctx.request.body)
      await write(deps, ctx, requestId, async (work) => {
        await syncNow(work, requestId)
        return {}
      })
      ctx.body = {}
    },
  },
  {
    method: 'GET',
    path: '/api/contact-ways',
    async handle(ctx) {
      ctx.body = contactWayList.parse({ ways: await listContactWays(deps.db) })
    },
  },
  {
    method: 'POST',
    path: '/api/contact-ways',
    async handle(ctx) {
      const { requestId, ...way } = readInput(newContactWay, ctx.request.body)
      ctx.body = await write(deps, ctx, requestId, (work) => createContactWay(work, ctx.state.actor, way))
    },
  },
]
