import { z } from 'zod'
import { chatStory } from '../../domain/customer/customer.contract.js'
import { joinInput, tapInput } from '../../domain/first-contact/first-contact.contract.js'
import { getGroup } from '../../domain/group/get-group.js'
import { groupView } from '../../domain/group/group.contract.js'
import { openGroup } from '../../domain/group/open-group.js'
import { tellGroupStory } from '../../domain/group/tell-group-story.js'
import { tieGroup, untieGroup } from '../../domain/group/tie-group.js'
import { mediaBeside } from '../../domain/message/media.contract.js'
import { listMedia } from '../../domain/message/view-media.js'
import { runWork } from '../../domain/work.js'
import { Refused } from '../../lib/errors.js'
import { wecomOf } from '../wecom-of.js'
import { meOf } from './me-of.js'
import { recordLook } from './record-look.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

const chatId = z.string().regex(/^[\w@.-]{1,64}$/)

/** 客户群: which customer it is about, and what was said in it. */
export const groupRoutes = (deps: ApiDeps): Route[] => [
  {
    /** The group that is open in the client. */
    method: 'GET',
    path: '/api/groups/by-chat/:chatId',
    async handle(ctx) {
      const known = { platform: 'wecom', organisation: wecomOf(deps.config).corpId, chatId: readInput(chatId, ctx.params.chatId) }
      const { actor } = ctx.state
      const { id, visible } = await runWork(deps, ctx.state.trace, (work) => openGroup(work, actor, known))
      deps.bells.ring('archive')
      if (!visible) throw new Refused('unknown-group', '正在向企业微信核对你在不在这个群，过几秒再打开', 404)
      ctx.body = groupView.parse(await getGroup(deps.db, actor, { id }))
    },
  },
  {
    method: 'GET',
    path: '/api/groups/:id/story',
    async handle(ctx) {
      const groupId = readInput(z.uuid(), ctx.params.id)
      const [now, hears] = await Promise.all([deps.clock.now(deps.db), deps.hears()])
      const { actor } = ctx.state
      const told = chatStory.parse({
        ...(await tellGroupStory(deps.db, actor, { groupId, me: meOf(deps, ctx), hears, now })),
        beside: mediaBeside.parse({ media: await listMedia(deps.db, actor, { groupId }) }),
      })
      if (told.messages.length > 0) await recordLook(deps, ctx, `group:${groupId}`)
      ctx.body = told
    },
  },
  {
    method: 'POST',
    path: '/api/groups/:id/tie',
    async handle(ctx) {
      const { requestId, customerId } = readInput(joinInput, ctx.request.body)
      const id = readInput(z.uuid(), ctx.params.id)
      const { actor } = ctx.state
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        await tieGroup(work, actor, { id, customerId })
        return groupView.parse(await getGroup(work.tx, actor, { id }))
      })
    },
  },
  {
    method: 'POST',
    path: '/api/groups/:id/untie',
    async handle(ctx) {
      const { requestId } = readInput(tapInput, ctx.request.body)
      const id = readInput(z.uuid(), ctx.params.id)
      const { actor } = ctx.state
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        await untieGroup(work, actor, id)
        return groupView.parse(await getGroup(work.tx, actor, { id }))
      })
    },
  },
]
