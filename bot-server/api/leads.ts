import { z } from 'zod'
import { leadOf } from '../../domain/opportunity/lead-of.js'
import { sayInvalid, undoInvalid } from '../../domain/opportunity/say-invalid.js'
import { confirmOutside } from '../../domain/outside-quote/confirm-outside.js'
import { findLeadBeside } from '../../domain/outside-quote/find-lead-beside.js'
import { invalidInput, leadBeside, leadTap, leadView, outsideInput } from '../../domain/outside-quote/outside-quote.contract.js'
import { refuseOutside, undoOutside } from '../../domain/outside-quote/undo-outside.js'
import { viewLead } from '../../domain/outside-quote/view-lead.js'
import type { Actor } from '../../domain/person/actor.js'
import type { Work } from '../../domain/work.js'
import { Refused } from '../../lib/errors.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

/** A 商机 as its 72 hours see it, by its own id or by that of its reminder. */
export const leadRoutes = (deps: ApiDeps): Route[] => {
  /** A tap: answered with how the lead stands now. */
  const tap = <I extends { requestId: string }>(
    name: string,
    shape: Parameters<typeof readInput<I>>[0],
    act: (work: Work, actor: Actor, input: I & { id: string }) => Promise<boolean>,
  ): Route => ({
    method: 'POST',
    path: `/api/leads/:id/${name}`,
    async handle(ctx) {
      const input = readInput(shape, ctx.request.body)
      const asked = readInput(z.uuid(), ctx.params.id)
      const { actor } = ctx.state
      ctx.body = await write(deps, ctx, input.requestId, async (work) => {
        const id = await leadOf(work.tx, asked)
        if (!id) throw new Refused('no-such-opportunity', '没有找到这个商机，或者它不归你', 404)
        await act(work, actor, { ...input, id })
        return leadView.parse(await viewLead(work.tx, actor, id))
      })
    },
  })

  return [
    {
      method: 'GET',
      path: '/api/leads/:id',
      async handle(ctx) {
        ctx.body = leadView.parse(await viewLead(deps.db, ctx.state.actor, readInput(z.uuid(), ctx.params.id)))
      },
    },
    {
      method: 'GET',
      path: '/api/chats/:contactId/lead',
      async handle(ctx) {
        const contactId = readInput(z.uuid(), ctx.params.contactId)
        ctx.body = leadBeside.parse(await findLeadBeside(deps.db, ctx.state.actor, contactId))
      },
    },
    tap('outside', outsideInput, (work, actor, { id, messageId, totalFen }) =>
      confirmOutside(work, actor, {
        opportunityId: id,
        messageId,
        totalFen: totalFen === null ? null : BigInt(totalFen),
      }),
    ),
    tap('outside/undo', leadTap, (work, actor, { id }) => undoOutside(work, actor, { opportunityId: id })),
    tap('outside/refuse', refuseInput, (work, actor, { id, messageId }) =>
      refuseOutside(work, actor, { opportunityId: id, messageId }),
    ),
    tap('invalid', invalidInput, (work, actor, { id, why }) => sayInvalid(work, actor, { id, why })),
    tap('invalid/undo', leadTap, (work, actor, { id }) => undoInvalid(work, actor, { id })),
  ]
}

const refuseInput = z.object({ requestId: z.uuid(), messageId: z.uuid() })
