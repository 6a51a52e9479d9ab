import { verifyChain } from '../../domain/audit/verify.js'
import type { Rig } from '../rig/rig.js'
import type { StandinCall } from '../rig/standin-client.js'
import type { Ledger } from './traffic.js'

export type Books = {
  /** What was counted, for a table. */
  counted: Record<string, number>
  /** In words, each thing that is not as it must be. Empty: the promise was kept. */
  wrong: string[]
}

/**
 * Everything that happened, counted at both ends: what the platform's journal says it told and was told, and what the
 * rows say was heard and done. Called when everything has come to rest and every question has its answer.
 */
export async function closeBooks(rig: Rig, ledger: Ledger): Promise<Books> {
  const wrong: string[] = []
  const must = (holds: boolean, words: string) => {
    if (!holds) wrong.push(words)
  }
  const counted = {
    ...(await countHeard(rig, must)),
    ...(await countChats(rig, must)),
    ...(await countAsks(rig, must)),
    ...(await countSaid(rig, must)),
  }
  const chain = await verifyChain(rig.db)
  must(chain.ok, `the audit chain is broken: ${JSON.stringify(chain)}`)
  const changes = await rig.db.requirementChange.findMany({ select: { id: true, undoneAt: true } })
  for (const { changeId, undone } of ledger.captures) {
    const change = changes.find((one) => one.id === changeId)
    must(change !== undefined, `change ${changeId} was confirmed to the rep and is not there`)
    must(
      undone === (change?.undoneAt != null),
      `change ${changeId}: the rep was told ${undone ? 'undone' : 'kept'}, the row says otherwise`,
    )
  }
  must(changes.length === ledger.captures.length, `${ledger.captures.length} captures made ${changes.length} changes`)
  wrong.push(...ledger.broken)
  return {
    counted: { ...counted, captures: ledger.captures.length, undone: ledger.captures.filter((c) => c.undone).length },
    wrong,
  }
}

type Must = (holds: boolean, words: string) => void

/** Every callback that got its 200 is one row, done; whatever it says is there once however often it came. */
async function countHeard(rig: Rig, must: Must) {
  const callbacks = await rig.standin.callbacks()
  const rows = await rig.db.inbox.findMany({ where: { source: 'wecom' }, select: { body: true, state: true, reason: true } })
  const bodies = count(rows.map((row) => row.body))
  for (const { id, event, xml, outcome } of callbacks) {
    const stored = bodies.get(xml) ?? 0
    must(outcome !== 'open', `callback ${id} ${event} is still owed`)
    must(
      stored === 1 || (outcome === 'undelivered' && stored === 0),
      `callback ${id} ${event} (${outcome}) is stored ${stored} times`,
    )
  }
  const told = new Set(callbacks.map((callback) => callback.xml))
  must(
    rows.every((row) => told.has(row.body)),
    'there is an inbox row that nobody sent',
  )
  const all = await rig.db.inbox.groupBy({ by: ['state'], _count: true })
  for (const { state, _count } of all) must(state === 'done', `${_count} inbox rows are ${state}`)
  return {
    callbacks: callbacks.length,
    deliveries: callbacks.reduce((sum, callback) => sum + callback.attempts.length, 0),
    undelivered: callbacks.filter((callback) => callback.outcome === 'undelivered').length,
  }
}

/** Every message that the archive heard is one row, and the cursor stands at the newest. */
async function countChats(rig: Rig, must: Must) {
  const { chats, archive } = await rig.standin.state()
  const said = chats.flatMap((chat) => chat.messages)
  // What is said in groups is not of these chats.
  const rows = await rig.db.message.findMany({ where: { source: 'archive', groupId: null }, select: { sourceKey: true } })
  const keys = count(rows.map((row) => row.sourceKey))
  for (const { id } of said) must(keys.get(`wecom:${id}`) === 1, `message ${id} is stored ${keys.get(`wecom:${id}`) ?? 0} times`)
  must(rows.length === said.length, `${said.length} messages were said, ${rows.length} are stored`)
  const records = await rig.db.inbox.count({ where: { source: 'wecom-archive' } })
  const cursor = await rig.db.archiveCursor.findUnique({ where: { source: 'wecom' } })
  must(records === archive.records, `the archive has ${archive.records} records, the inbox ${records}`)
  must(Number(cursor?.seq ?? 0) === archive.records, `the cursor stands at ${cursor?.seq} of ${archive.records}`)
  return { messages: said.length }
}

/** Every question of a change that stands has one answer, told once in the audit; of an undone one nobody was asked. */
async function countAsks(rig: Rig, must: Must) {
  const asks = await rig.db.ask.findMany({ include: { change: true, card: { include: { copies: true } } } })
  const audit = count(
    (await rig.db.auditEntry.findMany({ where: { verb: { startsWith: 'ask-' } } })).map((entry) => entry.subject),
  )
  const sent = await sentCards(rig)
  for (const ask of asks) {
    const answers = audit.get(`ask:${ask.id}`) ?? 0
    const gone = ask.change.undoneAt !== null || ask.closedAt !== null
    must(answers === (gone ? 0 : 1), `ask ${ask.id} has ${answers} answers in the audit${gone ? ' and was closed' : ''}`)
    must((ask.verdict !== null) === (answers === 1), `ask ${ask.id}: verdict ${ask.verdict}, ${answers} answers`)
    if (ask.change.undoneAt === null) continue
    for (const copy of ask.card.copies) must(!sent.has(copy.id), `somebody was told of change ${ask.changeId}, which was undone`)
  }
  return { asks: asks.length, answers: asks.filter((ask) => ask.verdict !== null).length }
}

/** Everything that was to be said was said; on the phone once, whatever the wire saw. */
async function countSaid(rig: Rig, must: Must) {
  const rows = await rig.db.outbox.findMany({ where: { kind: { not: 'set-badge' } }, orderBy: { id: 'asc' } })
  for (const row of rows)
    must(['done', 'withdrawn'].includes(row.state), `outbox ${row.id} ${row.kind} is ${row.state}: ${row.reason}`)
  const copies = await rig.db.cardCopy.findMany({ select: { id: true, handle: true } })
  const sent = await sentCards(rig)
  for (const { id, handle } of copies) {
    const shown = sent.get(id) ?? 0
    must(shown <= 1, `card ${id} was shown ${shown} times`)
    must(
      (handle !== null) === (shown === 1),
      `card ${id}: the row says ${handle ? 'sent' : 'not sent'}, it was shown ${shown} times`,
    )
  }
  const texts = rows.filter((row) => row.kind === 'send-text' && row.state === 'done')
  const said = (await shownSends(rig)).filter((body) => body.msgtype === 'text').length
  const unknowns = rows.reduce((sum, row) => sum + row.unknowns, 0)
  const unknownTexts = texts.reduce((sum, row) => sum + row.unknowns, 0)
  must(said >= texts.length, `${texts.length} texts were to be said, ${said} were`)
  must(
    said <= texts.length + unknownTexts,
    `${texts.length} texts were said ${said} times, with ${unknownTexts} unknown outcomes`,
  )
  return { cards: sent.size, texts: texts.length, textsTwice: said - texts.length, unknowns, outbox: rows.length }
}

type Send = { msgtype: string; touser: string; template_card?: { task_id?: string } }

/** What `message/send` accepted and did not know from before: what people saw. */
async function shownSends(rig: Rig): Promise<Send[]> {
  const calls = await rig.standin.calls('/cgi-bin/message/send')
  return calls.filter((call: StandinCall) => call.accepted && !call.deduplicated).map((call) => call.body as Send)
}

export async function sentCards(rig: Rig): Promise<Map<string, number>> {
  return count((await shownSends(rig)).flatMap((body) => body.template_card?.task_id ?? []))
}

function count(list: string[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const one of list) found.set(one, (found.get(one) ?? 0) + 1)
  return found
}
