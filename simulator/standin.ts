import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { describe, type Log } from '../lib/log.js'
import { beginWorld } from './begin.js'
import { createStandinClock } from './clock.js'
import { answerControl } from './control/answer.js'
import type { Deps } from './deps.js'
import { answerDesk } from './desk-files.js'
import { answerClient } from './device/client.js'
import { answerDingtalkClient } from './device/dingtalk-client.js'
import { proxy } from './device/proxy.js'
import { answerDingtalk, isDingtalkPath } from './dingtalk/api.js'
import { beginDingtalk } from './dingtalk/begin.js'
import { OPEN } from './dingtalk/gateway.js'
import { startDingtalk } from './dingtalk/start.js'
import { createDoorbell } from './doorbell.js'
import { createFaults } from './faults.js'
import { placeOf } from './hosts.js'
import { answerPage, pathOf } from './http.js'
import { receiveMail } from './mail/receive.js'
import type { Settings } from './settings.js'
import { answerSms, isSms } from './sms/answer.js'
import { createReceipts } from './sms/receipts.js'
import { openStore } from './store.js'
import { answerApi } from './wecom/api.js'
import { createArchiveNotice } from './wecom/archive-notice.js'
import { createCallbacks } from './wecom/callbacks.js'
import { answerCode } from './wecom/contacts/code-picture.js'
import { answerFinance } from './wecom/finance.js'
import { loadWorld } from './world.js'

export type Standin = { server: Server; close(): Promise<void> }

/** The whole stand-in, listening. `machine` is a clock for tests of expiry. */
export async function startStandin(settings: Settings, log: Log, machine?: () => number): Promise<Standin> {
  const store = await openStore(settings.journal)
  const clock = createStandinClock({ store, databaseUrl: settings.databaseUrl, log, ...(machine ? { machine } : {}) })
  const deps: Deps = { settings, world: await loadWorld(settings.world, settings.dingtalk !== null), store, clock, log }
  await clock.ready
  await beginWorld(deps)
  await beginDingtalk(deps)
  const faults = createFaults()
  const callbacks = createCallbacks(deps)
  const notice = createArchiveNotice(deps, callbacks)
  const doorbell = createDoorbell(store)
  const receipts = createReceipts(deps)
  const dingtalk = startDingtalk(deps, faults)
  const control = { deps, faults, callbacks, notice, receipts, dingtalk }

  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const place = placeOf(settings, deps.world, req.headers.host)
    const path = pathOf(req)
    if ((place.kind === 'platform' || place.kind === 'desk') && path.startsWith('/__standin/'))
      return answerControl(control, doorbell, req, res)
    switch (place.kind) {
      case 'platform':
        if (isSms(req)) return answerSms({ deps, faults, receipts }, req, res)
        if (dingtalk && path === OPEN && req.method === 'POST') return dingtalk.gateway.open(req, res)
        if (dingtalk && isDingtalkPath(path)) return answerDingtalk(deps, faults, dingtalk.limits, req, res)
        // A browser that doesn't resolve *.localhost finds at least the desk's page, which says how to mend it.
        if (req.method === 'GET' && (path === '/' || path.startsWith('/assets/'))) return answerDesk(settings.desk, req, res)
        if (path.startsWith('/__finance/')) return answerFinance(deps, faults, req, res)
        return answerApi(deps, faults, req, res)
      case 'desk':
        if (path.startsWith('/wwqr/')) return answerCode(deps, res, path)
        return answerDesk(settings.desk, req, res)
      case 'client':
        return answerClient({ deps, notice, doorbell }, place.person, req, res)
      case 'dingtalk-client':
        return answerDingtalkClient({ deps, doorbell }, place.person, req, res)
      case 'browser':
        if (path.startsWith('/__')) return answerPage(res, '没有这个页面', '', 404)
        return proxy(settings, null, req, res)
      case 'login':
        return answerPage(res, '请在企业微信客户端打开链接', '这个登录地址只认企业微信里的成员。')
      default:
        return answerPage(res, '这里没有人', `请从 http://desk.${settings.publicUrl.host} 打开演示桌面。`, 404)
    }
  }

  const server = createServer((req, res) => {
    answer(req, res).catch((error) => {
      log.error({ path: pathOf(req), ...describe(error) }, 'the stand-in failed')
      if (res.headersSent) res.destroy()
      else res.writeHead(500).end()
    })
  })
  server.on('upgrade', (req, socket, head) => {
    const place = placeOf(settings, deps.world, req.headers.host)
    if (dingtalk && place.kind === 'platform') dingtalk.gateway.upgrade(req, socket, head)
    else socket.destroy()
  })
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(settings.port, settings.host, resolve))
  const mail = await receiveMail(deps, faults)
  callbacks.resume()
  dingtalk?.pusher.resume()
  receipts.look()

  return {
    server,
    async close() {
      notice.close()
      faults.clear()
      doorbell.close()
      await dingtalk?.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await mail?.close()
      await callbacks.close()
      await receipts.close()
      await clock.close()
      await store.close()
    },
  }
}
