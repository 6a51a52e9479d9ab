import { cutChars } from '../cut.js'
import type { Wecom } from './client.js'

const maxCompany = 20

type Remark = {
  userid: string
  externalUserId: string
  /** Left out: stays as it is. Only a WeChat user can have one. */
  company?: string
  /** Left out: stay as they are. Given, they take the place of all that were there. */
  phones?: string[]
}

/**
 * What a member's client shows beside a customer. The remark itself is the member's own: it is never sent from here.
 * https://developer.work.weixin.qq.com/document/path/92115
 */
export async function writeRemark(wecom: Wecom, { userid, externalUserId, company, phones }: Remark): Promise<void> {
  await wecom.call('POST', 'externalcontact/remark', {
    userid,
    external_userid: externalUserId,
    ...(company === undefined ? {} : { remark_company: cutChars(company, maxCompany) }),
    ...(phones === undefined ? {} : { remark_mobiles: phones }),
  })
}
