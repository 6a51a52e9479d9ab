import type { Work } from '../work.js'
import type { KnownGroup } from './open-group.js'

/** The group behind a platform's id, if anybody has met it. */
export const findGroup = (work: Pick<Work, 'tx'>, known: KnownGroup): Promise<{ id: string } | null> =>
  work.tx.group.findUnique({ where: { platform_organisation_chatId: known }, select: { id: true } })
