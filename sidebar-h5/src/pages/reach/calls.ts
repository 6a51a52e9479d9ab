import * as z from 'zod/mini'
import type { ChatPlatform } from '../../../../domain/person/person.contract.js'
import { type PointChannel, proveAnswer, reachPage, teamReach } from '../../../../domain/reach/reach.contract.js'
import { request } from '../../request.js'
import { newRequestId } from '../../request-id.js'

const nothing = z.unknown()
const post = <T extends z.ZodMiniType>(shape: T, path: string, body: object = {}) =>
  request(shape, `/api/reach/${path}`, { method: 'POST', body: { requestId: newRequestId(), ...body } })

export const getReach = () => request(reachPage, '/api/reach')
export const getTeam = () => request(teamReach, '/api/reach/team')
export const askForCode = (channel: PointChannel, value: string) => post(nothing, 'code', { channel, value })
export const proveCode = (channel: PointChannel, code: string) => post(proveAnswer, 'prove', { channel, code })
export const dropPoint = (channel: PointChannel) => post(reachPage, 'drop', { channel })
type Habits = { channel?: ChatPlatform; saysOn?: boolean; prefers?: ChatPlatform | null; plainText?: boolean }
export const sayHabits = (habits: Habits) => post(reachPage, 'habits', habits)
export const tryOne = () => post(reachPage, 'try')
export const gotIt = (tryId: string) => post(reachPage, `tries/${encodeURIComponent(tryId)}/got`)
