import * as z from 'zod/mini'
import { personJoined, personJoins } from '../../../../domain/person-join/person-join.contract.js'
import { request } from '../../request.js'

const path = '/api/admin/person-joins'
type Pair = { requestId: string; a: string; b: string }

export const getPersonJoins = () => request(personJoins, path)
export const joinPersons = (pair: Pair) => request(personJoined, path, { method: 'POST', body: pair })
export const keepPersonsApart = (pair: Pair) => request(z.unknown(), `${path}/apart`, { method: 'POST', body: pair })
export const undoPersonJoin = (id: string, requestId: string) =>
  request(z.unknown(), `${path}/${encodeURIComponent(id)}/undo`, { method: 'POST', body: { requestId } })
