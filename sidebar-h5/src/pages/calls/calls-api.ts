import * as z from 'zod/mini'
import type { CallOutcome } from '../../../../domain/call/call.contract.js'
import { callList, callSetup, callView, csvReading, type Extension } from '../../../../domain/call/call.contract.js'
import { mediaView } from '../../../../domain/message/media.contract.js'
import { request } from '../../request.js'
import { newRequestId } from '../../request-id.js'
import { upload } from '../../upload.js'

const nothing = z.unknown()
const started = z.object({ id: z.string() })
const seg = encodeURIComponent
const post = <T extends z.ZodMiniType>(shape: T, path: string, body: object = {}) =>
  request(shape, path, { method: 'POST', body: { requestId: newRequestId(), ...body } })

export const getCalls = (before?: string) => request(callList, `/api/calls${before ? `?before=${seg(before)}` : ''}`)
export const getUnsaid = () => request(callList, '/api/calls/unsaid').then((it) => it.calls)
export const startCall = (call: { requestId: string; contactId: string; phoneId: string }) => post(started, '/api/calls', call)
export const sayOutcome = (id: string, outcome: CallOutcome, note: string | null = null) =>
  post(callView, `/api/calls/${seg(id)}/outcome`, { outcome, note })
export const sendVoice = (id: string, { voice, seconds, requestId }: { voice: Blob; seconds: number; requestId: string }) =>
  upload(callView, `/api/calls/${seg(id)}/voice?${new URLSearchParams({ requestId, seconds: String(seconds) })}`, voice)
export const dropVoice = (id: string) => post(callView, `/api/calls/${seg(id)}/voice/drop`)
export const voiceOf = (id: string) => `/api/calls/${seg(id)}/voice`
export const addPhone = (contactId: string, phone: string) => post(nothing, `/api/chats/${seg(contactId)}/phones`, { phone })
export const askForMedia = (id: string) => post(mediaView, `/api/media/${seg(id)}/ask`)
export const fileOf = (id: string) => `/api/media/${seg(id)}/file`

export const getSetup = () => request(callSetup, '/api/calls/setup')
export const setExtensions = (version: number, extensions: Extension[]) =>
  post(callSetup, '/api/calls/extensions', { version, extensions })
export const sendList = (file: File, keep: boolean) => upload(csvReading, `/api/calls/import${keep ? '' : '/preview'}`, file)
