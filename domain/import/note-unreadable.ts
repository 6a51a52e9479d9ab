import type { Work } from '../work.js'

/** The row whose turn it is could not be kept, by a mistake of ours or of the database's: the others go on without it. */
export async function noteUnreadable(work: Work, importId: string): Promise<void> {
  const next = await work.tx.customerImportRow.findFirst({
    where: { importId, doneAt: null, error: null },
    orderBy: { line: 'asc' },
    select: { id: true },
  })
  if (next) await work.tx.customerImportRow.update({ where: { id: next.id }, data: { error: '没能写入，请联系管理员看日志' } })
}
