import * as z from 'zod/mini'
import { created } from '../../../../domain/import/import.contract.js'
import {
  type ProductMappingInput,
  productImportList,
  productImportRows,
  productImportView,
} from '../../../../domain/product-import/product-import.contract.js'
import { request } from '../../request.js'
import { newRequestId } from '../../request-id.js'
import { upload } from '../../upload.js'

const ROOT = '/api/catalogue-imports'
const of = (id: string) => `${ROOT}/${encodeURIComponent(id)}`
const post = (body: object = {}) => ({ method: 'POST' as const, body: { requestId: newRequestId(), ...body } })
/** Without a book: the products themselves. */
const whatOf = (bookId: string | null): Record<string, string> => (bookId ? { what: 'prices', bookId } : { what: 'products' })

export async function uploadList(bookId: string | null, file: File, requestId: string): Promise<string> {
  const name = file.name.slice(-120) || '产品.xlsx'
  return (await upload(created, `${ROOT}?${new URLSearchParams({ requestId, name, ...whatOf(bookId) })}`, file)).id
}

export const listProductImports = (bookId: string | null) =>
  request(productImportList, `${ROOT}?${new URLSearchParams(whatOf(bookId))}`)
export const getProductImport = (id: string) => request(productImportView, of(id))
export const getProductErrors = (id: string, after: number) =>
  request(productImportRows, `${of(id)}/rows?show=errors&after=${after}`)
export const chooseProductColumns = (id: string, chosen: ProductMappingInput) =>
  request(productImportView, `${of(id)}/columns`, post(chosen))
export const startProductImport = (id: string) => request(productImportView, `${of(id)}/start`, post())
export const dropProductImport = (id: string) => request(z.unknown(), `${of(id)}/drop`, post())
export const failedProductFile = (id: string) => `${of(id)}/failed.xlsx`
