import * as z from 'zod/mini'
import {
  type ProductInput,
  paramLibrary,
  productList,
  productView,
  riskView,
} from '../../../../domain/product/product.contract.js'
import { request } from '../../request.js'
import { newRequestId } from '../../request-id.js'
import { upload } from '../../upload.js'
import type { PicturePair } from './make-pair.js'

const ROOT = '/api/products'
const of = (id: string) => `${ROOT}/${encodeURIComponent(id)}`
const post = (body: object) => ({ method: 'POST' as const, body })
type Asked = { query: string; line: string | null; stopped: boolean }

/** What the list is asked with; the place of the next page stands in it too, so that each list has its own. */
export const askOf = ({ query, line, stopped }: Asked, from = 0): string =>
  new URLSearchParams({ query, ...(line ? { line } : {}), stopped: stopped ? '1' : '0', from: String(from) }).toString()

export const listProducts = (asked: string) => request(productList, `${ROOT}?${asked}`)
export const getProduct = (id: string) => request(productView, of(id))
export const getParams = (line: string) =>
  request(paramLibrary, `${ROOT}/params${line ? `?${new URLSearchParams({ line })}` : ''}`)
export const pictureOf = (id: string, size: 'small' | 'whole' = 'small') => `${ROOT}/pictures/${id}?size=${size}`

/** The same request id again is answered with what the first one made. */
export const createProduct = (requestId: string, input: ProductInput) => request(productView, ROOT, post({ requestId, ...input }))
export const editProduct = (id: string, body: ProductInput & { requestId: string; version: number }) =>
  request(productView, of(id), post(body))
export const stopProduct = (id: string, version: number, stopped: boolean) =>
  request(productView, `${of(id)}/stop`, post({ requestId: newRequestId(), version, stopped }))

export const addPicture = (id: string, { whole, small }: PicturePair, requestId: string) =>
  upload(
    productView,
    `${of(id)}/pictures?${new URLSearchParams({ requestId, small: String(small.size) })}`,
    new Blob([whole, small]),
  )
export const setPictures = (id: string, pictureIds: string[]) =>
  request(productView, `${of(id)}/pictures/order`, post({ requestId: newRequestId(), pictureIds }))

export const openRisk = (requestId: string, productId: string, words: string) =>
  request(riskView, '/api/tech-risks', post({ requestId, productId, customerId: null, words }))
export const closeRisk = (riskId: string, requestId: string, words: string) =>
  request(z.unknown(), `/api/tech-risks/${encodeURIComponent(riskId)}/close`, post({ requestId, words }))
