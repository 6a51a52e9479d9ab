import { Refused } from '../../lib/errors.js'
import type { Secrets } from '../../lib/secret.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { lockImport, subjectOf } from './find-import.js'
import type { MappingInput } from './import.contract.js'
import { headers, mapping } from './import-rules.js'
import { prepareImport } from './prepare-import.js'

/** Which column is which, and who is meant by the names in 归属. Every row is looked at anew. */
export async function chooseColumns(
  work: Work,
  actor: Actor,
  { id, secrets, ...chosen }: MappingInput & { id: string; secrets: Secrets },
): Promise<void> {
  const kept = await lockImport(work, actor, { id, states: ['preview'] })
  const width = headers.parse(kept.headers).names.length
  const used = Object.values(chosen.columns).filter((at) => at !== null)
  if (used.some((at) => at >= width)) throw new Refused('bad-columns', '选的列不在表里，请刷新后再选')
  if (new Set(used).size < used.length) throw new Refused('bad-columns', '同一列不能当两样用')
  if (chosen.columns.company === null && chosen.columns.contact === null)
    throw new Refused('bad-columns', '至少要选公司或联系人那一列')
  const ids = [...new Set([chosen.defaultOwnerId, ...Object.values(chosen.owners)])]
  if ((await work.tx.person.count({ where: { id: { in: ids }, leftAt: null } })) < ids.length)
    throw new Refused('no-such-person', '有位同事已经不在了，请重新选')
  const before = mapping.parse(kept.mapping)
  await work.tx.customerImport.update({ where: { id }, data: { mapping: { ...before, ...chosen } } })
  await prepareImport(work, id, secrets)
  work.touched.add(subjectOf(id))
}

/** 不是同一个人: the row makes a contact of its own. */
export async function refuseMatch(work: Work, actor: Actor, { id, rowId }: { id: string; rowId: string }): Promise<void> {
  await lockImport(work, actor, { id, states: ['preview'] })
  await work.tx.customerImportRow.updateMany({ where: { id: rowId, importId: id }, data: { matchedContactId: null } })
  work.touched.add(subjectOf(id))
}
