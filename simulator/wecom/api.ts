import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Deps } from '../deps.js'
import type { Faults } from '../faults.js'
import { answerJson, pathOf, queryOf, readBody } from '../http.js'
import type { Fact } from '../state/state.js'
import { getAgent } from './agent.js'
import { accept, longForm, type Outcome, refuse } from './answer.js'
import { contactEndpoints } from './contacts/endpoints.js'
import { listDepartments, listMemberDetails, listMembers } from './departments.js'
import { listDials } from './dial.js'
import type { Endpoint, Input } from './endpoint.js'
import { checkToken, getToken } from './gettoken.js'
import { LARGEST, uploadMedia } from './media-upload.js'
import { getMember } from './members.js'
import { sendMessage } from './message-send.js'
import { checkRoomAgree, checkSingleAgree, listArchived } from './msgaudit.js'
import { readFile } from './multipart.js'
import { getUserInfo } from './oauth.js'
import { recallMessage } from './recall.js'
import { getTicket, getTypedTicket } from './tickets.js'
import { updateCard } from './update-card.js'
import { getUserDetail } from './user-detail.js'
import { sendToGroup } from './webhook.js'
import { getData, setData, setDataOfMany, setTemplate } from './workbench.js'

/** Everything else is HTTP 404 with an empty body, as on the real host [P]. */
const ENDPOINTS: Record<string, Endpoint> = {
  '/cgi-bin/gettoken': { run: (deps, { query }) => getToken(deps, query), open: true },
  '/cgi-bin/getcallbackip': { run: () => accept({ ip_list: ['127.0.0.1'] }), empty: { ip_list: [] } },
  '/cgi-bin/get_api_domain_ip': { run: () => accept({ ip_list: ['127.0.0.1'] }), empty: { ip_list: [] } },
  '/cgi-bin/message/send': { run: (deps, { body }) => sendMessage(deps, body) },
  '/cgi-bin/message/update_template_card': { run: (deps, { body }) => updateCard(deps, body), empty: { invaliduser: [] } },
  '/cgi-bin/message/recall': { run: (deps, { body }) => recallMessage(deps, body) },
  '/cgi-bin/media/upload': { run: (deps, { query, file }) => uploadMedia(deps, query, file), takesFile: LARGEST },
  '/cgi-bin/auth/getuserinfo': { run: (deps, { query }) => getUserInfo(deps, query) },
  '/cgi-bin/auth/getuserdetail': { run: (deps, { body }) => getUserDetail(deps, body) },
  '/cgi-bin/user/get': { run: (deps, { query }) => getMember(deps, query), empty: { department: [], order: [] } },
  '/cgi-bin/get_jsapi_ticket': { run: (deps) => getTicket(deps, 'corp') },
  '/cgi-bin/ticket/get': { run: (deps, { query }) => getTypedTicket(deps, query) },
  '/cgi-bin/user/simplelist': { run: (deps, { query }) => listMembers(deps, query), empty: { userlist: [] } },
  '/cgi-bin/user/list': { run: (deps, { query }) => listMemberDetails(deps, query), empty: { userlist: [] } },
  '/cgi-bin/department/list': { run: (deps, { query }) => listDepartments(deps, query), empty: { department: [] } },
  '/cgi-bin/agent/get': { run: (deps, { query }) => getAgent(deps, query) },
  '/cgi-bin/agent/set_workbench_template': { run: (deps, { body }) => setTemplate(deps, body) },
  '/cgi-bin/agent/set_workbench_data': { run: (deps, { body }) => setData(deps, body) },
  '/cgi-bin/agent/batch_set_workbench_data': { run: (deps, { body }) => setDataOfMany(deps, body) },
  '/cgi-bin/agent/get_workbench_data': { run: (deps, { body }) => getData(deps, body) },
  '/cgi-bin/webhook/send': { run: (deps, { query, body }) => sendToGroup(deps, query, body), open: true },
  '/cgi-bin/dial/get_dial_record': { run: (deps, { body }) => listDials(deps, body), empty: { record: [] } },
  '/cgi-bin/msgaudit/get_permit_user_list': { run: (deps) => listArchived(deps), empty: { ids: [] }, secret: 'archive' },
  '/cgi-bin/msgaudit/check_single_agree': {
    run: (deps, { body }) => checkSingleAgree(deps, body),
    empty: { agreeinfo: [] },
    secret: 'archive',
  },
  '/cgi-bin/msgaudit/check_room_agree': {
    run: (deps, { body }) => checkRoomAgree(deps, body),
    empty: { agreeinfo: [] },
    secret: 'archive',
  },
  ...contactEndpoints,
}

/** General rules of the host: sheet §1. */
export async function answerApi(deps: Deps, faults: Faults, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const path = pathOf(req)
  const endpoint = ENDPOINTS[path]
  if (!endpoint) return void res.writeHead(404, { 'content-length': 0 }).end()
  const bytes = await readBody(req, endpoint.takesFile)
  const ip = req.socket.remoteAddress ?? '127.0.0.1'
  const trouble = await faults.play(path, req, res, ({ errcode, errmsg }) =>
    answerRefusal(res, endpoint, refuse(errcode, errmsg), ip),
  )
  if (trouble === 'answered') return

  const query = queryOf(req)
  const parsed = endpoint.takesFile ? {} : parse(bytes)
  const file = endpoint.takesFile ? readFile(bytes, req.headers['content-type'] ?? '') : null
  const outcome = decide(deps, endpoint, { query, body: parsed ?? {}, file })
  // What an API was told in broken JSON it reads as nothing, and says so in the errmsg [D 90313].
  if (parsed === null) outcome.errmsg += '. Warning: wrong json format. '
  await deps.store.record(
    ...(outcome.errcode === 0 ? (outcome.facts ?? []) : []),
    describeCall(deps, path, query, parsed, outcome),
  )
  if (trouble === 'cut') return void req.socket.destroy()

  const { errcode, errmsg, fields } = outcome
  if (errcode === 0) return answerJson(res, { errcode, errmsg, ...fields })
  answerRefusal(res, endpoint, outcome, ip)
}

function answerRefusal(res: ServerResponse, endpoint: Endpoint, outcome: Outcome, ip: string): void {
  const { errcode, errmsg, fields } = outcome
  const headers = { 'error-code': String(errcode), 'error-msg': encodeURI(errmsg) }
  answerJson(res, { errcode, errmsg: longForm(outcome, ip), ...endpoint.empty, ...fields }, 200, headers)
}

function decide(deps: Deps, endpoint: Endpoint, input: Input): Outcome {
  if (!endpoint.open) {
    const token = checkToken(deps, input.query)
    if ('errcode' in token) return token
    // The archive's secret opens msgaudit/* and nothing of the application's, and the other way round [D 91774].
    if (token.secret !== (endpoint.secret ?? 'app')) return refuse(48002)
    if (endpoint.contact && !deps.store.state.contacts.callable) return refuse(48002)
  }
  return endpoint.run(deps, input)
}

function parse(bytes: Buffer): Record<string, unknown> | null {
  if (bytes.length === 0) return {}
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function describeCall(deps: Deps, path: string, query: URLSearchParams, body: unknown, outcome: Outcome): Fact {
  const shown = Object.fromEntries([...query].filter(([name]) => !['access_token', 'corpsecret', 'code', 'key'].includes(name)))
  return {
    type: 'call',
    at: deps.clock.machine(),
    path,
    body: body && Object.keys(body).length > 0 ? withoutSecrets(body) : shown,
    errcode: outcome.errcode,
    accepted: outcome.errcode === 0,
    deduplicated: outcome.deduplicated ?? false,
    ...(outcome.dropped?.length ? { dropped: outcome.dropped } : {}),
  }
}

const withoutSecrets = (body: object) => Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'user_ticket'))
