import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Deps } from '../deps.js'
import type { Faults } from '../faults.js'
import { answerJson, pathOf, readBody } from '../http.js'
import { readArchive, readMedia } from './archive.js'

/**
 * The line between finance-sdk.mjs and the archive. The real one is not published (U5): this route is ours alone, and
 * nothing but that module may know it.
 */
export async function answerFinance(deps: Deps, faults: Faults, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const body = await readBody(req)
  if ((await faults.play(pathOf(req), req, res)) !== 'none') return
  const { corpid, secret, seq, limit, fileid, from } = JSON.parse(body.toString('utf8')) as Record<string, unknown>
  const { settings } = deps
  if (corpid !== settings.corpId) return answerJson(res, { errcode: 40013, errmsg: 'invalid corpid', chatdata: [] })
  if (!settings.archive || !isSame(String(secret), settings.archive.secret))
    return answerJson(res, { errcode: 40001, errmsg: 'invalid credential', chatdata: [] })
  if (pathOf(req) === '/__finance/mediadata') return answerJson(res, readMedia(deps, String(fileid), Number(from)))
  answerJson(res, readArchive(deps, Number(seq), Number(limit)))
}

function isSame(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
