/** Words with the addresses among them set apart, so that they can be followed. */
export function linkedParts(text: string): { words: string; url?: string }[] {
  const parts: { words: string; url?: string }[] = []
  let from = 0
  for (const match of text.matchAll(/https?:\/\/[^\s<>"'，。；）】]+/g)) {
    if (match.index > from) parts.push({ words: text.slice(from, match.index) })
    parts.push({ words: match[0], url: match[0] })
    from = match.index + match[0].length
  }
  if (from < text.length) parts.push({ words: text.slice(from) })
  return parts
}
