import { z } from 'zod'
import {
  bookList,
  bookPage,
  bookPriceView,
  bookView,
  createBookInput,
  dropPriceInput,
  editBookInput,
  setPriceInput,
  stopBookInput,
} from '../../domain/price/price.contract.js'
import { getBook, getBookPage, getBookPrice, listBooks } from '../../domain/price/view-book.js'
import { createBook, editBook, stopBook } from '../../domain/price/write-book.js'
import { dropBookPrice, setBookPrice } from '../../domain/price/write-price.js'
import { type ApiContext, type ApiDeps, type Route, readInput, write } from './route.js'

const pageQuery = z.object({
  from: z.coerce.number().int().min(0).max(100_000).default(0),
  query: z.string().trim().max(80).default(''),
})

/** 价格表: who sells reads them, without the least margins; who answers for prices writes them. */
export const priceBookRoutes = (deps: ApiDeps): Route[] => {
  const { db, clock } = deps
  const idOf = (ctx: ApiContext) => readInput(z.uuid(), ctx.params.id)
  const show = async (ctx: ApiContext, id: string) => {
    ctx.body = bookView.parse(await getBook(db, ctx.state.actor, { id, now: await clock.now(db) }))
  }
  return [
    {
      method: 'GET',
      path: '/api/price-books',
      async handle(ctx) {
        ctx.body = bookList.parse(await listBooks(db, ctx.state.actor, await clock.now(db)))
      },
    },
    {
      method: 'POST',
      path: '/api/price-books',
      async handle(ctx) {
        const { requestId, ...input } = readInput(createBookInput, ctx.request.body)
        await show(ctx, await write(deps, ctx, requestId, (work) => createBook(work, ctx.state.actor, input)))
      },
    },
    {
      method: 'GET',
      path: '/api/price-books/:id',
      async handle(ctx) {
        const asked = { id: idOf(ctx), ...readInput(pageQuery, { ...ctx.query }), now: await clock.now(db) }
        ctx.body = bookPage.parse(await getBookPage(db, ctx.state.actor, asked))
      },
    },
    {
      method: 'POST',
      path: '/api/price-books/:id',
      async handle(ctx) {
        const { requestId, version, ...input } = readInput(editBookInput, ctx.request.body)
        const id = idOf(ctx)
        await write(deps, ctx, requestId, (work) => editBook(work, ctx.state.actor, { id, version, input }).then(() => ({})))
        await show(ctx, id)
      },
    },
    {
      method: 'POST',
      path: '/api/price-books/:id/stop',
      async handle(ctx) {
        const { requestId, ...stop } = readInput(stopBookInput, ctx.request.body)
        const id = idOf(ctx)
        await write(deps, ctx, requestId, (work) => stopBook(work, ctx.state.actor, { id, ...stop }).then(() => ({})))
        await show(ctx, id)
      },
    },
    {
      method: 'POST',
      path: '/api/price-books/:id/prices',
      async handle(ctx) {
        const { requestId, ...input } = readInput(setPriceInput, ctx.request.body)
        const id = idOf(ctx)
        ctx.body = await write(deps, ctx, requestId, async (work) => {
          await setBookPrice(work, ctx.state.actor, id, input)
          return bookPriceView.parse(await getBookPrice(work.tx, ctx.state.actor, { bookId: id, productId: input.productId }))
        })
      },
    },
    {
      method: 'POST',
      path: '/api/price-books/:id/prices/drop',
      async handle(ctx) {
        const { requestId, productId } = readInput(dropPriceInput, ctx.request.body)
        const bookId = idOf(ctx)
        await write(deps, ctx, requestId, (work) => dropBookPrice(work, ctx.state.actor, { bookId, productId }).then(() => ({})))
        ctx.body = {}
      },
    },
  ]
}
