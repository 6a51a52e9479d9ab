import { addContactWay } from '../../channels/wecom/contact-way.js'
import { tellWays } from '../../domain/contact-way/tell-ways.js'
import { defineEffect, done, skip } from '../define.js'
import { getMember } from '../find-member.js'

/**
 * Makes a code that customers scan (official page 92228). Died in between: made once more. The first is then a code that nobody
 * ever saw; both would name the same channel.
 */
export default defineEffect({
  name: 'add-contact-way',
  ifUnknown: 'repeat',
  async run({ db, wecom }, { wayId }) {
    const way = await db.contactWay.findUniqueOrThrow({ where: { id: wayId } })
    if (way.configId) return skip('was made before')
    const userids = await Promise.all(way.personIds.map((personId) => getMember(db, personId)))
    return done(await addContactWay(wecom, { userids, state: way.state, remark: way.label }))
  },
  async keep(work, { wayId }, { configId, qrCode }) {
    await work.tx.contactWay.updateMany({ where: { id: wayId, configId: null }, data: { configId, qrCode } })
    tellWays(work)
  },
})
