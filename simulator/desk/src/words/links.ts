const links = /<a\s+href="([^"]+)"[^>]*>([^<]*)<\/a>|https?:\/\/[^\s<>"'，。；）】]+/g

/** Words with what can be followed set apart: addresses, and WeCom's own `<a href>` in texts. */
export function linkedParts(text: string): { words: string; url?: string }[] {
  const parts: { words: string; url?: string }[] = []
  let from = 0
  for (const match of text.matchAll(links)) {
    if (match.index > from) parts.push({ words: text.slice(from, match.index) })
    parts.push({ words: match[2] ?? match[0], url: match[1] ?? match[0] })
    from = match.index + match[0].length
  }
  if (from < text.length) parts.push({ words: text.slice(from) })
  return parts
}
