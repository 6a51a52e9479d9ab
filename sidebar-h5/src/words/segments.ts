import type { EvidenceSpan } from '../../../domain/message/message.contract.js'

export type Segment = { text: string; found: boolean }

/** Cuts a message where something was found in it. Spans may overlap, lie outside, or stand in any order; no letter is lost. */
export function splitBySpans(text: string, spans: EvidenceSpan[]): Segment[] {
  const marked = spans
    .map(({ from, to }) => ({ from: Math.max(0, from), to: Math.min(text.length, to) }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from)
  const segments: Segment[] = []
  let at = 0
  for (const { from, to } of marked) {
    if (from > at) segments.push({ text: text.slice(at, from), found: false })
    const start = Math.max(from, at)
    const last = segments[segments.length - 1]
    if (start >= to) continue
    if (last?.found && start === at) last.text += text.slice(start, to)
    else segments.push({ text: text.slice(start, to), found: true })
    at = to
  }
  if (at < text.length) segments.push({ text: text.slice(at), found: false })
  return segments
}
