import { readWorkbook } from './read-workbook.js'

/** What somebody brought is read where it can take neither the server's memory nor its time. */
process.once('message', (file: Uint8Array) => {
  process.send?.(readWorkbook(Buffer.from(file)), () => process.disconnect())
})
