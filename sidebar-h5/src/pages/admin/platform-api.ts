import * as z from 'zod/mini'
import { type ContactWayView, contactWayList, pictureSet } from '../../../../domain/contact-way/contact-way.contract.js'
import { platformView } from '../../../../domain/follow/sync.contract.js'
import { request } from '../../request.js'
import { upload } from '../../upload.js'

export const getPlatform = () => request(platformView, '/api/admin/platform')

export const syncPlatform = (requestId: string) =>
  request(z.unknown(), '/api/admin/platform/sync', { method: 'POST', body: { requestId } })

export const lookAtDirectory = (requestId: string) =>
  request(z.unknown(), '/api/admin/platform/directory', { method: 'POST', body: { requestId } })

export const getWelcome = () => request(z.object({ value: z.string() }), '/api/admin/rules/welcome').then((it) => it.value)

export const setWelcome = (value: string, requestId: string) =>
  request(z.unknown(), '/api/admin/rules/welcome', { method: 'POST', body: { requestId, value } })

export const getContactWays = () => request(contactWayList, '/api/contact-ways').then((it) => it.ways)

export const createContactWay = (way: { label: string; personIds: string[] }, requestId: string) =>
  request(z.object({ id: z.string() }), '/api/contact-ways', { method: 'POST', body: { requestId, ...way } })

const pathOf = (wayId: string) => `/api/contact-ways/${encodeURIComponent(wayId)}/picture`

/** Where the picture of a code is seen; another picture has another address. */
export const pictureOf = ({ id, picture }: ContactWayView): string | null => (picture ? `${pathOf(id)}?v=${picture}` : null)

export const setWayPicture = (wayId: string, picture: Blob, requestId: string) =>
  upload(pictureSet, `${pathOf(wayId)}?requestId=${requestId}`, picture)

export const dropWayPicture = (wayId: string, requestId: string) =>
  request(z.unknown(), `${pathOf(wayId)}/drop`, { method: 'POST', body: { requestId } })
