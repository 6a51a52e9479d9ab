/** Somebody's words in one line of an answer: 「…」, cut where they go on for long. */
export function quote(text: string, most = 60): string {
  const line = [...text.replace(/\s+/g, ' ').trim()]
  return `「${line.length > most ? `${line.slice(0, most - 1).join('')}…` : line.join('')}」`
}
