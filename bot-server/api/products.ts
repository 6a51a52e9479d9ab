import { z } from 'zod'
import { getPicture } from '../../domain/product/get-picture.js'
import { listParams } from '../../domain/product/list-params.js'
import { listProducts } from '../../domain/product/list-products.js'
import {
  createInput,
  editInput,
  paramLibrary,
  pictureQuery,
  picturesInput,
  productHits,
  productList,
  productView,
  stopInput,
} from '../../domain/product/product.contract.js'
import { searchProducts } from '../../domain/product/search-products.js'
import { getProduct } from '../../domain/product/view-product.js'
import { addPicture, MOST_PICTURE_BYTES, MOST_SMALL_BYTES, setPictures } from '../../domain/product/write-pictures.js'
import { createProduct, editProduct, stopProduct } from '../../domain/product/write-product.js'
import type { Work } from '../../domain/work.js'
import { Refused } from '../../lib/errors.js'
import { readBody } from '../middleware/read-body.js'
import { type ApiContext, type ApiDeps, type Route, readInput, write } from './route.js'

const HITS = 20
const query = z.string().trim().max(80).default('')
const listQuery = z.object({
  query,
  from: z.coerce.number().int().min(0).max(100_000).default(0),
  stopped: z.enum(['0', '1']).default('0'),
  line: z.string().max(30).optional(),
})
const pictureSize = z.object({ size: z.enum(['whole', 'small']).default('whole') })

/** 产品: everybody looks, and finds; who answers for them writes. A write answers with the product as it stands then. */
export const productRoutes = (deps: ApiDeps): Route[] => {
  const idOf = (ctx: ApiContext) => readInput(z.uuid(), ctx.params.id)
  const show = async (ctx: ApiContext, id: string) => {
    ctx.body = productView.parse(await getProduct(deps.db, ctx.state.actor, id))
  }
  const writeTo = async (ctx: ApiContext, requestId: string, act: (work: Work, id: string) => Promise<unknown>) => {
    const id = idOf(ctx)
    await write(deps, ctx, requestId, async (work) => {
      await act(work, id)
      return {}
    })
    await show(ctx, id)
  }
  return [
    {
      method: 'GET',
      path: '/api/products',
      async handle(ctx) {
        const { stopped, line = null, ...asked } = readInput(listQuery, { ...ctx.query })
        ctx.body = productList.parse(await listProducts(deps.db, ctx.state.actor, { ...asked, line, stopped: stopped === '1' }))
      },
    },
    {
      method: 'GET',
      path: '/api/products/search',
      async handle(ctx) {
        const asked = readInput(z.object({ query }), { ...ctx.query })
        ctx.body = productHits.parse({ products: await searchProducts(deps.db, { ...asked, take: HITS }) })
      },
    },
    {
      method: 'GET',
      path: '/api/products/params',
      async handle(ctx) {
        const { line = null } = readInput(z.object({ line: z.string().max(30).optional() }), { ...ctx.query })
        ctx.body = paramLibrary.parse(await listParams(deps.db, line))
      },
    },
    {
      method: 'GET',
      path: '/api/products/:id',
      handle: (ctx) => show(ctx, idOf(ctx)),
    },
    {
      method: 'POST',
      path: '/api/products',
      async handle(ctx) {
        const { requestId, ...input } = readInput(createInput, ctx.request.body)
        const { id } = await write(deps, ctx, requestId, (work) => createProduct(work, ctx.state.actor, input))
        await show(ctx, id)
      },
    },
    {
      method: 'POST',
      path: '/api/products/:id',
      async handle(ctx) {
        const { requestId, ...input } = readInput(editInput, ctx.request.body)
        await writeTo(ctx, requestId, (work, id) => editProduct(work, ctx.state.actor, { ...input, id }))
      },
    },
    {
      method: 'POST',
      path: '/api/products/:id/stop',
      async handle(ctx) {
        const { requestId, ...said } = readInput(stopInput, ctx.request.body)
        await writeTo(ctx, requestId, (work, id) => stopProduct(work, ctx.state.actor, { ...said, id }))
      },
    },
    {
      // The body is the picture and, behind it, its small version: one upload, both or none.
      method: 'POST',
      path: '/api/products/:id/pictures',
      async handle(ctx) {
        const { requestId, small } = readInput(pictureQuery, { ...ctx.query })
        const file = await readBody(ctx.req, MOST_PICTURE_BYTES + MOST_SMALL_BYTES)
        if (!file) {
          ctx.set('connection', 'close')
          throw new Refused('picture-too-large', '图片超过 2 MB，请换小一点的', 413)
        }
        const whole = Math.max(0, file.length - small)
        const pair = { data: new Uint8Array(file.subarray(0, whole)), small: new Uint8Array(file.subarray(whole)) }
        await writeTo(ctx, requestId, (work, productId) => addPicture(work, ctx.state.actor, { productId, ...pair }))
      },
    },
    {
      method: 'POST',
      path: '/api/products/:id/pictures/order',
      async handle(ctx) {
        const { requestId, pictureIds } = readInput(picturesInput, ctx.request.body)
        await writeTo(ctx, requestId, (work, productId) => setPictures(work, ctx.state.actor, { productId, pictureIds }))
      },
    },
    {
      // A picture never changes: another one has another id.
      method: 'GET',
      path: '/api/products/pictures/:id',
      async handle(ctx) {
        const { size } = readInput(pictureSize, { ...ctx.query })
        const picture = await getPicture(deps.db, readInput(z.uuid(), ctx.params.id), size)
        if (!picture) throw new Refused('no-picture', '没有这张图片', 404)
        ctx.set({
          'cache-control': 'private, max-age=31536000, immutable',
          'content-security-policy': "default-src 'none'; sandbox",
        })
        ctx.type = picture.type
        ctx.body = Buffer.from(picture.data)
      },
    },
  ]
}
