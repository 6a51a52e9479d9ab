import type { Host } from '../../host/host.js'

/** What the sidebar shows, by where it was opened: a customer's chat here, or another page. */
export type Where = { kind: 'customer'; externalUserId: string } | { kind: 'page'; to: string }

/**
 * The host is asked for the customer only where it can know one. A client that can't say which (chat_attachment and old
 * versions) isn't an error: the rep then picks from the list.
 */
export async function whereTo(host: Pick<Host, 'entry' | 'currentExternalContact'>): Promise<Where> {
  const entry = await host.entry()
  if (entry === 'group') return { kind: 'page', to: '/group' }
  const externalUserId = entry === 'contact' ? await host.currentExternalContact() : null
  return externalUserId ? { kind: 'customer', externalUserId } : { kind: 'page', to: '/customers' }
}
