import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { sayInChat, sayInGroup } from '../chat.js'
import type { Deps } from '../deps.js'
import type { Doorbell } from '../doorbell.js'
import { answerJson, pathOf, readBody } from '../http.js'
import type { ArchiveNotice } from '../wecom/archive-notice.js'
import { authorize } from '../wecom/oauth.js'
import type { Person } from '../world.js'
import { invocation, invoke } from './invoke.js'
import { isPicture } from './news.js'
import { proxy } from './proxy.js'
import { USER_AGENT } from './user-agent.js'

type Parts = { deps: Deps; notice: ArchiveNotice; doorbell: Doorbell }

/** One member's WeCom client: the product's pages, with the platform around them. */
export async function answerClient(parts: Parts, person: Person, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const path = pathOf(req)
  if (path === '/connect/oauth2/authorize') return authorize(parts.deps, req, res, person)
  if (path === '/__device/bridge.js') return answerBridge(res)
  if (path === '/__device/invoke') return answerInvoke(parts, person, req, res)
  // The stand-in's own rooms are not the product's, and not a page's to enter.
  if (path.startsWith('/__')) return answerJson(res, { error: 'not on this host' }, 403)
  proxy(parts.deps.settings, USER_AGENT, req, res)
}

async function answerBridge(res: ServerResponse): Promise<void> {
  const script = (await readFile(new URL('bridge.js', import.meta.url), 'utf8')).replace('__USER_AGENT__', USER_AGENT)
  res.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' })
  res.end(script)
}

async function answerInvoke(
  { deps, notice, doorbell }: Parts,
  person: Person,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const parsed = invocation.safeParse(JSON.parse((await readBody(req)).toString('utf8')))
  if (!parsed.success) return answerJson(res, { error: parsed.error.message }, 400)
  const { result, facts = [], say, clipboard, event } = invoke(deps, person, parsed.data)
  if (say?.news && !(await isPicture(say.news.imgUrl)))
    return answerJson(res, { result: { err_msg: `${parsed.data.name}:fail invalid imgUrl` } })
  if (say && 'chatId' in say) await sayInGroup(deps, notice, { ...say, from: person.userid })
  else if (say) await sayInChat(deps, notice, { rep: person.userid, ...say, from: 'rep' })
  if (facts.length > 0) await deps.store.record(...facts)
  if (event) doorbell.ring(event, { userid: person.userid })
  answerJson(res, { result, ...(clipboard === undefined ? {} : { clipboard }) })
}
