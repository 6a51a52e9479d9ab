import { archiveStanding, clearGapInput } from '../../domain/message/archive.contract.js'
import { clearGap, getArchive } from '../../domain/message/get-archive.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

/** 会话内容存档, for an administrator. */
export const archiveRoutes = (deps: ApiDeps): Route[] => {
  const standing = async () => {
    const archive = deps.config.wecom?.archive ?? null
    return archiveStanding.parse(await getArchive(deps.db, archive && Object.keys(archive.keys)))
  }
  return [
    {
      method: 'GET',
      path: '/api/admin/archive',
      async handle(ctx) {
        ctx.body = await standing()
      },
    },
    {
      method: 'POST',
      path: '/api/admin/archive/clear-gap',
      async handle(ctx) {
        const { requestId, gap } = readInput(clearGapInput, ctx.request.body)
        await write(deps, ctx, requestId, async (work) => {
          await clearGap(work, ctx.state.actor, gap)
          return {}
        })
        ctx.body = await standing()
      },
    },
  ]
}
