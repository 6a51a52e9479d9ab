import { z } from 'zod'
import { askForMedia } from '../../domain/message/ask-for-media.js'
import { askInput, mediaView } from '../../domain/message/media.contract.js'
import { getMedia } from '../../domain/message/view-media.js'
import { pictureType } from '../../lib/picture-type.js'
import { recordLook } from './record-look.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

const endings: Record<string, string> = { voice: 'amr', video: 'mp4', image: 'jpg' }

/** Pictures, voices and files of a chat: fetched out of the archive when somebody taps them. */
export const mediaRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'POST',
    path: '/api/media/:id/ask',
    async handle(ctx) {
      const { requestId } = readInput(askInput, ctx.request.body)
      const id = readInput(z.uuid(), ctx.params.id)
      ctx.body = await write(deps, ctx, requestId, async (work) => mediaView.parse(await askForMedia(work, ctx.state.actor, id)))
    },
  },
  {
    method: 'GET',
    path: '/api/media/:id/file',
    async handle(ctx) {
      const id = readInput(z.uuid(), ctx.params.id)
      const { data, name, kind, saidIn } = await getMedia(deps.db, ctx.state.actor, id)
      await recordLook(deps, ctx, saidIn)
      // Only pictures are shown by the browser itself: anything else might be a page that runs as one of ours.
      const picture = pictureType(data)
      ctx.attachment(name ?? `${kind}.${endings[kind] ?? 'bin'}`, { type: picture ? 'inline' : 'attachment' })
      ctx.set({ 'cache-control': 'private, max-age=3600', 'content-security-policy': "default-src 'none'; sandbox" })
      ctx.type = picture ?? 'application/octet-stream'
      ctx.body = Buffer.from(data)
    },
  },
]
