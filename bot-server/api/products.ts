import { z } from 'zod'
import { getPicture } from '../../domain/product/get-picture.js'
import { listProducts } from '../../domain/product/list-products.js'
import { productHits, productList, productView } from '../../domain/product/product.contract.js'
import { searchProducts } from '../../domain/product/search-products.js'
import { getProduct } from '../../domain/product/view-product.js'
import { Refused } from '../../lib/errors.js'
import { type ApiDeps, type Route, readInput } from './route.js'

const HITS = 20
const query = z.string().trim().max(80).default('')
const listQuery = z.object({
  query,
  from: z.coerce.number().int().min(0).max(100_000).default(0),
  stopped: z.enum(['0', '1']).default('0'),
  line: z.string().max(30).optional(),
})
const pictureSize = z.object({ size: z.enum(['whole', 'small']).default('whole') })

/** 产品: everybody looks, and finds; who answers for them writes. */
export const productRoutes = (deps: ApiDeps): Route[] => [
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
    path: '/api/products/:id',
    async handle(ctx) {
      ctx.body = productView.parse(await getProduct(deps.db, ctx.state.actor, readInput(z.uuid(), ctx.params.id)))
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
