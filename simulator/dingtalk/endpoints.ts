import { giveOld } from './answer.js'
import { createAndDeliver, createCard, deliverCard, registerRoute, updateCard } from './cards.js'
import type { Endpoint, Endpoints } from './endpoint.js'
import { listFailedPushes } from './failed-pushes.js'
import { groupReadStatus, readStatus, recall } from './robot-read.js'
import { sendOneToOne, sendToGroup } from './robot-send.js'
import { sendBySession } from './session.js'
import { tokenEndpoints } from './tokens.js'

const ROBOT = 'qyapi_robot_sendmsg'
const CARDS = 'Card.Instance.Write'

const readFailed: Endpoint['run'] = (deps) => {
  const { fields, facts } = listFailedPushes(deps)
  return giveOld(fields, facts)
}

/** Everything else is unknown to either host. */
export const ENDPOINTS: Endpoints = {
  ...tokenEndpoints,
  'POST /v1.0/robot/oToMessages/batchSend': { run: (deps, { body }) => sendOneToOne(deps, body), scope: ROBOT },
  'POST /v1.0/robot/groupMessages/send': { run: (deps, { body }) => sendToGroup(deps, body), scope: ROBOT },
  'GET /v1.0/robot/oToMessages/readStatus': { run: readStatus, scope: ROBOT },
  'POST /v1.0/robot/groupMessages/query': { run: groupReadStatus, scope: ROBOT },
  'POST /v1.0/robot/otoMessages/batchRecall': { run: (deps, { body }) => recall(deps, body, 'oto'), scope: ROBOT },
  'POST /v1.0/robot/groupMessages/recall': { run: (deps, { body }) => recall(deps, body, 'group'), scope: ROBOT },
  /** A webhook: no token, and not among what is counted. */
  'POST /robot/sendBySession': { run: sendBySession, open: true, free: true },
  'GET /call_back/get_call_back_failed_result': { run: readFailed, free: true },
  'POST /v1.0/card/instances': { run: (deps, { body }) => createCard(deps, body), scope: CARDS },
  'POST /v1.0/card/instances/deliver': { run: (deps, { body }) => deliverCard(deps, body), scope: CARDS },
  'POST /v1.0/card/instances/createAndDeliver': { run: (deps, { body }) => createAndDeliver(deps, body), scope: CARDS },
  'PUT /v1.0/card/instances': { run: (deps, { body }) => updateCard(deps, body), scope: CARDS },
  'POST /v1.0/card/callbacks/register': { run: (deps, { body }) => registerRoute(deps, body), scope: CARDS },
}
