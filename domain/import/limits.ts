/** What one file may hold. More rows than that are better taken in by parts: somebody has to look at the preview. */
export const MOST_BYTES = 10 * 1024 * 1024
export const MOST_ROWS = 20_000
/** With what may stand above them. */
export const MOST_LINES = MOST_ROWS + 10
export const MOST_COLUMNS = 60
export const MOST_CELL = 500
/** A title, a date and who made it may stand above the headers. */
export const MOST_ABOVE = 10
