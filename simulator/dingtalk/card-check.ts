import type { Deps } from '../deps.js'
import type { Own, Params } from '../state/dingtalk/cards.js'
import { type Outcome, refuse } from './answer.js'
import { findMember, memberByUnionid } from './people.js'

const KEY_BYTES = 100
const VALUE_BYTES = 1_024

/** Strings by name: objects and lists come as JSON in a string. The page has no code of its own for what isn't (D4). */
export function readParams(value: unknown): Params | Outcome {
  const map = typeof value === 'object' && value !== null ? (value as { cardParamMap?: unknown }).cardParamMap : undefined
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return refuse('param.error', 'cardParamMap is invalid')
  for (const [name, words] of Object.entries(map)) {
    if (typeof words !== 'string') return refuse('param.error', `cardParamMap.${name} must be a string`)
    if (Buffer.byteLength(name) > KEY_BYTES)
      return refuse('param.error', `cardParamMap.${name.slice(0, 20)}… is longer than ${KEY_BYTES} bytes`)
    if (Buffer.byteLength(words) > VALUE_BYTES)
      return refuse('param.error', `cardParamMap.${name} is longer than ${VALUE_BYTES} bytes`)
  }
  return map as Params
}

/** By userid, or by unionid when `userIdType` is 2. */
export function readOwn(deps: Deps, value: unknown, userIdType: unknown): Own | Outcome {
  if (value === undefined || value === null) return {}
  if (typeof value !== 'object') return refuse('param.error', 'privateData is invalid')
  const own: Own = {}
  for (const [id, data] of Object.entries(value)) {
    const member = Number(userIdType ?? 1) === 2 ? memberByUnionid(deps, id) : findMember(deps, id)
    if (!member) return refuse('param.userIdNotExist', `userId ${id} not exist`)
    const params = readParams(data)
    if (isRefusal(params)) return params
    own[member.dingtalk.userid] = params
  }
  return own
}

/** Params are strings by name; a refusal has a number for its status. */
export const isRefusal = (value: object): value is Outcome => typeof (value as { status?: unknown }).status === 'number'
