import { type ProductInput, productInput } from '../../domain/product/product.contract.js'
import { searchTextOf } from '../../domain/product/search-text.js'
import type { Db } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import { NOW } from './work.js'

/** A product as somebody would have written it; its id. */
export async function makeProduct(db: Db, given: Partial<ProductInput> & { name: string; stopped?: boolean }): Promise<string> {
  const { stopped = false, ...some } = given
  const input = productInput.parse(writtenProduct(some))
  const id = newId()
  await db.product.create({
    data: {
      ...{ id, ...input, search: searchTextOf(input), createdAt: NOW, updatedAt: NOW },
      stoppedAt: stopped ? NOW : null,
    },
  })
  return id
}

/** What a form sends, with the rest of it empty. */
export const writtenProduct = (some: Partial<ProductInput> & { name: string }): ProductInput => ({
  code: null,
  spec: null,
  unit: '个',
  line: null,
  nicknames: [],
  price: '1',
  cost: null,
  taxBp: 1300,
  stock: null,
  params: [],
  ...some,
})
