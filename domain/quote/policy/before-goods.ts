import { shareFen } from '../../../lib/format/amount.js'
import type { Instalments } from '../quote.contract.js'

const BEFORE = /预付|预收|定金|订金|首付|下单|签(订|约|合同|字)|(发|出|提)货前|款到|先款|付全款|全款/
const AFTER = /货到|到货|收货|收到货|验收|月结|账期|发货后|出货后|交货后|票到|开票/

/** Paid before the goods leave: no credit is given for it. As people write it; what is not clear counts as credit. */
export const isBeforeGoods = ({ label, when }: Instalments[number]): boolean =>
  BEFORE.test(`${label} ${when}`) && !AFTER.test(`${label} ${when}`)

/** 分 of a total that are paid before the goods leave. */
export const prepaidFen = (totalFen: number, instalments: Instalments): bigint =>
  shareFen(
    BigInt(totalFen),
    instalments.reduce((all, part) => (isBeforeGoods(part) ? all + part.shareBp : all), 0),
  )

/** 付款条件 in words, where no instalments are written: 「款到发货」 is no credit, 「预付三成，余款月结」 is. */
export const isAllBeforeGoods = (payment: string): boolean =>
  /款到发货|先款后货|全款|(发|出|提)货前(全部)?付清/.test(payment) && !AFTER.test(payment)
