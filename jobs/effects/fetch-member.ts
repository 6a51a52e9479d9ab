import { getMember as fetchMember } from '../../channels/wecom/member.js'
import { defineEffect, done } from '../define.js'
import { getMember } from '../find-member.js'

/** A colleague's name (user/get, official page 90196). Reading twice is harmless. */
export default defineEffect({
  name: 'fetch-member',
  ifUnknown: 'repeat',
  async run({ db, wecom }, { personId }) {
    const { name } = await fetchMember(wecom, await getMember(db, personId))
    return done({ name })
  },
  async keep(work, { personId }, { name }) {
    if (name) await work.tx.person.update({ where: { id: personId }, data: { name } })
  },
})
