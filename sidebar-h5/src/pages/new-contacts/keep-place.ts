type Row = { id: string }

/**
 * What was just dealt with stays where it stood, so that nothing moves under a thumb on its way to the next: rows of
 * `before` that `stays` names and `now` no longer has are put back behind their old neighbour.
 */
export function keepPlace<T extends Row>(before: T[], now: T[], stays: (id: string) => boolean): T[] {
  const rows = [...now]
  let last = ''
  for (const row of before) {
    if (rows.some(({ id }) => id === row.id)) last = row.id
    else if (stays(row.id)) {
      rows.splice(rows.findIndex(({ id }) => id === last) + 1, 0, row)
      last = row.id
    }
  }
  return rows
}
