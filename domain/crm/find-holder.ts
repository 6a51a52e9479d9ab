import type { Work } from '../work.js'

/** The userid of whoever of ours had that customer when its list was read last. */
export async function findHolder(work: Work, organisation: string, value: string): Promise<string | null> {
  const known = { platform_organisation_value: { platform: 'dingtalk-crm', organisation, value } }
  return (await work.tx.listedContact.findUnique({ where: known, select: { followers: true } }))?.followers[0] ?? null
}
