import { z } from 'zod'
import { remarkInput } from '../../domain/contact/beside.contract.js'
import { keepApart } from '../../domain/contact/keep-apart.js'
import { listApart, listDuplicates } from '../../domain/contact/list-duplicates.js'
import {
  apartInput,
  duplicateList,
  mergeDone,
  mergeInput,
  mergePreview,
  undoMergeInput,
} from '../../domain/contact/merge.contract.js'
import { mergeContacts } from '../../domain/contact/merge-contacts.js'
import { previewMerge } from '../../domain/contact/preview-merge.js'
import { undoApart } from '../../domain/contact/undo-apart.js'
import { undoMerge } from '../../domain/contact/undo-merge.js'
import { writeRemark } from '../../domain/customer/write-remark.js'
import { listTags } from '../../domain/follow/list-tags.js'
import { setTags } from '../../domain/follow/set-tags.js'
import { contactTagsAnswer, tagsInput, tagsQuery } from '../../domain/follow/tags.contract.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

/** 联系人: two that may be one, and what the platform's remark could learn. */
export const contactRoutes = (deps: ApiDeps): Route[] => [
  {
    /** What stood on the page when it was tapped, and nothing else. */
    method: 'POST',
    path: '/api/contacts/:id/remark',
    async handle(ctx) {
      const { requestId, ...remark } = readInput(remarkInput, ctx.request.body)
      const contactId = readInput(z.uuid(), ctx.params.id)
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        await writeRemark(work, ctx.state.actor, { contactId, ...remark })
        return {}
      })
    },
  },
  {
    /** The customer's tags as the actor's own WeCom shows them. */
    method: 'GET',
    path: '/api/contacts/:id/tags',
    async handle(ctx) {
      const contactId = readInput(z.uuid(), ctx.params.id)
      const { last } = readInput(tagsQuery, { ...ctx.query })
      ctx.body = contactTagsAnswer.parse({ tags: await listTags(deps.db, ctx.state.actor, { contactId, last }) })
    },
  },
  {
    method: 'POST',
    path: '/api/contacts/:id/tags',
    async handle(ctx) {
      const { requestId, ...change } = readInput(tagsInput, ctx.request.body)
      const contactId = readInput(z.uuid(), ctx.params.id)
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        await setTags(work, ctx.state.actor, { contactId, requestId, ...change })
        return {}
      })
    },
  },
  {
    method: 'GET',
    path: '/api/contacts/:id/merge/:otherId',
    async handle(ctx) {
      const a = readInput(z.uuid(), ctx.params.id)
      const b = readInput(z.uuid(), ctx.params.otherId)
      const winner = readInput(z.uuid().nullable(), ctx.query.winner ?? null)
      ctx.body = mergePreview.parse(await previewMerge(deps.db, ctx.state.actor, { a, b, winner }))
    },
  },
  {
    method: 'POST',
    path: '/api/merges',
    async handle(ctx) {
      const { requestId, ...merge } = readInput(mergeInput, ctx.request.body)
      ctx.body = await write(deps, ctx, requestId, async (work) =>
        mergeDone.parse(await mergeContacts(work, ctx.state.actor, merge)),
      )
    },
  },
  {
    method: 'POST',
    path: '/api/merges/:id/undo',
    async handle(ctx) {
      const { requestId } = readInput(undoMergeInput, ctx.request.body)
      const id = readInput(z.uuid(), ctx.params.id)
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        await undoMerge(work, ctx.state.actor, id)
        return {}
      })
    },
  },
  {
    /** 可能重复: all of them, or those of whom somebody said that they are two. */
    method: 'GET',
    path: '/api/duplicates',
    async handle(ctx) {
      const after = readInput(z.string().max(200).nullable(), ctx.query.after ?? null)
      const list = ctx.query.show === 'apart' ? listApart : listDuplicates
      ctx.body = duplicateList.parse(await list(deps.db, ctx.state.actor, { after }))
    },
  },
  {
    method: 'POST',
    path: '/api/contacts/apart/undo',
    async handle(ctx) {
      const { requestId, ...two } = readInput(apartInput, ctx.request.body)
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        await undoApart(work, ctx.state.actor, two)
        return {}
      })
    },
  },
  {
    /** 不是同一个人: never offered again. */
    method: 'POST',
    path: '/api/contacts/apart',
    async handle(ctx) {
      const { requestId, ...two } = readInput(apartInput, ctx.request.body)
      ctx.body = await write(deps, ctx, requestId, async (work) => {
        await keepApart(work, ctx.state.actor, two)
        return {}
      })
    },
  },
]
