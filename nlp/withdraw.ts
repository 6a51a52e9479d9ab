import type { Span } from './finding.js'
import { normalize } from './normalize.js'
import type { Proposal, Scene } from './scene.js'

/** What was asked for is taken back. */
const WITHDRAW =
  /(?:还是|就|那就|依|继续)?(?:按|照|用|走|维持|保持|恢复|回到|改回|换回|退回|依)(?:着|成|到|为)?(?:原来|之前|原先|最开始|最初|老|原|以前|原有|上次|先前|一开始|原本|合同(?!流程|模板|签)|原计划|原方案|老样子)(?:的|那个|说的|定的|谈的|方案|计划|订单|数量|交期|时间|样子|版本|价|数)*(?:来|走|办|做|执行|不变|吧|好了|就行)?|(?<=^|[，,。\s]|都|就|还是|全部?|一切|先|不变)照旧(?!是)|照原样|(?:算了|那算了).{0,6}(?:不改|不加|不换|别改|不变|不动|不减|按原|原来)|(?:先|暂时|就|那就|还是|又|都)?(?:不改了|不加了|不换了|不减了|不变了|不调了|不提前了|不推迟了|不延了|不缓了|不拖了|不追加了|别改了|别加了|别换了|不用改了|不用加了|不用换了|不用调了|不用提前了|不用动了)|不(?:改|加|换|减|提前|推迟)[^，,。吗?？]{1,5}了(?=$|[，,。！吧])|当我没(?:说|提)|(?:刚才|刚刚|之前|上面|前面|昨天)(?:说的|那个|的|改的|提的).{0,8}(?:作废|不算|取消|算了|撤回|收回|忽略|别管|不作数|当没说)|(?:撤回|收回|取消)(?:刚才|上面|之前|这个|那个|前面|上次)?(?:的)?(?:修改|变更|改动|要求|调整|说法)|改回(?:去|来|原)|不折腾了|维持(?:不变|原样|现状|原)|还是(?:原来|之前|老)的(?:吧|好|算了|方案|数量|时间)?/

/** The whole order is taken back. */
const CANCEL =
  /(?:订单|单子|这单|那单|这批货?|那批货?|这个单|合同|项目|采购|货)(?:就|先|都|全部|我们?|给我|帮我|麻烦|[一-龥]{2,4}(?=不|取|退|撤))*(?:取消|不要了|不做了|不订了|退了|撤了|作废|撤销|停掉|不采购了)|(?:取消|撤销|退掉|退了|撤掉|作废)(?:掉|了)?(?:这个|那个|这|那|本|整个|我的|上次的|刚才的|刚下的)?(?:订单|单子|单|采购|预约|预订|合同)|(?:整[单批]|全部|都)(?:先)?(?:不要了|取消|退掉)|(?:我要|我想|帮我|给我|替我|申请|麻烦|直接|想)(?:把|给)?.{0,6}?(?:退货|退款|退掉|退了|退订|取消(?!.{0,4}(?:功能|那个|这个)))|^(?:那|算了|我们?|这个|先|就|还是|都|也|暂时|[，,\s])*(?:不想要了|不买了|不订了|不做了|不租了|不要了)[。！!吧啊]?$/

/** Words that look like taking back and ask or refuse instead. */
const NOT_WITHDRAW =
  /再(?:来|订|要|发|下)|怎么退|能退|可以退|(?:别的|其他|其它|其余|剩下的?|数量|价格|交期|规格|型号|时间|账期|付款).{0,3}(?:照旧|照常|不变|按原来|还是原来|维持)|能不能(?:按|照)|可以(?:按|照).*(?:吗|不)|怎么|为什么|多少|价格?(?:还是)?(?:按|照)|老价|原价|付款|规矩|老规矩|发票|地址(?:还是)?|老地方|收货/

/** What the conversation has proposed so far, newest first, without what the deal says anyway. Read only when needed. */
export type Earlier = () => Proposal[]

/** Nothing stands beside the deal any more, so there is no slot. */
export type TakenBack = { score: number; spans: Span[] }

/** `spoken`: the customer has spoken before in this talk. */
type Before = {
  earlier: Earlier
  wishes: () => Proposal[]
  spoken: boolean /** The goods that the message names. */
  named: string[]
}

/** Says outright that an earlier wish, or the whole order, no longer holds. `null` where new wishes stand beside it. */
export function readTakenBack(raw: string, open: boolean, { earlier, wishes, spoken, named }: Before): TakenBack | null {
  const text = normalize(raw)
  const cancel = CANCEL.exec(text)
  const back = cancel ?? WITHDRAW.exec(text)
  const plainly =
    /还是(?:按|照|走|用)(?:原来|之前|合同|原先|老)/.test(text) && (earlier().length > 0 || /商量|问过|考虑/.test(text))
  if (!back || (!plainly && NOT_WITHDRAW.test(text)) || /[?？]|吗/.test(text.slice(back.index))) return null
  const from = back.index
  const to = from + back[0].length
  if (!cancel && KEEPS.test(text) && !earlier().some((p) => namesSame(text, p))) return null
  // 「活动柜就不加了」: of what nobody had asked to add.
  if (!cancel && named.length > 0 && earlier().length > 0 && !earlier().some((p) => named.includes(p.item ?? ''))) return null
  if (!cancel && wishes().some((p) => p.to <= from || p.from >= to)) return null
  // Where the talk has brought nothing up, 「照旧」 only says that all is well.
  const known = cancel !== null || earlier().length > 0
  return { score: known ? 0.93 : spoken ? 0.4 : open ? 0.78 : 0.6, spans: [{ from, to, field: 'other' }] }
}

/** 「螺母维持原来的」: what nobody had asked to change is kept. */
const KEEPS = /维持|不变|保持/
const namesSame = (text: string, p: Proposal): boolean =>
  /^(?:那|就|还是|都|先|算了|维持|保持|按|照)*(?:维持|不变|保持|原)/.test(text) ||
  (p.item !== null && text.includes(p.item.slice(-2)))

const squeeze = (words: string) => words.replace(/\s/g, '')

/** As a number of its own: 80 is not in 1280. */
const names = (text: string, value: string): boolean => {
  const at = text.indexOf(value)
  return at >= 0 && !(/^\d/.test(value) && (/[\d.]/.test(text.charAt(at - 1)) || /\d/.test(text.charAt(at + value.length))))
}

/** 「还是200套吧」 after 「加到300套」: the deal's own value, named again to take the other back. */
export function returnsTo(scene: Scene, proposals: Proposal[], earlier: Earlier): boolean {
  const own = squeeze(scene.text.slice(scene.offset))
  if (
    /(?:^.{0,14}(?:还是|改回)|^.{0,6}(?:那就|就|要回)|不够.{0,3}[按得要])/.test(own) &&
    own.length <= 24 &&
    !/[?？]|吗/.test(own)
  ) {
    // 「止回阀还是DN50」 after talk of the other valves.
    const goods = scene.mentions().flatMap((m) => (m.from >= scene.offset && m.by === 'name' ? [m.item.name] : []))
    const named = earlier().filter(
      (p) =>
        (goods.length === 0 || p.item === null || goods.includes(p.item)) &&
        p.before !== null &&
        names(own, squeeze(p.before).replace(/^(\d[\d.]*)[^\d/.-].*$/, '$1')),
    )
    if (named.length > 0) return true
  }
  const same = proposals.filter((p) => p.same && /还是|就|那|算了|改回|只要/.test(p.clause.text) && p.clause.mood !== 'ask')
  return same.length > 0 && earlier().some((p) => same.some((n) => n.field === p.field && n.item === p.item))
}
