import { ControlError } from '../control/error.js'
import type { Deps } from '../deps.js'
import { type Card, type CardChange, paramsFor } from '../state/dingtalk/cards.js'
import type { Fact } from '../state/state.js'
import { isRefusal, readOwn, readParams } from './card-check.js'
import { showCard } from './card-template.js'
import type { Body } from './endpoint.js'
import { findMember, groupById, type Member } from './people.js'
import type { Push, Pusher } from './pusher.js'
import { settingsOf } from './settings-of.js'

/**
 * A member presses a button of a card [event-callback-card]. What the product answers within two seconds is put on the card;
 * without it the card stays as it was and the client says that it failed.
 */
export async function pressCard(deps: Deps, pusher: Pusher, press: { userid: string; outTrackId: string; action: string }) {
  const { outTrackId, action } = press
  const member = findMember(deps, press.userid)
  if (!member) throw new ControlError(404, `no member ${press.userid}`)
  const card = deps.store.state.dingtalk.cards.byTrack.get(outTrackId)
  if (!card || !isShown(deps, card, member)) throw new ControlError(404, `${press.userid} has no card ${outTrackId}`)
  const { userid } = member.dingtalk
  const button = showCard(paramsFor(card, userid)).buttons.find((one) => one.action === action)
  if (!button) throw new ControlError(409, `the card has no button ${action} now`)

  const content = { cardPrivateData: { actionIds: [button.id], params: { action } } }
  const { corpId } = settingsOf(deps)
  const body = {
    type: 'actionCallback',
    outTrackId,
    corpId,
    userId: userid,
    content: JSON.stringify(content),
    ...spaceOf(card, member),
  }
  const { ok, answer } = await pusher.push({ kind: 'card', body, route: routeOf(deps, card) })
  const change = ok ? readAnswer(deps, userid, answer) : null
  const at = deps.clock.business()
  const facts: Fact[] = [{ type: 'ding-card-pressed', outTrackId, press: { userid, action, at, answered: ok } }]
  if (change) facts.push({ type: 'ding-card-changed', outTrackId, change, by: 'answer', at })
  await deps.store.record(...facts)
  return { answered: ok, changed: change !== null }
}

export const isShown = (deps: Deps, card: Card, { dingtalk }: Member): boolean =>
  card.delivered.some(({ chat }) =>
    'userid' in chat ? chat.userid === dingtalk.userid : groupById(deps, chat.group)?.members.includes(dingtalk.userid),
  )

function spaceOf(card: Card, { dingtalk }: Member) {
  const own = card.delivered.find(({ chat }) => 'userid' in chat && chat.userid === dingtalk.userid) ?? card.delivered[0]
  if (!own) return {}
  return 'userid' in own.chat
    ? { spaceType: 'IM_ROBOT', spaceId: own.chat.userid, userIdType: 1 }
    : { spaceType: 'IM_GROUP', spaceId: own.chat.group, userIdType: 1 }
}

function routeOf(deps: Deps, { route }: Card): Extract<Push, { kind: 'card' }>['route'] {
  if (route.type === 'STREAM') return route
  const registered = deps.store.state.dingtalk.cards.routes.get(route.key)
  if (!registered) throw new ControlError(409, `no route ${route.key}`)
  return { type: 'HTTP', ...registered }
}

/** `{cardData, userPrivateData, cardUpdateOptions}`: contents that break the rules of an update change nothing. */
function readAnswer(deps: Deps, userid: string, answer: unknown): CardChange | null {
  if (typeof answer !== 'object' || answer === null) return null
  const { cardData, userPrivateData, cardUpdateOptions } = answer as Body
  if (cardData === undefined && userPrivateData === undefined) return null
  const data = cardData === undefined ? null : readParams(cardData)
  const own = userPrivateData === undefined ? {} : readOwn(deps, { [userid]: userPrivateData }, 1)
  if ((data && isRefusal(data)) || isRefusal(own)) return null
  const options = (cardUpdateOptions ?? {}) as Body
  return { data, own, byKey: options.updateCardDataByKey === true, ownByKey: options.updatePrivateDataByKey === true }
}
