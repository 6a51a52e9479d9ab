import type { Deps } from '../deps.js'
import { giveOld, type Outcome } from './answer.js'
import { createAndDeliver, createCard, deliverCard, registerRoute, updateCard } from './cards.js'
import { batchQuery, createCustomer, deleteCustomer, getMeta, queryCustomers, updateCustomer } from './crm.js'
import { recallDing, sendDing } from './ding.js'
import type { Body, Endpoint, Endpoints } from './endpoint.js'
import { createContact, deleteContact, getContact, listContacts, listLabels, updateContact } from './ext-contacts.js'
import { listFailedPushes } from './failed-pushes.js'
import { getUserInfo } from './login.js'
import { getSendProgress, getSendResult, recallNotice, sendNotice } from './notices.js'
import { groupReadStatus, readStatus, recall } from './robot-read.js'
import { sendOneToOne, sendToGroup } from './robot-send.js'
import { sendBySession } from './session.js'
import { legacyTicket, newTicket } from './tickets.js'
import { createTodo, deleteTodo, getTodo, getTodoBySource, setExecutorStatus, updateTodo } from './todos.js'
import { tokenEndpoints } from './tokens.js'
import { getByMobile, getByUnionid, getDepartment, getUser, listIds, listSubDepartments, listUsers } from './users.js'

const ROBOT = 'qyapi_robot_sendmsg'
const CARDS = 'Card.Instance.Write'
const MEMBERS = 'qyapi_get_member'
const DEPARTMENTS = 'qyapi_get_department_list'
const READ_TASKS = 'Todo.Todo.Read'
const WRITE_TASKS = 'Todo.Todo.Write'
const EXT_READ = 'qyapi_ext_contact_read'
const EXT_WRITE = 'qyapi_ext_contact_write'
const CRM_READ = 'qyapi_crm_maindata_read'
const CRM_WRITE = 'qyapi_crm_maindata_write'

/** An endpoint that looks at the body alone. */
const ofBody =
  (run: (deps: Deps, body: Body) => Outcome): Endpoint['run'] =>
  (deps, { body }) =>
    run(deps, body)

const readFailed: Endpoint['run'] = (deps) => {
  const { fields, facts } = listFailedPushes(deps)
  return giveOld(fields, facts)
}

/** Everything else is unknown to either host. */
export const ENDPOINTS: Endpoints = {
  ...tokenEndpoints,
  'POST /v1.0/robot/oToMessages/batchSend': { run: ofBody(sendOneToOne), scope: ROBOT },
  'POST /v1.0/robot/groupMessages/send': { run: ofBody(sendToGroup), scope: ROBOT },
  'GET /v1.0/robot/oToMessages/readStatus': { run: readStatus, scope: ROBOT },
  'POST /v1.0/robot/groupMessages/query': { run: groupReadStatus, scope: ROBOT },
  'POST /v1.0/robot/otoMessages/batchRecall': { run: (deps, { body }) => recall(deps, body, 'oto'), scope: ROBOT },
  'POST /v1.0/robot/groupMessages/recall': { run: (deps, { body }) => recall(deps, body, 'group'), scope: ROBOT },
  /** A webhook: no token, and not among what is counted. */
  'POST /robot/sendBySession': { run: sendBySession, open: true, free: true },
  /** Not on the list of what is free. */
  'GET /call_back/get_call_back_failed_result': { run: readFailed },
  'POST /v1.0/card/instances': { run: ofBody(createCard), scope: CARDS },
  'POST /v1.0/card/instances/deliver': { run: ofBody(deliverCard), scope: CARDS },
  'POST /v1.0/card/instances/createAndDeliver': { run: ofBody(createAndDeliver), scope: CARDS },
  'PUT /v1.0/card/instances': { run: ofBody(updateCard), scope: CARDS },
  'POST /v1.0/card/callbacks/register': { run: ofBody(registerRoute), scope: CARDS },
  'POST /topapi/message/corpconversation/asyncsend_v2': { run: ofBody(sendNotice) },
  'POST /topapi/message/corpconversation/getsendresult': { run: ofBody(getSendResult) },
  'POST /topapi/message/corpconversation/getsendprogress': { run: ofBody(getSendProgress) },
  'POST /topapi/message/corpconversation/recall': { run: ofBody(recallNotice) },
  'POST /v1.0/todo/users/{unionId}/tasks': { run: createTodo, scope: WRITE_TASKS },
  'GET /v1.0/todo/users/{unionId}/tasks/sources/{sourceId}': { run: getTodoBySource, scope: READ_TASKS },
  'GET /v1.0/todo/users/{unionId}/tasks/{taskId}': { run: getTodo, scope: READ_TASKS },
  'PUT /v1.0/todo/users/{unionId}/tasks/{taskId}': { run: updateTodo, scope: WRITE_TASKS },
  'PUT /v1.0/todo/users/{unionId}/tasks/{taskId}/executorStatus': { run: setExecutorStatus, scope: WRITE_TASKS },
  'DELETE /v1.0/todo/users/{unionId}/tasks/{taskId}': { run: deleteTodo, scope: WRITE_TASKS },
  'POST /v1.0/robot/ding/send': { run: ofBody(sendDing), scope: ROBOT },
  'POST /v1.0/robot/ding/recall': { run: ofBody(recallDing), scope: ROBOT },
  /** Contacts and login are free of charge. */
  'POST /topapi/v2/user/getuserinfo': { run: ofBody(getUserInfo), free: true },
  'POST /topapi/v2/user/get': { run: ofBody(getUser), scope: MEMBERS, free: true },
  'POST /topapi/user/getbyunionid': { run: ofBody(getByUnionid), scope: MEMBERS, free: true },
  'POST /topapi/v2/user/getbymobile': { run: ofBody(getByMobile), scope: MEMBERS, free: true },
  'POST /topapi/user/listid': { run: ofBody(listIds), scope: MEMBERS, free: true },
  'POST /topapi/v2/user/list': { run: ofBody(listUsers), scope: MEMBERS, free: true },
  'POST /topapi/v2/department/listsub': { run: ofBody(listSubDepartments), scope: DEPARTMENTS, free: true },
  'POST /topapi/v2/department/get': { run: ofBody(getDepartment), scope: DEPARTMENTS, free: true },
  'POST /v1.0/oauth2/jsapiTickets': { run: newTicket, free: true },
  'GET /get_jsapi_ticket': { run: legacyTicket, free: true },
  'POST /topapi/extcontact/listlabelgroups': { run: ofBody(listLabels), scope: EXT_READ, free: true },
  'POST /topapi/extcontact/list': { run: ofBody(listContacts), scope: EXT_READ, free: true },
  'POST /topapi/extcontact/get': { run: ofBody(getContact), scope: EXT_READ, free: true },
  'POST /topapi/extcontact/create': { run: ofBody(createContact), scope: EXT_WRITE, free: true },
  'POST /topapi/extcontact/update': { run: ofBody(updateContact), scope: EXT_WRITE, free: true },
  'POST /topapi/extcontact/delete': { run: ofBody(deleteContact), scope: EXT_WRITE, free: true },
  'GET /v1.0/crm/personalCustomers/objectMeta': { run: getMeta, scope: CRM_READ },
  'GET /v1.0/crm/personalCustomers': { run: queryCustomers, scope: CRM_READ },
  'POST /v1.0/crm/personalCustomers/batchQuery': { run: batchQuery, scope: CRM_READ },
  'POST /v1.0/crm/personalCustomers': { run: createCustomer, scope: CRM_WRITE },
  'PUT /v1.0/crm/personalCustomers': { run: updateCustomer, scope: CRM_WRITE },
  'DELETE /v1.0/crm/personalCustomers/{dataId}': { run: deleteCustomer, scope: CRM_WRITE },
}
