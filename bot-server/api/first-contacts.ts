import { z } from 'zod'
import {
  type FirstContactView,
  firstContactList,
  firstContactView,
  joinInput,
  nurtureInput,
  tapInput,
} from '../../domain/first-contact/first-contact.contract.js'
import { joinCustomer } from '../../domain/first-contact/join-customer.js'
import { listFirstContacts } from '../../domain/first-contact/list-first-contacts.js'
import { nurture } from '../../domain/first-contact/nurture.js'
import { refuseProposal } from '../../domain/first-contact/refuse-proposal.js'
import { sayNotCustomer } from '../../domain/first-contact/say-not-customer.js'
import { undoFirstContact } from '../../domain/first-contact/undo-first-contact.js'
import { makeOpportunity } from '../../domain/opportunity/make-opportunity.js'
import { makeInput } from '../../domain/opportunity/opportunity.contract.js'
import type { Actor } from '../../domain/person/actor.js'
import type { Work } from '../../domain/work.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

type Input = { requestId: string }
type Act<I extends Input> = (work: Work, actor: Actor, input: I & { id: string }) => Promise<FirstContactView>

/** 新客户: who waits for a tap, and the taps. */
export const firstContactRoutes = (deps: ApiDeps): Route[] => {
  /** A tap: answered with how it stands now. */
  const tap = <I extends Input>(name: string, shape: Parameters<typeof readInput<I>>[0], act: Act<I>): Route => ({
    method: 'POST',
    path: `/api/first-contacts/:id/${name}`,
    async handle(ctx) {
      const input = readInput(shape, ctx.request.body)
      const id = readInput(z.uuid(), ctx.params.id)
      const { actor } = ctx.state
      ctx.body = await write(deps, ctx, input.requestId, async (work) =>
        firstContactView.parse(await act(work, actor, { ...input, id })),
      )
    },
  })

  return [
    {
      method: 'GET',
      path: '/api/first-contacts',
      async handle(ctx) {
        const after = readInput(z.string().max(200).nullable(), ctx.query.after ?? null)
        const now = await deps.clock.now(deps.db)
        ctx.body = firstContactList.parse(await listFirstContacts(deps.db, ctx.state.actor, { after, now }))
      },
    },
    tap('opportunity', makeInput, (work, actor, { requestId: _, ...make }) => makeOpportunity(work, actor, make)),
    tap('not-customer', tapInput, (work, actor, { id }) => sayNotCustomer(work, actor, { id })),
    tap('join', joinInput, (work, actor, { id, customerId }) => joinCustomer(work, actor, { id, customerId })),
    tap('nurture', nurtureInput, (work, actor, { id, until }) => nurture(work, actor, { id, until })),
    tap('refuse', tapInput, (work, actor, { id }) => refuseProposal(work, actor, { id })),
    tap('undo', tapInput, (work, actor, { id }) => undoFirstContact(work, actor, { id })),
  ]
}
