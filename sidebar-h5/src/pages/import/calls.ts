import * as z from 'zod/mini'
import {
  created,
  importList,
  importMatches,
  importRows,
  importView,
  type MappingInput,
} from '../../../../domain/import/import.contract.js'
import { Failed } from '../../failed.js'
import { goToLogin } from '../../login.js'
import { refusedWith, request } from '../../request.js'
import { newRequestId } from '../../request-id.js'

const ROOT = '/api/imports'
const of = (id: string) => `${ROOT}/${encodeURIComponent(id)}`
const post = (body: object = {}) => ({ method: 'POST' as const, body: { requestId: newRequestId(), ...body } })

/** A big list over a phone's network takes its time. */
const UPLOAD_MS = 120_000

/** The file as it is; the server reads what it is from its bytes. The same request id again gets the first answer. */
export async function uploadFile(file: File, requestId: string): Promise<string> {
  const name = file.name.slice(-120) || '客户.xlsx'
  const response = await fetch(`${ROOT}?${new URLSearchParams({ requestId, name })}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { accept: 'application/json', 'content-type': 'application/octet-stream' },
    body: file,
    signal: AbortSignal.timeout(UPLOAD_MS),
  }).catch(() => {
    throw new Failed('offline', '文件没传完，再试一次')
  })
  const body: unknown = await response.json().catch(() => null)
  if (response.status === 401) throw new Failed('login', goToLogin() ? '正在登录…' : '登录没有成功，再试一次')
  if (!response.ok) throw refusedWith(response.status, body)
  const answer = z.safeParse(created, body)
  if (!answer.success) throw new Failed('broken', '页面和服务的版本对不上，刷新一下就好')
  return answer.data.id
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
