import type { Work } from '../work.js'

const WORDS = '没能写入，请联系管理员看日志'

/** The row whose turn it is could not be kept: the others go on without it. Prices go in together, so they stop together. */
export async function noteUnreadableProduct(work: Work, importId: string): Promise<void> {
  const { bookId } = await work.tx.productImport.findUniqueOrThrow({ where: { id: importId }, select: { bookId: true } })
  const waiting = { importId, doneAt: null, error: null }
  if (bookId) {
    await work.tx.productImportRow.updateMany({ where: waiting, data: { error: WORDS } })
    return
  }
  const next = await work.tx.productImportRow.findFirst({ where: waiting, orderBy: { line: 'asc' }, select: { id: true } })
  if (next) await work.tx.productImportRow.update({ where: { id: next.id }, data: { error: WORDS } })
}
