import { markAsked } from '../requirement/mark-asked.js'
import type { Work } from '../work.js'
import { touchReminders } from './pass-on.js'
import { CODE_LIFE_MS } from './press.js'
import { NAMELESS, recallCopies } from './recall-copies.js'
import { followUp } from './redraw-card.js'

/** A copy that the chat platform took: its message id, the code that buys one change, the version that it showed. */
export type SentCopy = { copyId: string; messageId: string | null; code: string | null; version: number; trace: string }

type Row = {
  id: string
  card_id: string
  person_id: string
  platform: string
  handle: string
  code: string | null
  version: number
}

/** Cards leave by the hundred at a morning's minute: a few statements for all of them. */
export async function noteSent(work: Work, sent: SentCopy[]): Promise<void> {
  if (sent.length === 0) return
  const codeUntil = new Date(work.now.getTime() + CODE_LIFE_MS)
  // A click may have come before this commit and brought a fresher code: that one stays, and the moment by which it was there.
  const rows = await work.tx.$queryRaw<Row[]>`
    UPDATE card_copy c SET handle = v.handle, code = coalesce(c.code, v.code),
      code_until = CASE WHEN c.code IS NOT NULL THEN c.code_until WHEN v.code IS NOT NULL THEN ${codeUntil}::timestamptz END,
      shown = greatest(c.shown, v.version), state = 'submitted', reason = NULL,
      state_at = CASE WHEN c.state = 'submitted' THEN c.state_at ELSE ${work.now}::timestamptz END
    FROM unnest(${sent.map((one) => one.copyId)}::uuid[], ${sent.map((one) => one.messageId ?? NAMELESS)}::text[],
      ${sent.map((one) => one.code)}::text[], ${sent.map((one) => one.version)}::int[]) AS v(id, handle, code, version)
    WHERE c.id = v.id RETURNING c.id, c.card_id, c.person_id, c.platform, c.handle, c.code, v.version`
  const traces = new Map(sent.map((one) => [one.copyId, one.trace]))
  const of = (row: Row) => ({ ...work, trace: traces.get(row.id) ?? work.trace })
  const kinds = await kindsOf(work, rows)
  for (const row of rows) await markAsked(of(row), { id: row.card_id, kind: kinds.get(row.card_id) ?? '' })
  await touchReminders(
    work,
    rows.map((row) => row.card_id),
  )
  const latest = await holdVersions(work, rows)
  for (const row of rows) {
    // It changed while it was on its way.
    const version = latest.get(row.card_id) ?? row.version
    if (version === row.version) continue
    await followUp(of(row), { ...row, personId: row.person_id }, version)
    // Nothing can change a text: it goes again if it was not meant, which is judged then.
    if (row.code === null) await recallCopies(of(row), row.card_id)
  }
}

async function kindsOf(work: Work, rows: Row[]): Promise<Map<string, string>> {
  const where = { id: { in: rows.map((row) => row.card_id) } }
  const cards = await work.tx.card.findMany({ where, select: { id: true, kind: true } })
  return new Map(cards.map(({ id, kind }) => [id, kind]))
}

/**
 * Whoever changes a card follows the copies that were sent, and here the cards that were changed are followed: at the same
 * moment neither would see the other, so the card is held. Last of all: who changes one holds its question or reminder by then.
 */
async function holdVersions(work: Work, rows: Row[]): Promise<Map<string, number>> {
  const cards = await work.tx.$queryRaw<{ id: string; version: number }[]>`
    SELECT id, version FROM card WHERE id = ANY(${rows.map((row) => row.card_id)}::uuid[]) ORDER BY id FOR SHARE`
  return new Map(cards.map(({ id, version }) => [id, version]))
}
