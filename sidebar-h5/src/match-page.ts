/** `/chat/:contactId` against `/chat/019…`: what stands in the holes, or null. Broken escapes match nothing. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const holes = pattern.split('/')
  const parts = path.split('/')
  if (holes.length !== parts.length) return null
  const params: Record<string, string> = {}
  for (const [i, hole] of holes.entries()) {
    const part = parts[i] ?? ''
    if (!hole.startsWith(':')) {
      if (hole !== part) return null
      continue
    }
    const value = decode(part)
    if (!value) return null
    params[hole.slice(1)] = value
  }
  return params
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}
