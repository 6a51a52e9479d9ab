import { ChannelError } from '../../channels/channel-error.js'
import { getUser, outOfRange } from '../../channels/dingtalk/user.js'
import { getMember } from '../../channels/wecom/member.js'
import { keepUsers } from '../../domain/directory/keep-users.js'
import { placeOne } from '../../domain/directory/place-one.js'
import { GiveUp } from '../../lib/errors.js'
import { type Done, defineEffect, done, type EffectDeps } from '../define.js'
import { sealUser } from '../seal-user.js'

type InWecom = { name: string; department: number | null; above: string | null; organisation: string }
type InDingtalk = { organisation: string; user: ReturnType<typeof sealUser> }

/**
 * A colleague's name, and where the directory has them, wherever they have an account: user/get of WeCom (official page 90196),
 * topapi/v2/user/get of DingTalk (query-user-details). Reading twice is harmless.
 */
export default defineEffect({
  name: 'fetch-member',
  ifUnknown: 'repeat',
  async run(deps, { personId }): Promise<Done<{ wecom: InWecom[]; dingtalk: InDingtalk[] }>> {
    const identities = await deps.db.identity.findMany({
      where: { personId, kind: 'member', person: { leftAt: null } },
      select: { platform: true, value: true },
      orderBy: { id: 'asc' },
    })
    if (identities.length === 0) throw new GiveUp('没有企业微信或钉钉账号，或已离职')
    const told = { wecom: [] as InWecom[], dingtalk: [] as InDingtalk[] }
    for (const { platform, value } of identities) {
      if (platform === 'wecom' && deps.channels.wecom) told.wecom.push(await fromWecom(deps, value))
      if (platform === 'dingtalk') told.dingtalk.push(...(await fromDingtalk(deps, value)))
    }
    // Names and numbers stay out of the row.
    return done({ ...told, toJSON: () => ({ wecom: told.wecom.length, dingtalk: told.dingtalk.length }) })
  },
  async keep(work, { personId }, { wecom, dingtalk }) {
    for (const { name, ...where } of wecom) {
      // First: it waits for every other placing before it takes any person, as they do.
      await placeOne(work, personId, where)
      if (name) await work.tx.person.update({ where: { id: personId }, data: { name } })
    }
    for (const { organisation, user } of dingtalk) await keepUsers(work, { organisation, users: [user], leaders: [] })
  },
})

async function fromWecom({ wecom }: EffectDeps, userid: string): Promise<InWecom> {
  const { name, department, above } = await getMember(wecom, userid)
  return { name, department, above, organisation: wecom.settings.corpId }
}

/** Who is no more there, or out of the app's range, says nothing; whether they have left is another question. */
async function fromDingtalk({ dingtalk, outlets }: EffectDeps, userid: string): Promise<InDingtalk[]> {
  if (!dingtalk) return []
  const user = await getUser(dingtalk, userid).catch((error) => {
    if (error instanceof ChannelError && outOfRange.includes(error.code)) return null
    throw error
  })
  return user ? [{ organisation: dingtalk.settings.corpId, user: sealUser(outlets.points, user) }] : []
}
