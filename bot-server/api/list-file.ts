import { MOST_BYTES } from '../../domain/import/limits.js'
import { openFile } from '../../domain/import/open-file.js'
import type { Sheet } from '../../domain/import/read-workbook.js'
import { Refused } from '../../lib/errors.js'
import { sha256 } from '../../lib/ids.js'
import { readBody } from '../middleware/read-body.js'
import type { ApiContext } from './route.js'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A list that somebody brings: the file itself is the body. */
export async function readListFile(ctx: ApiContext): Promise<{ hash: string; sheet: Sheet }> {
  const file = await readBody(ctx.req, MOST_BYTES)
  if (!file) {
    ctx.set('connection', 'close')
    throw new Refused('file-too-large', '文件超过 10 MB，请分成几个再导入', 413)
  }
  return { hash: sha256(file), sheet: await openFile(file) }
}

export function sendWorkbook(ctx: ApiContext, { fileName, file }: { fileName: string; file: Buffer }): void {
  ctx.type = XLSX
  ctx.set('content-disposition', `attachment; filename="failed.xlsx"; filename*=UTF-8''${encodeURIComponent(fileName)}`)
  ctx.set('cache-control', 'no-store')
  ctx.body = file
}
