import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Deps } from '../deps.js'
import type { Doorbell } from '../doorbell.js'
import { answerJson, pathOf, readBody } from '../http.js'
import type { Person } from '../world.js'
import { DINGTALK_AGENT } from './dingtalk-agent.js'
import { dingtalkCall, invokeDingtalk } from './dingtalk-invoke.js'
import { proxy } from './proxy.js'

type Parts = { deps: Deps; doorbell: Doorbell }

/** One member's DingTalk on a phone: the product's pages, with the platform around them. */
export async function answerDingtalkClient(
  parts: Parts,
  person: Person,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const path = pathOf(req)
  if (path === '/__device/bridge.js') return answerBridge(res)
  if (path === '/__device/invoke') return answerInvoke(parts, person, req, res)
  if (path.startsWith('/__')) return answerJson(res, { error: 'not on this host' }, 403)
  proxy(parts.deps.settings, DINGTALK_AGENT, req, res)
}

async function answerBridge(res: ServerResponse): Promise<void> {
  const script = await readFile(new URL('dingtalk-bridge.js', import.meta.url), 'utf8')
  res.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' })
  res.end(script.replace('__USER_AGENT__', DINGTALK_AGENT))
}

async function answerInvoke({ deps, doorbell }: Parts, person: Person, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const parsed = dingtalkCall.safeParse(JSON.parse((await readBody(req)).toString('utf8')))
  if (!parsed.success) return answerJson(res, { error: parsed.error.message }, 400)
  const { answer, facts = [], event } = invokeDingtalk(deps, person, parsed.data)
  if (facts.length > 0) await deps.store.record(...facts)
  if (event) doorbell.ring(event.type, event.about)
  answerJson(res, answer)
}
