import { sha256 } from '../../lib/ids.js'
import type { SealedPhone } from '../contact/contact-phones.js'

/** Lists that a platform tells us nothing of, so that somebody has to look. */
export type ListedPlatform = 'dingtalk' | 'dingtalk-crm'

/** One line of DingTalk's external contacts, or of its CRM, phone already sealed. */
export type ListedLine = {
  /** The platform's id. */
  value: string
  name: string
  phone: SealedPhone | null
  company: string | null
  remark: string | null
  /** Userids of ours: whose contact it is, and with whom it is shared. */
  follower: string | null
  sharedWith: string[]
  /** Since when it stands there, where the list says so. */
  at?: Date | null
}

/** Who of ours knows them, whose contact it is first. */
export const followersOf = ({ follower, sharedWith }: Pick<ListedLine, 'follower' | 'sharedWith'>): string[] => [
  ...new Set([...(follower ? [follower] : []), ...sharedWith]),
]

/** The same line again is the same text. Of the phone its keyed hash: what is sealed differs each time. */
export const hashOf = (line: ListedLine): string =>
  sha256(
    JSON.stringify([line.name, line.phone?.hash ?? null, line.company, line.remark, line.follower, [...line.sharedWith].sort()]),
  )
