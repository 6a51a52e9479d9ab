import type { Me } from '../../domain/person/person.contract.js'
import type { ApiContext, ApiDeps } from './route.js'

export const meOf = (deps: Pick<ApiDeps, 'organisationName'>, ctx: ApiContext): Me => ({
  id: ctx.state.actor.personId,
  name: ctx.state.actor.name,
  roles: ctx.state.actor.roles,
  organisation: deps.organisationName,
  platform: ctx.state.platform,
})
