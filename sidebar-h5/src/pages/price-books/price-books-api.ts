import * as z from 'zod/mini'
import {
  type BookInput,
  type BookPriceInput,
  bookList,
  bookPage,
  bookPriceView,
  bookView,
} from '../../../../domain/price/price.contract.js'
import { request } from '../../request.js'
import { newRequestId } from '../../request-id.js'

const ROOT = '/api/price-books'
const of = (id: string) => `${ROOT}/${encodeURIComponent(id)}`
const post = (body: object) => ({ method: 'POST' as const, body })

export const listBooks = () => request(bookList, ROOT)
export const getBookPage = (id: string, asked: string) => request(bookPage, `${of(id)}?${asked}`)
export const createBook = (requestId: string, input: BookInput) => request(bookView, ROOT, post({ requestId, ...input }))
export const editBook = (id: string, version: number, input: BookInput) =>
  request(bookView, of(id), post({ requestId: newRequestId(), version, ...input }))
export const stopBook = (id: string, version: number, stopped: boolean) =>
  request(bookView, `${of(id)}/stop`, post({ requestId: newRequestId(), version, stopped }))
export const setPrice = (id: string, input: BookPriceInput) =>
  request(bookPriceView, `${of(id)}/prices`, post({ requestId: newRequestId(), ...input }))
export const dropPrice = (id: string, productId: string) =>
  request(z.unknown(), `${of(id)}/prices/drop`, post({ requestId: newRequestId(), productId }))
