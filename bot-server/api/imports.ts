import { z } from 'zod'
import { contactSecrets } from '../../domain/contact/contact-phones.js'
import { chooseColumns, refuseMatch } from '../../domain/import/choose-columns.js'
import { createImport } from '../../domain/import/create-import.js'
import { assertImporter } from '../../domain/import/find-import.js'
import {
  created,
  importList,
  importMatches,
  importRows,
  importView,
  mappingInput,
  matchInput,
  tapInput,
  uploadQuery,
} from '../../domain/import/import.contract.js'
import { listImports } from '../../domain/import/list-imports.js'
import { listMatches } from '../../domain/import/list-matches.js'
import { dropImport, startImport } from '../../domain/import/start-import.js'
import { listImportRows, viewImport } from '../../domain/import/view-import.js'
import { writeFailed } from '../../domain/import/write-failed.js'
import { readListFile, sendWorkbook } from './list-file.js'
import { type ApiContext, type ApiDeps, type Route, readInput, write } from './route.js'

const rowsQuery = z.object({ show: z.enum(['all', 'errors']).default('all'), after: z.coerce.number().int().min(0).default(0) })

/** 客户导入: a list that somebody brings, looked over before anything of it is a customer. Its phones leave masked only. */
export const importRoutes = (deps: ApiDeps): Route[] => {
  const needs = async (ctx: ApiContext) => ({
    id: readInput(z.uuid(), ctx.params.id),
    secrets: contactSecrets(deps.config.dataKey),
    now: await deps.clock.now(deps.db),
  })
  const show = async (ctx: ApiContext) => {
    ctx.body = importView.parse(await viewImport(deps.db, ctx.state.actor, await needs(ctx)))
  }
  return [
    {
      method: 'GET',
      path: '/api/imports',
      async handle(ctx) {
        ctx.body = importList.parse(await listImports(deps.db, ctx.state.actor))
      },
    },
    {
      // The file itself is the body; its name and the request id stand in the query.
      method: 'POST',
      path: '/api/imports',
      async handle(ctx) {
        assertImporter(ctx.state.actor)
        const { requestId, name } = readInput(uploadQuery, { ...ctx.query })
        const brought = { fileName: name, ...(await readListFile(ctx)), secrets: contactSecrets(deps.config.dataKey) }
        ctx.body = created.parse(await write(deps, ctx, requestId, (work) => createImport(work, ctx.state.actor, brought)))
      },
    },
    { method: 'GET', path: '/api/imports/:id', handle: show },
    {
      method: 'GET',
      path: '/api/imports/:id/rows',
      async handle(ctx) {
        const asked = readInput(rowsQuery, { ...ctx.query })
        ctx.body = importRows.parse(await listImportRows(deps.db, ctx.state.actor, { ...(await needs(ctx)), ...asked }))
      },
    },
    {
      method: 'GET',
      path: '/api/imports/:id/matches',
      async handle(ctx) {
        const { after } = readInput(rowsQuery, { ...ctx.query })
        ctx.body = importMatches.parse(await listMatches(deps.db, ctx.state.actor, { ...(await needs(ctx)), after }))
      },
    },
    {
      method: 'POST',
      path: '/api/imports/:id/columns',
      async handle(ctx) {
        const { requestId, ...chosen } = readInput(mappingInput, ctx.request.body)
        const { id, secrets } = await needs(ctx)
        await write(deps, ctx, requestId, async (work) => {
          await chooseColumns(work, ctx.state.actor, { ...chosen, id, secrets })
          return {}
        })
        await show(ctx)
      },
    },
    {
      method: 'POST',
      path: '/api/imports/:id/not-the-same',
      async handle(ctx) {
        const { requestId, rowId } = readInput(matchInput, ctx.request.body)
        const { id } = await needs(ctx)
        await write(deps, ctx, requestId, async (work) => {
          await refuseMatch(work, ctx.state.actor, { id, rowId })
          return {}
        })
        ctx.body = {}
      },
    },
    {
      method: 'POST',
      path: '/api/imports/:id/start',
      async handle(ctx) {
        const { requestId } = readInput(tapInput, ctx.request.body)
        const { id } = await needs(ctx)
        await write(deps, ctx, requestId, async (work) => {
          await startImport(work, ctx.state.actor, id)
          return {}
        })
        await show(ctx)
      },
    },
    {
      method: 'POST',
      path: '/api/imports/:id/drop',
      async handle(ctx) {
        const { requestId } = readInput(tapInput, ctx.request.body)
        const { id } = await needs(ctx)
        await write(deps, ctx, requestId, async (work) => {
          await dropImport(work, ctx.state.actor, id)
          return {}
        })
        ctx.body = {}
      },
    },
    {
      method: 'GET',
      path: '/api/imports/:id/failed.xlsx',
      async handle(ctx) {
        const { id, secrets } = await needs(ctx)
        sendWorkbook(ctx, await writeFailed(deps.db, ctx.state.actor, { id, secrets }))
      },
    },
  ]
}
