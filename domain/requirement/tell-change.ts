import type { Work } from '../work.js'

/** Every page on which this change can be seen refetches after the commit. */
export function tellChange(
  work: Work,
  change: { id: string; requirementId: string; contactId: string },
  askIds: string[] = [],
): void {
  work.touched.add(`chat:${change.contactId}`)
  work.touched.add(`requirement:${change.requirementId}`)
  for (const id of askIds) work.touched.add(`ask:${id}`)
}
