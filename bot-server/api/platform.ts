import { z } from 'zod'
import { budgetPage } from '../../domain/budget/budget.contract.js'
import { describeBudget } from '../../domain/budget/describe-budget.js'
import { contactWayList, newContactWay, pictureQuery, pictureSet } from '../../domain/contact-way/contact-way.contract.js'
import { createContactWay } from '../../domain/contact-way/create-contact-way.js'
import { listContactWays } from '../../domain/contact-way/list-contact-ways.js'
import { dropPicture, MOST_PICTURE_BYTES, setPicture } from '../../domain/contact-way/set-picture.js'
import { readPicture } from '../../domain/contact-way/welcome-picture.js'
import { lookNow } from '../../domain/directory/start-directory.js'
import { describePlatform } from '../../domain/follow/describe-sync.js'
import { syncNow } from '../../domain/follow/start-sync.js'
import { platformView } from '../../domain/follow/sync.contract.js'
import { Refused } from '../../lib/errors.js'
import { readBody } from '../middleware/read-body.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

const requested = z.object({ requestId: z.uuid() })

/** 企业微信: how it stands with what the platform tells us, and the codes that customers scan. */
export const platformRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'GET',
    path: '/api/admin/platform',
    async handle(ctx) {
      ctx.body = platformView.parse(await describePlatform(deps.db, await deps.clock.now(deps.db)))
    },
  },
  {
    /** 钉钉额度: what of the month was used, and how it will end. */
    method: 'GET',
    path: '/api/admin/budget',
    async handle(ctx) {
      const { dingtalk } = deps.config
      const times = { machineNow: deps.clock.machineNow(), now: await deps.clock.now(deps.db) }
      const budget = dingtalk && (await describeBudget(deps.db, { quota: dingtalk.quota, ...times }))
      ctx.body = budgetPage.parse({ budget })
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
    /** 从企业微信更新: who is there, in which department, under whom. */
    method: 'POST',
    path: '/api/admin/platform/directory',
    async handle(ctx) {
      const { requestId } = readInput(requested, ctx.request.body)
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        await lookNow(work, requestId)
        return {}
      })
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
  {
    method: 'GET',
    path: '/api/contact-ways/:id/picture',
    async handle(ctx) {
      const picture = await readPicture(deps.db, readInput(z.uuid(), ctx.params.id))
      if (!picture) throw new Refused('no-picture', '没有配图', 404)
      ctx.set({ 'cache-control': 'private, max-age=3600', 'content-security-policy': "default-src 'none'; sandbox" })
      ctx.type = picture.type
      ctx.body = Buffer.from(picture.data)
    },
  },
  {
    method: 'POST',
    path: '/api/contact-ways/:id/picture',
    async handle(ctx) {
      const wayId = readInput(z.uuid(), ctx.params.id)
      const { requestId } = readInput(pictureQuery, { ...ctx.query })
      const file = await readBody(ctx.req, MOST_PICTURE_BYTES)
      if (!file) {
        ctx.set('connection', 'close')
        throw new Refused('picture-too-large', '图片超过 2 MB，请换小一点的', 413)
      }
      const data = new Uint8Array(file)
      ctx.body = pictureSet.parse(await write(deps, ctx, requestId, (work) => setPicture(work, ctx.state.actor, { wayId, data })))
    },
  },
  {
    method: 'POST',
    path: '/api/contact-ways/:id/picture/drop',
    async handle(ctx) {
      const { requestId } = readInput(requested, ctx.request.body)
      const wayId = readInput(z.uuid(), ctx.params.id)
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        await dropPicture(work, ctx.state.actor, wayId)
        return {}
      })
    },
  },
]
