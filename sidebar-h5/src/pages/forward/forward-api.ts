import * as z from 'zod/mini'
import { forwardList, forwardView, type UseForwardInput, usedForward } from '../../../../domain/forward/forward.contract.js'
import { request } from '../../request.js'

const pathOf = (id: string) => `/api/forwards/${encodeURIComponent(id)}`

export const getForwards = () => request(forwardList, '/api/forwards').then((it) => it.forwards)

export const getForward = (id: string) => request(forwardView, pathOf(id))

export const keepForward = (body: { requestId: string; text: string }) =>
  request(z.object({ id: z.string() }), '/api/forwards', { method: 'POST', body }).then((it) => it.id)

export const useForward = (id: string, body: UseForwardInput) =>
  request(usedForward, `${pathOf(id)}/use`, { method: 'POST', body })

export const dropForward = (id: string, requestId: string) =>
  request(z.unknown(), `${pathOf(id)}/drop`, { method: 'POST', body: { requestId } })
