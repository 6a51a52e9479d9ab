import type { Deps } from '../deps.js'
import type { Delivered } from '../state/dingtalk/cards.js'
import { newSecret } from '../wecom/crypto.js'
import type { Body } from './endpoint.js'
import { findMember, groupById } from './people.js'
import { settingsOf } from './settings-of.js'

/** How it went in one place: the call is accepted all the same. */
export type DeliverResult = { spaceType: string; spaceId: string; success: boolean; carrierId: string; errorMsg: string }
type Space = { type: string; id: string }

/** `dtv1.card//IM_GROUP.<cid>;dtv1.card//IM_ROBOT.<userId>`; null when it isn't that. */
export function readSpaces(openSpaceId: unknown): Space[] | null {
  const spaces = String(openSpaceId ?? '')
    .split(';')
    .map((one) => /^dtv1\.card\/\/(IM_GROUP|IM_ROBOT|IM_SINGLE|ONE_BOX|CO_FEED)\.(.+)$/.exec(one))
  return spaces.every((found) => found !== null) ? spaces.map((found) => ({ type: found[1] ?? '', id: found[2] ?? '' })) : null
}

/** `made`: the instance is made in the same call, and says for each kind of space how it is there. */
export function deliver(
  deps: Deps,
  spaces: Space[],
  body: Body,
  made: boolean,
): { results: DeliverResult[]; delivered: Delivered[] } {
  const delivered: Delivered[] = []
  const results = spaces.map((space): DeliverResult => {
    const found = place(deps, space, body, made)
    const told = { spaceType: space.type, spaceId: space.id }
    if ('wrong' in found) return { ...told, success: false, carrierId: '', errorMsg: found.wrong }
    const carrierId = newSecret(18)
    delivered.push({ chat: found.chat, carrierId, at: deps.clock.business() })
    return { ...told, success: true, carrierId, errorMsg: '' }
  })
  return { results, delivered }
}

function place(deps: Deps, { type, id }: Space, body: Body, made: boolean): { chat: Delivered['chat'] } | { wrong: string } {
  const model = (name: string) => (typeof body[name] === 'object' && body[name] ? (body[name] as Body) : null)
  switch (type) {
    case 'IM_ROBOT': {
      if (made && !model('imRobotOpenSpaceModel')) return { wrong: 'imRobotOpenSpaceModel is empty' }
      if (model('imRobotOpenDeliverModel')?.spaceType !== 'IM_ROBOT') return { wrong: 'imRobotOpenDeliverModel is invalid' }
      const member = findMember(deps, id)
      return member ? { chat: { userid: member.dingtalk.userid } } : { wrong: 'userId not exist' }
    }
    case 'IM_GROUP': {
      if (made && !model('imGroupOpenSpaceModel')) return { wrong: 'imGroupOpenSpaceModel is empty' }
      if (model('imGroupOpenDeliverModel')?.robotCode !== settingsOf(deps).robotCode) return { wrong: 'robotCode is invalid' }
      const group = groupById(deps, id)
      return group ? { chat: { group: group.id } } : { wrong: 'openConversationId not exist' }
    }
    // Chats of two members, the top of a chat and feeds have no place here.
    default:
      return { wrong: `${type} is not supported` }
  }
}
