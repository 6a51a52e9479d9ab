import type { Work } from '../work.js'

/** Open pages of the chat, or of the group, look again. */
export function tellChat(work: Work, { contactId, groupId }: { contactId: string; groupId?: string | null }): void {
  work.touched.add(`chat:${contactId}`)
  if (groupId) work.touched.add(`group:${groupId}`)
}
