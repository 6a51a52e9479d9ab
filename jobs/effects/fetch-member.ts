import { getMember as fetchMember } from '../../channels/wecom/member.js'
import { placeOne } from '../../domain/directory/place-one.js'
import { defineEffect, done } from '../define.js'
import { getMember } from '../find-member.js'

/** A colleague's name, and where the directory has them (user/get, official page 90196). Reading twice is harmless. */
export default defineEffect({
  name: 'fetch-member',
  ifUnknown: 'repeat',
  async run({ db, wecom }, { personId }) {
    const { name, department, above } = await fetchMember(wecom, await getMember(db, personId))
    return done({ name, department, above, organisation: wecom.settings.corpId })
  },
  async keep(work, { personId }, { name, ...where }) {
    // First: it waits for every other placing before it takes any person, as they do.
    await placeOne(work, personId, where)
    if (name) await work.tx.person.update({ where: { id: personId }, data: { name } })
  },
})
