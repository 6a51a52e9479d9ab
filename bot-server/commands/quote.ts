import { dropOffer } from '../../domain/bot/offer.js'
import type { Role } from '../../domain/person/person.contract.js'
import { checkDraft } from '../../domain/quote/check-draft.js'
import { draftOrder } from '../../domain/quote/draft-order.js'
import { listQuotes } from '../../domain/quote/list-quotes.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { readOrder } from '../../nlp/order.js'
import { defineCommand } from '../define.js'
import { findGoods, offerGoods, readKept } from '../find-goods.js'
import { sayDraft, sayQuotes } from '../say-draft.js'

/** Who makes quotes: as the route says (api/access.ts, POST /api/quotes). */
const MAKES: Role[] = ['rep', 'lead', 'manager', 'admin']
/** Asked about quotes that are there: no new one. */
const LOOKS = /[吗么没?？]|哪|多少|看看|查|记录|最近|打开|过期|到期|几|撤回|再发|导出|链接|发给|pdf/i
const AGAIN = /上次|上回|老价|原价|照旧|老样子|那份|改一版/

export default defineCommand({
  name: 'quote',
  says: ['报价', '报个价', '做报价', '新报价'],
  help: '写一份报价的草稿，比如「报价 客户名 M8螺丝 200箱 含税」',
  about: 'customer',
  takesRest: true,
  async run(ctx, customer, rest) {
    const { work, actor, say, pageUrl } = ctx
    const order = readKept(rest) ?? readOrder(rest, shanghaiDay(work.now))
    const urlOf = ({ id }: { id: string }) => pageUrl(`/h5/quote/${id}`)
    const hasCount = order.lines.some(({ qty }) => qty !== null)
    const makes = MAKES.some((role) => actor.roles.includes(role))
    if (!makes || (!hasCount && LOOKS.test(rest))) {
      const { quotes } = await listQuotes(work.tx, actor, customer.id)
      return say(sayQuotes(customer.name, quotes, work.now, urlOf))
    }
    const again = !hasCount && AGAIN.test(rest)
    const goods = await findGoods(work.tx, again ? { ...order, lines: [] } : order)
    if ('doubt' in goods) return offerGoods(ctx, customer, { order, doubt: goods.doubt })
    // Answered a second time, a choice would write a second draft.
    await dropOffer(work, actor.personId)
    const last = again ? (await listQuotes(work.tx, actor, customer.id)).quotes[0] : undefined
    const quote = await draftOrder(work, actor, { customerId: customer.id, fromQuoteId: last?.id ?? null, order: goods })
    if (!quote.draft) return say(`报价 ${quote.number} 已经写好了：${urlOf(quote)}`)
    const check = await checkDraft(work.tx, actor, { quoteId: quote.id }, quote.draft, work.now)
    const unread = again ? [] : order.unread
    await say(sayDraft({ quote, draft: quote.draft, check, order: goods, unread, url: pageUrl(`/h5/quote/${quote.id}/edit`) }))
  },
})
