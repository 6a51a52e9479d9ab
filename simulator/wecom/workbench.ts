import { z } from 'zod'
import type { Deps } from '../deps.js'
import { isInRange } from '../state/members.js'
import { keydataOf, type Shown } from '../state/workbench.js'
import { findPerson } from '../world.js'
import { checkAgent } from './agent.js'
import { accept, type Outcome, refuse } from './answer.js'

const PER_MINUTE = 10
const TYPES = ['keydata', 'image', 'list', 'webview', 'normal']
const keydata = z.object({
  items: z
    .array(z.object({ key: z.string().max(64), data: z.string().max(64), jump_url: z.string().default('') }))
    .min(1)
    .max(4),
})

type Body = Record<string, unknown>

/** `POST agent/set_workbench_template` [D 92535]: how the application shows itself, with data for whoever has none. */
export function setTemplate(deps: Deps, body: Body): Outcome {
  const agent = checkAgent(deps, body.agentid)
  if (agent) return agent
  const template = readShown(body)
  if ('errcode' in template) return template
  return accept({}, [{ type: 'workbench-template', template, forgetMembers: body.replace_user_data === true }])
}

/** `POST agent/set_workbench_data`: one member, ten times a minute. */
export function setData(deps: Deps, body: Body): Outcome {
  const agent = checkAgent(deps, body.agentid)
  if (agent) return agent
  const data = readShown(body)
  if ('errcode' in data) return data
  const person = findPerson(deps.world, String(body.userid ?? ''))
  if (!person || !isInRange(deps.store.state.members, person)) return refuse(person ? 60011 : 60111)
  const now = deps.clock.machine()
  const lately = (deps.store.state.workbench.calls.get(person.userid) ?? []).filter((t) => t > now - 60_000)
  if (lately.length >= PER_MINUTE) return refuse(45009)
  return keep(deps, [person.userid], data)
}

/** `POST agent/batch_set_workbench_data`: the same data for up to a thousand members, wrapped in `data`. */
export function setDataOfMany(deps: Deps, body: Body): Outcome {
  const agent = checkAgent(deps, body.agentid)
  if (agent) return agent
  const wanted = Array.isArray(body.userid_list) ? body.userid_list.map(String) : []
  if (wanted.length === 0 || wanted.length > 1_000) return refuse(40058, 'userid_list not 1 to 1000')
  const data = readShown((typeof body.data === 'object' && body.data !== null ? body.data : {}) as Body)
  if ('errcode' in data) return data
  const people = wanted.map((userid) => findPerson(deps.world, userid))
  if (people.some((p) => !p)) return refuse(60111)
  const known = people.filter((p) => p !== undefined)
  if (known.some((p) => !isInRange(deps.store.state.members, p))) return refuse(60011)
  return keep(
    deps,
    known.map((p) => p.userid),
    data,
  )
}

/** `POST agent/get_workbench_data`. */
export function getData(deps: Deps, body: Body): Outcome {
  const agent = checkAgent(deps, body.agentid)
  if (agent) return agent
  const person = findPerson(deps.world, String(body.userid ?? ''))
  if (!person) return refuse(60111)
  return accept({ type: 'keydata', keydata: { items: keydataOf(deps.store.state.workbench, person.userid) } })
}

function keep(deps: Deps, userids: string[], data: Shown): Outcome {
  // What a member is shown must be of the kind that the template set.
  if (deps.store.state.workbench.template?.type !== data.type) return refuse(40058, 'type differs from the template')
  return accept({}, [{ type: 'workbench-data', userids, data, at: deps.clock.business(), machineAt: deps.clock.machine() }])
}

function readShown(body: Body): Shown | Outcome {
  const type = String(body.type ?? '')
  if (!TYPES.includes(type)) return refuse(40058, 'invalid type')
  if (type !== 'keydata') return { type, items: [], body: body[type] ?? null }
  const parsed = keydata.safeParse(body.keydata ?? { items: [{ key: '', data: '' }] })
  return parsed.success ? { type, items: parsed.data.items, body: null } : refuse(40058, 'invalid keydata')
}
