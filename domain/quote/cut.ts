/** At most so many UTF-16 units, as contracts count; never half a character. */
export function cut(text: string, most: number): string {
  let kept = ''
  for (const letter of text.trim()) {
    if (kept.length + letter.length > most) break
    kept += letter
  }
  return kept.trim()
}
