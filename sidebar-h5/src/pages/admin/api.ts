import * as z from 'zod/mini'
import { type FindingsFilter, findingsPage } from '../../../../domain/message/findings.contract.js'
import { request } from '../../request.js'

/** Calls of the administrators' pages: apart from the others, so that a rep's sidebar does not carry them. */

const keywords = z.object({ value: z.array(z.string()) })
const versions = z.object({
  versions: z.array(z.object({ version: z.int(), value: z.array(z.string()), by: z.string(), at: z.string() })),
})
export type KeywordVersion = z.infer<typeof versions>['versions'][number]

export const getFindings = (filter: FindingsFilter, before: string | null) =>
  request(findingsPage, `/api/admin/findings?filter=${filter}${before ? `&before=${before}` : ''}`)

export const getKeywords = () => request(keywords, '/api/admin/rules/keywords').then((it) => it.value)

export const getKeywordVersions = () => request(versions, '/api/admin/rules/keywords/versions').then((it) => it.versions)

export const setKeywords = (value: string[], requestId: string) =>
  request(z.unknown(), '/api/admin/rules/keywords', { method: 'POST', body: { requestId, value } })
