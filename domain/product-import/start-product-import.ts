import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { lockProductImport, subjectOfProducts } from './find-product-import.js'
import { assertBook } from './prepare-product-import.js'

/** 开始导入: from here on a worker takes the rows in. Saying it twice is saying it once. */
export async function startProductImport(work: Work, actor: Actor, id: string): Promise<void> {
  const { state, bookId } = await lockProductImport(work, actor, { id, states: ['preview', 'running', 'done'] })
  if (state !== 'preview') return
  if (bookId) await assertBook(work, bookId)
  const ready = await work.tx.productImportRow.count({ where: { importId: id, error: null } })
  if (ready === 0) throw new Refused('nothing-ready', '没有一行能导入，先看看每行的问题')
  await work.tx.productImport.update({ where: { id }, data: { state: 'running' } })
  const content = { rows: ready }
  await record(work, { actor: actor.personId, verb: 'catalogue-import-started', subject: subjectOfProducts(id), content })
  work.touched.add(subjectOfProducts(id))
}

/** 不导了: what the file said is erased; that there was one stays known. */
export async function dropProductImport(work: Work, actor: Actor, id: string): Promise<void> {
  const { state } = await lockProductImport(work, actor, { id, states: ['preview', 'dropped'] })
  if (state === 'dropped') return
  await work.tx.productImportRow.deleteMany({ where: { importId: id } })
  await work.tx.productImport.update({ where: { id }, data: { state: 'dropped' } })
  await record(work, { actor: actor.personId, verb: 'catalogue-import-dropped', subject: subjectOfProducts(id), content: {} })
  work.touched.add(subjectOfProducts(id))
}
