const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })
const ellipsis = '…'

/** At most `max` characters as a person counts them; what was cut shows as an ellipsis, which counts. */
export function cutChars(text: string, max: number): string {
  // Never fewer units than characters: most texts are short and need no counting.
  if (text.length <= max) return text
  return cutWhere(text, { room: max, last: 1, sizeOf: () => 1 })
}

/** At most `max` bytes of UTF-8, cut between characters: the platform itself would cut one in two. */
export function cutBytes(text: string, max: number): string {
  if (Buffer.byteLength(text) <= max) return text
  return cutWhere(text, { room: max, last: Buffer.byteLength(ellipsis), sizeOf: Buffer.byteLength })
}

/** At most `max` bytes as it stands between the quotes of JSON: where a platform counts the whole message. */
export function cutJson(text: string, max: number): string {
  if (jsonBytes(text) <= max) return text
  return cutWhere(text, { room: max, last: jsonBytes(ellipsis), sizeOf: jsonBytes })
}

const jsonBytes = (text: string) => Buffer.byteLength(JSON.stringify(text)) - 2

function cutWhere(text: string, limit: { room: number; last: number; sizeOf: (character: string) => number }): string {
  let kept = 0
  let used = 0
  let keptWithEllipsis = 0
  for (const { segment } of graphemes.segment(text)) {
    used += limit.sizeOf(segment)
    if (used > limit.room) return text.slice(0, keptWithEllipsis).trimEnd() + ellipsis
    kept += segment.length
    if (used <= limit.room - limit.last) keptWithEllipsis = kept
  }
  return text
}
