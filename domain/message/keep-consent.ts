import type { Work } from '../work.js'

type Told = { contactId: string; personId: string; consent: 'agreed' | 'refused'; at: Date }

/**
 * Whether a customer agreed that the chat with one of ours is archived. The newest word counts, in whatever order they come;
 * who agrees or refuses has spoken with us, so the two know each other.
 */
export async function keepConsent(work: Work, { contactId, personId, consent, at }: Told): Promise<void> {
  const who = { contactId, personId }
  await work.tx.follow.createMany({ data: { ...who, since: at, confirmedAt: work.now }, skipDuplicates: true })
  const { count } = await work.tx.follow.updateMany({
    where: { ...who, OR: [{ consentAt: null }, { consentAt: { lte: at } }] },
    data: { consent, consentAt: at },
  })
  if (count > 0) work.touched.add(`chat:${contactId}`)
}
