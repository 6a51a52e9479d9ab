import { Refused } from '../../lib/errors.js'
import { headers } from '../import/import-rules.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { fieldsOf } from './fields.js'
import { lockProductImport, subjectOfProducts } from './find-product-import.js'
import { mapping } from './mapping.js'
import { paramName, prepareProductImport } from './prepare-product-import.js'
import type { ProductMappingInput } from './product-import.contract.js'

/** Which column is which, and which ones are parameters. Every row is looked at anew. */
export async function chooseProductColumns(
  work: Work,
  actor: Actor,
  { id, columns, params, defaultUnit }: ProductMappingInput & { id: string },
): Promise<void> {
  const kept = await lockProductImport(work, actor, { id, states: ['preview'] })
  const before = mapping.parse(kept.mapping)
  const { names } = headers.parse(kept.headers)
  const fields = fieldsOf(kept.bookId ? 'prices' : 'products').map(({ field }) => field)
  const chosen = Object.fromEntries(fields.map((field) => [field, columns[field] ?? null]))
  const fieldsAt = Object.values(chosen).filter((at) => at !== null)
  // A column that was made a field is no parameter any more, unless somebody says both.
  const paramsAt = kept.bookId ? [] : (params ?? before.params.filter((at) => !fieldsAt.includes(at)))
  const used = [...fieldsAt, ...paramsAt]
  if (used.some((at) => at >= names.length)) throw new Refused('bad-columns', '选的列不在表里，请刷新后再选')
  if (new Set(used).size < used.length) throw new Refused('bad-columns', '同一列不能当两样用')
  const labels = paramsAt.map((at) => paramName(names[at] ?? ''))
  if (labels.includes('') || new Set(labels).size < labels.length)
    throw new Refused('bad-columns', '有两列参数同名，或没有列名，请在表里改好再导入')
  if (chosen.name === null && chosen.code === null) throw new Refused('bad-columns', '至少要选名称或货号那一列')
  if (kept.bookId && chosen.price === null) throw new Refused('bad-columns', '要选单价那一列')
  const after = { ...before, columns: chosen, params: paramsAt, defaultUnit: defaultUnit ?? before.defaultUnit }
  await work.tx.productImport.update({ where: { id }, data: { mapping: after } })
  await prepareProductImport(work, id)
  work.touched.add(subjectOfProducts(id))
}
