import { PassThrough } from 'node:stream'
import { assertContact, assertCustomer } from '../../domain/customer/open-chat.js'
import { getGroup } from '../../domain/group/get-group.js'
import { findHandover } from '../../domain/handover/open-handover.js'
import { getImport } from '../../domain/import/find-import.js'
import { getProductImport } from '../../domain/product-import/find-product-import.js'
import { viewQuote } from '../../domain/quote/view-quote.js'
import { assertReminder } from '../../domain/reminders/view-ladder.js'
import { getAskPage, getChain } from '../../domain/requirement/find-chain.js'
import { Refused } from '../../lib/errors.js'
import { isUuid } from '../../lib/ids.js'
import { watchArchive } from '../ring-archive.js'
import type { ApiContext, ApiDeps, Route } from './route.js'

const BEAT_MS = 20_000
const MOST_SUBJECTS = 20

/** A doorbell over SSE: which subject changed, never what. Only subjects that this actor may see. */
export const liveRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'GET',
    path: '/api/live',
    async handle(ctx) {
      const subjects = String(ctx.query.subjects ?? '')
        .split(',')
        .filter(Boolean)
      if (subjects.length === 0 || subjects.length > MOST_SUBJECTS) throw new Refused('bad-subjects', '没有可以关注的内容')
      for (const subject of subjects) await assertVisible(deps, ctx, subject)

      const stream = new PassThrough()
      const send = (event: string, data: object) => stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
      const besideChat = subjects.some((subject) => /^(chat|group):/.test(subject))
      // Whether the archive can be read at all stands on the page of every chat; by the clock every page counts.
      const heard = [...subjects, 'clock', ...(besideChat ? ['archive'] : [])]
      const stops = heard.map((subject) => deps.live.hear(subject, () => send('changed', { subject })))
      const beat = setInterval(() => stream.write(': beat\n\n'), BEAT_MS)
      const unwatch = besideChat ? watchArchive(deps, deps.clock.machineNow) : () => {}
      const end = () => {
        for (const stop of stops) stop()
        clearInterval(beat)
        unwatch()
        deps.streams.delete(stream)
        stream.end()
      }
      // However the connection ends, also when it already has; a request's own «close» comes as soon as it was read.
      stream.once('close', end)
      deps.streams.add(stream)
      ctx.set({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
      ctx.status = 200
      ctx.body = stream
      send('hello', {})
    },
  },
]

async function assertVisible(deps: ApiDeps, ctx: ApiContext, subject: string): Promise<void> {
  const [, noun, id] =
    /^(chat|requirement|ask|reminder|person|customer|handover|import|group|quote|catalogue-import):(.+)$/.exec(subject) ?? []
  if (!noun || !id || !isUuid(id)) throw new Refused('bad-subjects', '没有可以关注的内容')
  const { actor } = ctx.state
  const now = deps.clock.machineNow()
  if (noun === 'chat') await assertContact({ tx: deps.db }, actor, id)
  if (noun === 'requirement') await getChain(deps.db, actor, id, now)
  if (noun === 'ask') await getAskPage(deps.db, actor, id, now)
  if (noun === 'reminder') await assertReminder(deps.db, actor, id)
  if (noun === 'handover') await findHandover(deps.db, actor, id)
  if (noun === 'import') await getImport(deps.db, actor, id)
  if (noun === 'quote') await viewQuote(deps.db, actor, id)
  if (noun === 'catalogue-import') await getProductImport(deps.db, actor, id)
  if (noun === 'group') await getGroup(deps.db, actor, { id })
  if (noun === 'customer') await assertCustomer(deps.db, actor, id)
  // What waits for somebody rings for themselves only.
  if (noun === 'person' && id !== actor.personId) throw new Refused('bad-subjects', '没有可以关注的内容')
}
