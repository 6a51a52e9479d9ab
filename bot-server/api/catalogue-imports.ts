import { z } from 'zod'
import { created, tapInput } from '../../domain/import/import.contract.js'
import { chooseProductColumns } from '../../domain/product-import/choose-product-columns.js'
import { createProductImport } from '../../domain/product-import/create-product-import.js'
import { assertProductImporter } from '../../domain/product-import/find-product-import.js'
import {
  productImportList,
  productImportRows,
  productImportView,
  productMappingInput,
  productUploadQuery,
  what,
} from '../../domain/product-import/product-import.contract.js'
import { dropProductImport, startProductImport } from '../../domain/product-import/start-product-import.js'
import { listProductImportRows, listProductImports, viewProductImport } from '../../domain/product-import/view-product-import.js'
import { writeFailedProducts } from '../../domain/product-import/write-failed-products.js'
import type { Work } from '../../domain/work.js'
import { readListFile, sendWorkbook } from './list-file.js'
import { type ApiContext, type ApiDeps, type Route, readInput, write } from './route.js'

const rowsQuery = z.object({ show: z.enum(['all', 'errors']).default('all'), after: z.coerce.number().int().min(0).default(0) })
const listQuery = z.object({ what: z.optional(what), bookId: z.uuid().optional() })

/** 产品导入 and 价格导入: a list that somebody brings, looked over before anything of it is sold. */
export const catalogueImportRoutes = (deps: ApiDeps): Route[] => {
  const idOf = (ctx: ApiContext) => readInput(z.uuid(), ctx.params.id)
  const show = async (ctx: ApiContext) => {
    ctx.body = productImportView.parse(await viewProductImport(deps.db, ctx.state.actor, idOf(ctx)))
  }
  const tap = async (ctx: ApiContext, act: (work: Work, id: string) => Promise<void>) => {
    const { requestId } = readInput(tapInput, ctx.request.body)
    await write(deps, ctx, requestId, async (work) => {
      await act(work, idOf(ctx))
      return {}
    })
    await show(ctx)
  }
  return [
    {
      method: 'GET',
      path: '/api/catalogue-imports',
      async handle(ctx) {
        const asked = readInput(listQuery, { ...ctx.query })
        ctx.body = productImportList.parse(await listProductImports(deps.db, ctx.state.actor, asked))
      },
    },
    {
      // The file itself is the body; what it is and the request id stand in the query.
      method: 'POST',
      path: '/api/catalogue-imports',
      async handle(ctx) {
        assertProductImporter(ctx.state.actor)
        const { requestId, name, bookId = null } = readInput(productUploadQuery, { ...ctx.query })
        const brought = { fileName: name, ...(await readListFile(ctx)), bookId }
        ctx.body = created.parse(await write(deps, ctx, requestId, (work) => createProductImport(work, ctx.state.actor, brought)))
      },
    },
    { method: 'GET', path: '/api/catalogue-imports/:id', handle: show },
    {
      method: 'GET',
      path: '/api/catalogue-imports/:id/rows',
      async handle(ctx) {
        const asked = { ...readInput(rowsQuery, { ...ctx.query }), id: idOf(ctx) }
        ctx.body = productImportRows.parse(await listProductImportRows(deps.db, ctx.state.actor, asked))
      },
    },
    {
      method: 'POST',
      path: '/api/catalogue-imports/:id/columns',
      async handle(ctx) {
        const { requestId, ...chosen } = readInput(productMappingInput, ctx.request.body)
        await write(deps, ctx, requestId, async (work) => {
          await chooseProductColumns(work, ctx.state.actor, { ...chosen, id: idOf(ctx) })
          return {}
        })
        await show(ctx)
      },
    },
    {
      method: 'POST',
      path: '/api/catalogue-imports/:id/start',
      handle: (ctx) => tap(ctx, (work, id) => startProductImport(work, ctx.state.actor, id)),
    },
    {
      method: 'POST',
      path: '/api/catalogue-imports/:id/drop',
      handle: (ctx) => tap(ctx, (work, id) => dropProductImport(work, ctx.state.actor, id)),
    },
    {
      method: 'GET',
      path: '/api/catalogue-imports/:id/failed.xlsx',
      async handle(ctx) {
        sendWorkbook(ctx, await writeFailedProducts(deps.db, ctx.state.actor, idOf(ctx)))
      },
    },
  ]
}
