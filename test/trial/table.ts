/** Rows under their headings, numbers to the right. */
export function print(rows: Record<string, number | string>[]): void {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cell = (row: Record<string, number | string>, name: string) => String(row[name] ?? '')
  const widths = names.map((name) => Math.max(name.length, ...rows.map((row) => cell(row, name).length)))
  const line = (cells: string[], row?: Record<string, number | string>) =>
    cells
      .map((text, i) => (typeof row?.[names[i] ?? ''] === 'number' ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  console.log(line(names))
  console.log(widths.map((width) => '─'.repeat(width)).join('  '))
  for (const row of rows)
    console.log(
      line(
        names.map((name) => cell(row, name)),
        row,
      ),
    )
}
