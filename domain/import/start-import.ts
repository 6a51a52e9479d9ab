import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { lockImport, subjectOf } from './find-import.js'

/** 开始导入: from here on a worker takes the rows in. Saying it twice is saying it once. */
export async function startImport(work: Work, actor: Actor, id: string): Promise<void> {
  const { state } = await lockImport(work, actor, { id, states: ['preview', 'running', 'done'] })
  if (state !== 'preview') return
  const ready = await work.tx.customerImportRow.count({ where: { importId: id, error: null } })
  if (ready === 0) throw new Refused('nothing-ready', '没有一行能导入，先看看每行的问题')
  await work.tx.customerImport.update({ where: { id }, data: { state: 'running', startedAt: work.now } })
  await record(work, { actor: actor.personId, verb: 'import-started', subject: subjectOf(id), content: { rows: ready } })
  work.touched.add(subjectOf(id))
}

/** 不导了: what the file said is erased; that there was one stays known. */
export async function dropImport(work: Work, actor: Actor, id: string): Promise<void> {
  const { state } = await lockImport(work, actor, { id, states: ['preview', 'dropped'] })
  if (state === 'dropped') return
  await work.tx.customerImportRow.deleteMany({ where: { importId: id } })
  await work.tx.customerImport.update({ where: { id }, data: { state: 'dropped' } })
  await record(work, { actor: actor.personId, verb: 'import-dropped', subject: subjectOf(id), content: {} })
  work.touched.add(subjectOf(id))
}
