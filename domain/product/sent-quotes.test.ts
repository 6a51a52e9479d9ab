import { expect, it } from 'vitest'
import { useCatalogueImports } from '../../test/factories/catalogue-imports.js'
import { makePng } from '../../test/factories/pictures.js'
import { createDesk } from '../../test/factories/quotes.js'
import { inWork } from '../../test/factories/work.js'
import { getPicture } from './get-picture.js'
import { getProduct } from './view-product.js'
import { addPicture, setPictures } from './write-pictures.js'
import { editProduct, stopProduct } from './write-product.js'

const { db, cast, sunyue, takes } = useCatalogueImports()

it('a change of price, of words or of pictures, by hand or by a list, never changes a quote that was sent', async () => {
  const desk = createDesk(cast())
  const quote = await desk.sent()
  const { content } = (await desk.viewed(quote)).versions[0] ?? {}
  const productId = content?.lines[0]?.productId as string
  expect(productId).toBeTruthy()

  const picture = { data: makePng(300, 200), small: makePng(150, 100) }
  const { id: pictureId } = await inWork(db(), (work) => addPicture(work, sunyue(), { productId, ...picture }))
  const next = await desk.drafts('wmRenji')
  const line = next.draft?.lines[0]
  expect(line?.pictureId).toBe(pictureId)
  const second = await desk.sends(next)
  const shown = (await desk.viewed(second)).versions[0]?.content

  const { code, name, spec, unit, line: of, nicknames, cost, taxBp, stock } = await getProduct(db(), sunyue(), productId)
  const edit = { code, name, spec, unit, line: of, nicknames, cost, taxBp, stock, price: '999.999999', params: [] }
  await inWork(db(), (work) => editProduct(work, sunyue(), { ...edit, id: productId, version: 1 }))
  await takes([
    ['名称', '规格', '单价'],
    [name, spec ?? '', '1000'],
  ])
  expect((await getProduct(db(), sunyue(), productId)).price).toBe('1000')
  await inWork(db(), (work) => setPictures(work, sunyue(), { productId, pictureIds: [] }))
  await inWork(db(), (work) => stopProduct(work, sunyue(), { id: productId, version: 3, stopped: true }))

  expect((await desk.viewed(quote)).versions[0]?.content).toEqual(content)
  expect((await desk.viewed(second)).versions[0]?.content).toEqual(shown)
  expect(await getPicture(db(), pictureId, 'small')).not.toBeNull()
})
