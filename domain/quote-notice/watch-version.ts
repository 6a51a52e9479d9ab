import { findPolicy } from '../reminders/policy.js'
import { settleReminder } from '../reminders/settle-reminder.js'
import { startReminder } from '../reminders/start-reminder.js'
import type { Work } from '../work.js'
import { expiringAt } from './expiring-at.js'
import { expiringOf, unopenedOf } from './notice-kinds.js'

/** A version was sent: that it ends is told before it does, of the versions before it nothing more. Told twice is told once. */
export async function watchVersion(work: Work, versionId: string): Promise<void> {
  const { quote, ...version } = await work.tx.quoteVersion.findUniqueOrThrow({
    where: { id: versionId },
    include: { quote: true },
  })
  const earlier = await work.tx.quoteVersion.findMany({
    where: { quoteId: quote.id, version: { lt: version.version } },
    select: { id: true },
  })
  for (const { id } of earlier) await stop(work, id, 'replaced')
  const { ownerId: personId, customerId } = quote
  const targetAt = expiringAt(version, (await findPolicy(work.tx)).calm)
  await startReminder(work, { ...expiringOf(versionId), personId, customerId, at: work.now, targetAt })
}

/** A version was sent: somebody should open it, and may have to be given it first. Told twice is told once. */
export async function watchUnopened(work: Work, versionId: string): Promise<void> {
  const version = await work.tx.quoteVersion.findUniqueOrThrow({ where: { id: versionId }, include: { quote: true } })
  if (version.openedAt || version.withdrawnAt) return
  const { ownerId: personId, customerId } = version.quote
  const known = await work.tx.reminder.count({ where: unopenedOf(versionId) })
  if (known > 0) return
  await startReminder(work, { ...unopenedOf(versionId), personId, customerId, at: work.now })
}

/** Accepted, declined, withdrawn: nothing of this quote is waited for. */
export async function stopWatchingQuote(work: Work, { quoteId, by }: { quoteId: string; by: string }): Promise<void> {
  const versions = await work.tx.quoteVersion.findMany({ where: { quoteId }, select: { id: true } })
  for (const { id } of versions) await stop(work, id, by)
}

async function stop(work: Work, versionId: string, by: string): Promise<void> {
  await settleReminder(work, { ...unopenedOf(versionId), by })
  await settleReminder(work, { ...expiringOf(versionId), by })
}
