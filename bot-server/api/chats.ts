import { z } from 'zod'
import { callsBeside } from '../../domain/call/calls-beside.contract.js'
import { findCallsBeside } from '../../domain/call/find-calls-beside.js'
import { contactBeside } from '../../domain/contact/beside.contract.js'
import { contactSecrets } from '../../domain/contact/contact-phones.js'
import { findBeside } from '../../domain/contact/find-beside.js'
import { chatStory } from '../../domain/customer/customer.contract.js'
import { listCustomers } from '../../domain/customer/list-customers.js'
import { assertContact, openChat } from '../../domain/customer/open-chat.js'
import { tellStory } from '../../domain/customer/tell-story.js'
import { askConsent } from '../../domain/message/ask-consent.js'
import { runWork } from '../../domain/work.js'
import { Refused } from '../../lib/errors.js'
import { ringArchive } from '../ring-archive.js'
import { wecomOf } from '../wecom-of.js'
import { meOf } from './me-of.js'
import { recordLook } from './record-look.js'
import { type ApiContext, type ApiDeps, type Route, readInput } from './route.js'

const externalId = z.string().regex(/^[\w@.-]{1,64}$/)

export const chatRoutes = (deps: ApiDeps): Route[] => {
  async function story(ctx: ApiContext, contactId: string) {
    const now = await deps.clock.now(deps.db)
    const hears = await deps.hears()
    const phones = contactSecrets(deps.config.dataKey)
    const { actor } = ctx.state
    const told = chatStory.parse({
      ...(await tellStory(deps.db, actor, { contactId, me: meOf(deps, ctx), hears, now })),
      beside: {
        ...contactBeside.parse(await findBeside(deps.db, actor, { contactId, phones, now })),
        ...callsBeside.parse(await findCallsBeside(deps.db, actor, { contactId, phones, now })),
      },
    })
    if (told.messages.length > 0) await recordLook(deps, ctx, `contact:${contactId}`)
    return told
  }

  return [
    {
      method: 'GET',
      path: '/api/customers',
      async handle(ctx) {
        const query = readInput(z.string().max(64).default(''), ctx.query.query)
        ctx.body = { customers: await listCustomers(deps.db, ctx.state.actor, query.trim()) }
      },
    },
    {
      /** The chat that is open in the client. Opening it also fetches what was said since. */
      method: 'GET',
      path: '/api/chats/by-external/:externalUserId',
      async handle(ctx) {
        const value = readInput(externalId, ctx.params.externalUserId)
        const external = { platform: 'wecom', organisation: wecomOf(deps.config).corpId, kind: 'external', value }
        const { actor, trace } = ctx.state
        const contactId = await runWork(deps, trace, async (work) => {
          const id = await openChat(work, actor, external)
          if (id && deps.config.wecom?.archive) await askConsent(work, { contactId: id, personId: actor.personId })
          return id
        })
        ringArchive(deps)
        if (!contactId) throw new Refused('unknown-contact', '这位联系人目前由其他同事跟进，正在向企业微信核对', 404)
        ctx.body = await story(ctx, contactId)
      },
    },
    {
      method: 'GET',
      path: '/api/chats/:contactId',
      async handle(ctx) {
        ctx.body = await story(ctx, readInput(z.uuid(), ctx.params.contactId))
      },
    },
    {
      method: 'POST',
      path: '/api/chats/:contactId/pull',
      async handle(ctx) {
        await assertContact({ tx: deps.db }, ctx.state.actor, readInput(z.uuid(), ctx.params.contactId))
        ringArchive(deps)
        ctx.status = 202
        ctx.body = {}
      },
    },
  ]
}
