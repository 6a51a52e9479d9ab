import type { Deps } from '../deps.js'
import { isInRange } from '../state/members.js'
import { accept, type Outcome, refuse } from './answer.js'

/** The application that a body names must be the one whose token was used. Null when it is. */
export function checkAgent(deps: Deps, agentid: unknown): Outcome | null {
  if (agentid === undefined || agentid === null || agentid === '') return refuse(41011)
  const id = Number(agentid)
  if (!Number.isInteger(id) || id <= 0) return refuse(40056)
  return id === deps.settings.agentId ? null : refuse(301002)
}

/** `GET agent/get` [D 90227]: the application and whom it is shown to, here always by name. */
export function getAgent(deps: Deps, query: URLSearchParams): Outcome {
  const wrong = checkAgent(deps, query.get('agentid'))
  if (wrong) return wrong
  const { settings, store, world } = deps
  const shown = world.people.filter((person) => isInRange(store.state.members, person))
  return accept({
    agentid: settings.agentId,
    name: world.organisation.app,
    square_logo_url: '',
    description: '',
    allow_userinfos: { user: shown.map(({ userid }) => ({ userid })) },
    allow_partys: { partyid: [] },
    allow_tags: { tagid: [] },
    close: 0,
    redirect_domain: settings.publicUrl.host,
    report_location_flag: 0,
    isreportenter: 1,
    home_url: '',
  })
}
