import type { Rig } from '../rig/rig.js'
import type { Traffic } from './traffic.js'

const UNDO_OVER_MS = 11_000
const PATIENCE = { ms: 100_000, every: 150 }

/** Undo is over, and nothing is owed by anybody. */
export async function comeToRest(rig: Rig, traffic: Traffic): Promise<void> {
  await rig.waitFor(async () => {
    await rig.standin.clearFaults()
    return rig.standin.advanceClock(UNDO_OVER_MS)
  }, PATIENCE)
  await rest(rig, traffic)
}

/** The same, and every question has its answer. */
export async function settle(rig: Rig, traffic: Traffic): Promise<void> {
  await comeToRest(rig, traffic)
  for (let round = 0; round < 5; round++) {
    if (!(await answerAll(rig, traffic))) return
    await rest(rig, traffic)
  }
  throw new Error('questions go on being asked')
}

/** Nothing under way: no callback owed, nothing unread in the archive, no open row that could be done now. */
export async function rest(rig: Rig, traffic: Traffic): Promise<void> {
  for (const chat of traffic.chats) await traffic.openChat(chat) // which also rings for the archive
  let calm = 0
  await rig.waitFor(
    async () => {
      const owed = await owing(rig)
      calm = owed === '' ? calm + 1 : 0
      if (owed) throw new Error(owed)
      return calm >= 3
    },
    { ...PATIENCE, what: `everything to come to rest` },
  )
}

/** What is still to come, in words. */
export async function owing(rig: Rig): Promise<string> {
  const { db } = rig
  const [callbacks, state, inbox, outbox, cursor] = await Promise.all([
    rig.standin.callbacks(),
    rig.standin.state(),
    db.inbox.count({ where: { state: 'open' } }),
    // A number on a tile follows within its minute and is never counted as said; an operator is asked again a minute later.
    db.outbox.findMany({
      where: { state: 'open', kind: { notIn: ['set-badge', 'fetch-sms-report'] } },
      select: { kind: true, attempts: true, reason: true },
    }),
    db.archiveCursor.findUnique({ where: { source: 'wecom' } }),
  ])
  const open = callbacks.filter((callback) => callback.outcome === 'open').length
  const behind = state.archive.records - Number(cursor?.seq ?? 0)
  return [
    open && `${open} callbacks`,
    behind && `${behind} archive records`,
    inbox && `${inbox} inbox rows`,
    outbox.length && `${outbox.length} outbox rows ${JSON.stringify(outbox[0])}`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** Whoever was asked and has not answered does so on the page. True when somebody had to. */
async function answerAll(rig: Rig, traffic: Traffic): Promise<boolean> {
  const asks = await rig.db.ask.findMany({
    where: { answeredAt: null, closedAt: null },
    include: { person: { include: { identities: true } } },
  })
  for (const ask of asks) {
    const userid = ask.person.identities.find((identity) => identity.kind === 'member')?.value ?? ''
    const action = ask.purpose === 'confirm' ? 'confirm-conditional' : 'assess-no-impact'
    await traffic.client(userid).insist('POST', `/api/asks/${ask.id}/actions/${action}`, { note: '分两批' })
  }
  return asks.length > 0
}
