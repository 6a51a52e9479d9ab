import { drawSheet } from './draw-sheet.js'
import type { Sheet } from './sheet.js'

export type FromChild = { pdf: Uint8Array } | { failure: string }

/** The process that draws one paper and leaves: it takes a second of processor and, with its fonts, a hundred megabytes. */
process.once('message', (sheet: Sheet) => {
  drawSheet(sheet)
    .then((pdf): FromChild => ({ pdf }))
    .catch((error): FromChild => ({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }))
    .then((reply) => process.send?.(reply, () => process.disconnect()))
})
// Whoever started us is gone, or has what it asked for.
process.on('disconnect', () => process.exit(0))
// Both reach a whole process group (Ctrl+C in a terminal): the parent says when.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
