import type { Endpoint } from '../endpoint.js'
import { getBehaviour } from './behaviour.js'
import { addContactWay, deleteContactWay, getContactWay, listContactWays, updateContactWay } from './contact-ways.js'
import { getGroup, listGroups } from './groups.js'
import { batchContacts, getContact, listContacts, listFollowers } from './read.js'
import { remarkContact } from './remark.js'
import { addTags, listTags, markTags } from './tags.js'
import { listUnassigned } from './unassigned.js'
import { sendWelcome } from './welcome.js'

type Run = Endpoint['run']
const asked =
  (run: (deps: Parameters<Run>[0], query: URLSearchParams) => ReturnType<Run>): Run =>
  (deps, { query }) =>
    run(deps, query)
const told =
  (run: (deps: Parameters<Run>[0], body: Record<string, unknown>) => ReturnType<Run>): Run =>
  (deps, { body }) =>
    run(deps, body)

const all: Record<string, Omit<Endpoint, 'contact'>> = {
  get: { run: asked(getContact), empty: { follow_user: [] } },
  list: { run: asked(listContacts), empty: { external_userid: [] } },
  'batch/get_by_user': { run: told(batchContacts), empty: { external_contact_list: [] } },
  get_follow_user_list: { run: listFollowers, empty: { follow_user: [] } },
  remark: { run: told(remarkContact) },
  get_corp_tag_list: { run: told(listTags), empty: { tag_group: [] } },
  add_corp_tag: { run: told(addTags) },
  mark_tag: { run: told(markTags) },
  add_contact_way: { run: told(addContactWay) },
  get_contact_way: { run: told(getContactWay) },
  list_contact_way: { run: told(listContactWays), empty: { contact_way: [] } },
  update_contact_way: { run: told(updateContactWay) },
  del_contact_way: { run: told(deleteContactWay) },
  send_welcome_msg: { run: told(sendWelcome) },
  'groupchat/list': { run: told(listGroups), empty: { group_chat_list: [] } },
  'groupchat/get': { run: told(getGroup) },
  get_user_behavior_data: { run: told(getBehaviour), empty: { behavior_data: [] } },
  get_unassigned_list: { run: told(listUnassigned), empty: { info: [] } },
}

/** `/cgi-bin/externalcontact/*`. */
export const contactEndpoints: Record<string, Endpoint> = Object.fromEntries(
  Object.entries(all).map(([name, endpoint]) => [`/cgi-bin/externalcontact/${name}`, { ...endpoint, contact: true }]),
)
