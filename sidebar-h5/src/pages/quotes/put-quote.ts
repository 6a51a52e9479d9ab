import type { QuoteView } from '../../../../domain/quote/quote.contract.js'
import { getStoryOf } from '../../api.js'
import { Failed } from '../../failed.js'
import type { Host } from '../../host/host.js'
import { getGroup } from '../group/group-api.js'
import { getLink, noteGiven } from './quotes-api.js'

/** Who stands beside the page: a customer's chat, or a group with one. */
export type Beside = { customerId: string | null; contactId: string | null; name: string }

export async function findBeside(host: Host): Promise<Beside | null> {
  const entry = await host.entry()
  if (entry === 'group') {
    const chatId = await host.currentChat()
    const group = chatId ? await getGroup(chatId) : null
    return group && { customerId: group.customer?.id ?? null, contactId: null, name: group.name }
  }
  const externalUserId = entry === 'contact' ? await host.currentExternalContact() : null
  if (!externalUserId) return null
  const story = await getStoryOf(externalUserId)
  return { customerId: story.customer?.id ?? null, contactId: story.contact.id, name: story.contact.name }
}

export const isOf = (beside: Beside, quote: Pick<QuoteView, 'customer' | 'contact'>): boolean =>
  beside.customerId === quote.customer.id || (beside.contactId !== null && beside.contactId === quote.contact?.id)

/**
 * The card of a version goes into the chat beside the page. Whose chat that is is asked at this moment: a price must not reach
 * another customer because the rep had switched chats meanwhile.
 */
export async function putIntoChat(host: Host, quote: QuoteView, version: number): Promise<void> {
  if (!host.putNewsIntoChat) throw new Failed('refused', '这里没有聊天，先复制链接')
  const beside = await findBeside(host)
  if (!beside) throw new Failed('refused', '旁边没有打开客户的聊天，先复制链接')
  if (!isOf(beside, quote)) {
    throw new Failed('refused', `旁边是和${beside.name}的聊天，不是${quote.customer.name}的，没有放进去`)
  }
  const { url, imageUrl, title, desc } = await getLink(quote.id, version)
  await host.putNewsIntoChat({ link: url, title, desc, imgUrl: imageUrl })
}

/** It went out and then not into the chat: why stands on the quote's page, beside the other ways to the customer. */
let notPut: { quoteId: string; words: string } | null = null
export function tellNotPut(quoteId: string, words: string): void {
  notPut = { quoteId, words }
}
export function takeNotPut(quoteId: string): string | null {
  if (notPut?.quoteId !== quoteId) return null
  const { words } = notPut
  notPut = null
  return words
}

/** That it stands in the chat matters more than our note of it: a second try, and then the page says so. */
export async function noteTwice(id: string, version: number, how: 'chat' | 'copy' | 'qr' | 'pdf'): Promise<boolean> {
  for (let tries = 0; tries < 2; tries++) {
    if (
      await noteGiven(id, version, how).then(
        () => true,
        () => false,
      )
    )
      return true
  }
  return false
}
