import { ChannelError } from '../../channels/channel-error.js'
import { listCustomers } from '../../channels/dingtalk/crm.js'
import { keepCustomers } from '../../domain/crm/keep-customers.js'
import { switchOff } from '../../domain/crm/look.js'
import type { ListedLine } from '../../domain/listed-contact/listed-line.js'
import { type Done, defineEffect, done, type Skipped, skip } from '../define.js'
import { sealCustomer } from '../seal-customer.js'

/** Of the codes that want something of an administrator, those that say so of the organisation. */
const NO_RIGHT = /AccessTokenPermissionDenied$|(crmAppNotExisted|appNotExists)$/i
/** This one member may not look at customers; others may. */
const NOT_THEM = /notPermittedAccess$/i

type Read = { organisation: string; lines: ListedLine[]; next: string | null; denied: string | null; toJSON: () => object }

/**
 * One page of what a member sees in 钉钉 CRM (crm/personalCustomers, a paid call). Where the organisation gave us no right to
 * it, it is switched off. Reading twice is harmless.
 */
export default defineEffect({
  name: 'list-dingtalk-customers',
  ifUnknown: 'repeat',
  async run({ dingtalk, outlets }, { operator, kind, cursor }): Promise<Skipped | Done<Read>> {
    if (!dingtalk) return skip('DingTalk is not set up')
    const read = (lines: ListedLine[], next: string | null, denied: string | null): Done<Read> => {
      // People's names and numbers stay out of the row.
      const toJSON = () => ({ customers: lines.length, last: next === null, denied })
      return done({ organisation: dingtalk.settings.corpId, lines, next, denied, toJSON })
    }
    try {
      const { customers, next } = await listCustomers(dingtalk, { operator, cursor, kind })
      return read(
        customers.flatMap((one) => sealCustomer(outlets.phones, one, kind) ?? []),
        next,
        null,
      )
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error
      const code = String(error.code)
      // Not noted as read: once they may, what stands there is history.
      if (NOT_THEM.test(code)) return skip(error.hint)
      if (NO_RIGHT.test(code)) return read([], null, error.hint)
      throw error
    }
  },
  keep: (work, page, { denied, ...found }) => (denied ? switchOff(work, denied) : keepCustomers(work, page, found)),
})
