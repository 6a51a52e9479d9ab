import * as z from 'zod/mini'
import {
  created,
  importList,
  importMatches,
  importRows,
  importView,
  type MappingInput,
} from '../../../../domain/import/import.contract.js'
import { request } from '../../request.js'
import { newRequestId } from '../../request-id.js'
import { upload } from '../../upload.js'

const ROOT = '/api/imports'
const of = (id: string) => `${ROOT}/${encodeURIComponent(id)}`
const post = (body: object = {}) => ({ method: 'POST' as const, body: { requestId: newRequestId(), ...body } })

/** The file as it is; the server reads what it is from its bytes. The same request id again gets the first answer. */
export async function uploadFile(file: File, requestId: string): Promise<string> {
  const name = file.name.slice(-120) || '客户.xlsx'
  return (await upload(created, `${ROOT}?${new URLSearchParams({ requestId, name })}`, file)).id
}

export const listImports = () => request(importList, ROOT)
export const getImport = (id: string) => request(importView, of(id))
export const getErrors = (id: string, after: number) => request(importRows, `${of(id)}/rows?show=errors&after=${after}`)
export const getMatches = (id: string, after: number) => request(importMatches, `${of(id)}/matches?after=${after}`)
export const chooseColumns = (id: string, chosen: MappingInput) => request(importView, `${of(id)}/columns`, post(chosen))
export const refuseMatch = (id: string, rowId: string) => request(z.unknown(), `${of(id)}/not-the-same`, post({ rowId }))
export const startImport = (id: string) => request(importView, `${of(id)}/start`, post())
export const dropImport = (id: string) => request(z.unknown(), `${of(id)}/drop`, post())
export const failedFile = (id: string) => `${of(id)}/failed.xlsx`
