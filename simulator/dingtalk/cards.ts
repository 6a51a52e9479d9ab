import type { Deps } from '../deps.js'
import type { CardFact, CardRoute } from '../state/dingtalk/cards.js'
import { newSecret } from '../wecom/crypto.js'
import { give, type Outcome, refuse } from './answer.js'
import { isRefusal, readOwn, readParams } from './card-check.js'
import { deliver, readSpaces } from './card-spaces.js'
import type { Body } from './endpoint.js'
import { settingsOf } from './settings-of.js'

type Made = Extract<CardFact, { type: 'ding-card' }>

/** A card that is made [create-and-deliver-cards]; nothing is kept yet. */
function readCard(deps: Deps, body: Body): Made | Outcome {
  const outTrackId = typeof body.outTrackId === 'string' ? body.outTrackId : ''
  if (!outTrackId) return refuse('param.outTrackIdEmpty', 'outTrackId is empty')
  const templateId = String(body.cardTemplateId ?? '')
  if (!templateId || templateId !== settingsOf(deps).cardTemplateId)
    return refuse('param.templateNotExist', 'card template not exist')
  const data = readParams(body.cardData)
  if (isRefusal(data)) return data
  const own = readOwn(deps, body.privateData, body.userIdType)
  if (isRefusal(own)) return own
  const route = readRoute(deps, body)
  if ('status' in route) return route
  return { type: 'ding-card', outTrackId, templateId, route, data, own, at: deps.clock.business() }
}

function readRoute(deps: Deps, body: Body): CardRoute | Outcome {
  if (body.callbackType === 'STREAM') return { type: 'STREAM' }
  const key = String(body.callbackRouteKey ?? '')
  if (!deps.store.state.dingtalk.cards.routes.has(key))
    return refuse('param.callbackRouteKeyNotExist', 'callbackRouteKey not exist')
  return { type: 'HTTP', key }
}

const known = (deps: Deps, outTrackId: unknown) => deps.store.state.dingtalk.cards.byTrack.get(String(outTrackId ?? ''))

/** `POST /v1.0/card/instances`. */
export function createCard(deps: Deps, body: Body): Outcome {
  const card = readCard(deps, body)
  if ('status' in card) return card
  if (known(deps, card.outTrackId)) return refuse('param.cardAlreadyExist', 'card already exist')
  return give({ success: true, result: card.outTrackId }, [card])
}

/** `POST /v1.0/card/instances/deliver`. */
export function deliverCard(deps: Deps, body: Body): Outcome {
  const card = known(deps, body.outTrackId)
  if (!card) return refuse('param.cardNotExist', 'card not exist')
  const spaces = readSpaces(body.openSpaceId)
  if (!spaces) return refuse('param.openSpaceIdInvalid', 'openSpaceId is invalid')
  const { results, delivered } = deliver(deps, spaces, body, false)
  return give({ success: true, result: results }, [{ type: 'ding-card-delivered', outTrackId: card.outTrackId, delivered }])
}

/**
 * `POST /v1.0/card/instances/createAndDeliver`. With an outTrackId that is known the content of the first stays, and it comes to
 * no place twice: the page says only that changes are ignored (D3).
 */
export function createAndDeliver(deps: Deps, body: Body): Outcome {
  const card = readCard(deps, body)
  if ('status' in card) return card
  const spaces = readSpaces(body.openSpaceId)
  if (!spaces) return refuse('param.openSpaceIdInvalid', 'openSpaceId is invalid')
  const { outTrackId } = card
  const before = known(deps, outTrackId)
  const { results, delivered } = deliver(deps, spaces, body, true)
  const fresh = delivered.filter(({ chat }) => !before?.delivered.some((d) => JSON.stringify(d.chat) === JSON.stringify(chat)))
  return give({ success: true, result: { outTrackId, deliverResults: results } }, [
    ...(before ? [] : [card]),
    ...(fresh.length > 0 ? [{ type: 'ding-card-delivered', outTrackId, delivered: fresh } as const] : []),
  ])
}

/** `PUT /v1.0/card/instances` [interactive-card-update-interface]. */
export function updateCard(deps: Deps, body: Body): Outcome {
  if (!body.outTrackId) return refuse('param.outTrackIdEmpty', 'outTrackId is empty')
  const card = known(deps, body.outTrackId)
  if (!card) return refuse('param.cardNotExist', 'card not exist')
  const data = body.cardData === undefined ? null : readParams(body.cardData)
  if (data && isRefusal(data)) return data
  const own = readOwn(deps, body.privateData, body.userIdType)
  if (isRefusal(own)) return own
  const options = (body.cardUpdateOptions ?? {}) as Body
  const change = {
    data,
    own,
    byKey: options.updateCardDataByKey === true,
    ownByKey: options.updatePrivateDataByKey === true,
  }
  return give({ success: true, result: true }, [
    { type: 'ding-card-changed', outTrackId: card.outTrackId, change, by: 'update', at: deps.clock.business() },
  ])
}

/** `POST /v1.0/card/callbacks/register`: one key, one address; another only when forced. */
export function registerRoute(deps: Deps, body: Body): Outcome {
  const { callbackRouteKey: key, callbackUrl: url, apiSecret } = body
  if (typeof key !== 'string' || !key) return refuse('param.callbackRouteKeyEmpty', 'callbackRouteKey is empty')
  if (typeof url !== 'string' || !URL.canParse(url)) return refuse('param.callbackUrlInvalid', 'callbackUrl is invalid')
  if (deps.store.state.dingtalk.cards.routes.has(key) && body.forceUpdate !== true)
    return refuse('param.callbackRouteKeyExist', 'callbackRouteKey already exist', 500)
  const secret = typeof apiSecret === 'string' && apiSecret ? apiSecret : newSecret(24)
  return give({ success: true, result: { callbackUrl: url, apiSecret: secret } }, [{ type: 'ding-card-route', key, url, secret }])
}
