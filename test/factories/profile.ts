import type { FollowProfile, Profile } from '../../domain/follow/profile.js'
import { organisation } from './cast.js'
import { NOW } from './work.js'

/** What the platform tells of a customer whom these members have, all of it history unless `edge` says otherwise. */
export function told(
  parts: Partial<Profile>,
  followers: (string | (Partial<FollowProfile> & { userid: string }))[],
  edge: Date | null = null,
) {
  const follows = followers.map((one) => ({
    remark: '',
    company: '',
    phones: [],
    since: NOW,
    addWay: 1,
    state: '',
    tags: [],
    ...(typeof one === 'string' ? { userid: one } : one),
  }))
  const who = { externalUserId: 'wmNew', name: '新客户', avatar: null, kind: 'wechat' as const, company: null, unionId: null }
  return { organisation, profile: { ...who, ...parts, follows }, edge: async () => edge }
}
