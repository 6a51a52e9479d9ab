import * as z from 'zod'
import { cutChars } from '../cut.js'
import type { Wecom } from './client.js'

const answer = z.object({ config_id: z.string().min(1), qr_code: z.string().default('') })
const maxRemark = 30

/**
 * A code that customers scan to add one of these members. Whoever comes by it carries `state` (at most 30 characters) in the
 * event and in the profile. https://developer.work.weixin.qq.com/document/path/92228
 */
export async function addContactWay(
  wecom: Wecom,
  { userids, state, remark }: { userids: string[]; state: string; remark: string },
): Promise<{ configId: string; qrCode: string }> {
  const made = answer.parse(
    await wecom.call('POST', 'externalcontact/add_contact_way', {
      type: userids.length > 1 ? 2 : 1,
      scene: 2,
      remark: cutChars(remark, maxRemark),
      skip_verify: true,
      state,
      user: userids,
    }),
  )
  return { configId: made.config_id, qrCode: made.qr_code }
}
