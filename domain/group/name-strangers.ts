import type { Work } from '../work.js'

/**
 * Who spoke before the platform told who sits there was kept under a name of ours; the group knows what they are called. A
 * guess still: whoever is added later brings their own name.
 */
export async function nameStrangers(work: Work, groupId: string): Promise<void> {
  await work.tx.$executeRaw`
    UPDATE contact SET name = member.name FROM group_member member
    WHERE member.group_id = ${groupId}::uuid AND member.contact_id = contact.id AND member.left_at IS NULL
      AND contact.provisional AND member.name <> '' AND contact.name <> member.name`
}
