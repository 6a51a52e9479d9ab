import chineseDays from 'chinese-days'
import type { Clause } from '../clauses.js'
import { addMonths, type Day, fromDay, makeDay, parseIso, toDay, toIso } from '../entities/calendar.js'
import type { DateEntity, DurationEntity } from '../entities/entity.js'
import { EARLIER_TAIL, LATER_TAIL, SET_TAIL } from '../lexicon.js'
import type { Proposal, Reader, Scene } from '../scene.js'

/** A date of something else than the goods. */
const OTHER_BUSINESS =
  /开会|会议|例会|拜访|见面|碰面|过去(?!发)|过来(?:谈|看|坐|聊|一趟)|去(?:你|您|贵|厂|公司|现场|看|出差|开)|付款|打款|汇款|结款|回款|付清|付尾款|结账|给钱|打钱|转账|开票|寄票|签(?!收)|回复|答复|回话|答覆|给(?:你|您)(?:信|消息|答|回|电|打|准|确|报|发|一个)|联系|聊|汇报|上会|审批|批下来|批复|出差|放假|休息|上班|回来|评审|投标|开标|面谈|视频会|电话会|打电话|体检|考察|参观|盘点|报价|寄合同|发合同|再看|再说|请假|生日|结婚|展会|年会|考试|开学|打烊|关门|涨价|退休|有空|在不在|在公司|忙|报销|走流程|走账|对账|付(?:了|掉|一|全|尾|首|预)/
const DELIVERY_WORD =
  /交期|交货|交付|到货|发货|送货|货期|工期|供货|出货|提货|收货|送到|发到|运到|寄到|发出|送来|送过来|发过来|拉走|要货|送|发(?!票|现|给你)|到(?!底|时候|时|位了|你|公司|现场看)|收到|取|提(?!前|到|了|出)|要(?!是|不|么|去|来|开)|用(?!不|的)|装|手术|开工|进场|开业|上线|完工|交|入住|看房|搬|预约|上门|安装|出发|时间|日期|货/
const WILL = /最晚|最迟|务必|必须|一定|之前要|前要|就要|还是|那就|就|改|换|定|约|放|等/
/** Without a date: 加急, 往后推推. */
const VAGUE =
  /加急|急单|(?:能不能|可以|尽量|帮忙|帮我|麻烦|想|要|得|看能不能|争取|最好)?(?:再)?(?:提前|提早|早)(?:一点|点|些|几天|两三天|一些|一下)?(?:发|到|送|交|出|给|到货|交货|发货)?|(?:推迟|延后|延期|延迟|缓一缓|缓缓|缓一下|往后(?:推|拖|挪|放|靠|延)(?:推|拖|一推|一拖|一放|放|一点|点|些|几天|一下|一阵)?|晚(?:一点|点|些|几天|一些|一阵)|推一推)(?:再)?(?:发|到|送|交|出)?|(?:先|暂时|暂)(?:别|不要|不用|不|停|缓)(?:急着)?(?:发|送|生产|做|出|排)货?|暂停(?:发货|生产|供货)?|等(?:我|我们)?通知(?:再|了再)?(?:发|送|做|排)|分(?:成)?[两二三四五2-5]批(?:发|送|交|到)?|分批(?:发|送|交|到)?/
const NOT_VAGUE =
  /早(?:上|点休息|饭|就|已|知道|说)|晚(?:上|饭|安)|提前(?:说|告诉|通知|联系|打|跟|和|感谢|谢|准备|预约|付|打款|知会|沟通|跟我)|早(?:点)?(?:说|告诉|回|睡|休息|联系|日)|比较早|太晚|这么晚|晚点(?:说|聊|联系|回|给|再说|我|发你|发我|看|打)|晚些(?:时候|说)|早些|往前/

const shiftWords = (text: string) => text.replace(/\s+/g, '')

/** The day that a date without month or year means beside the agreed one: 「15号改成25号」 keeps the month, 「提前到25号」 goes back. */
function settleBareDay(e: DateEntity, agreed: Day | null, direction: -1 | 0 | 1, today: Day): string {
  if (!e.bareDay || agreed === null || e.iso.includes('/')) return e.iso
  const day = fromDay(parseIso(e.iso) ?? agreed).day
  const home = fromDay(agreed)
  const start = toDay(home.year, home.month, 1)
  let best: Day | null = null
  for (const months of [-2, -1, 0, 1, 2]) {
    const month = fromDay(addMonths(start, months))
    const candidate = makeDay(month.year, month.month, day)
    if (candidate === null || candidate < today) continue
    if ((direction < 0 && candidate >= agreed) || (direction > 0 && candidate <= agreed)) continue
    if (best === null || Math.abs(candidate - agreed) < Math.abs(best - agreed)) best = candidate
  }
  return best === null ? e.iso : toIso(best)
}

function addDays(today: Day, e: DurationEntity): string {
  if (!e.working) return toIso(e.days % 30 === 0 && e.days < 360 ? addMonths(today, e.days / 30) : today + e.days)
  return chineseDays.findWorkday(Math.min(e.days, 400), toIso(today))
}

/** The end of a range, for shifting; `null` where the deal holds words or nothing. */
const dayOf = (iso: string | null): Day | null => (iso === null ? null : parseIso(iso.split('/').at(-1) ?? iso))

export const readDeliveryProposals: Reader = (scene, clause, topic) => {
  if (topic === 'terms' || topic === 'budget') return []
  const out: Proposal[] = []
  const times = clause.entities.filter((e): e is DateEntity | DurationEntity => e.kind === 'date' || e.kind === 'duration')
  const agreed = dayOf(scene.deal.delivery)
  for (const [i, e] of times.entries()) {
    const at = clause.entities.indexOf(e)
    const before = scene.text.slice(Math.max(clause.from, clause.entities[at - 1]?.to ?? clause.from), e.from)
    const after = scene.text.slice(e.to, clause.entities[at + 1]?.from ?? clause.to)
    const next = times[i + 1]
    // The first of two was the old date: 「15号改成25号」「不要15号要25号」.
    if (
      next &&
      (/(?:改|换|调|推|延|提|挪|->|→|不行|来不及|太晚|太早|赶不上)/.test(scene.text.slice(e.to, next.from)) ||
        /(?:不要|不是|原定|原来|本来)\s*$/.test(before))
    )
      continue
    if (
      /(?:不要|不是|原定|原来(?:的|说)?|本来(?:的|说)?|说好的?|说的|定的)\s*$/.test(before) ||
      /^\s?(?:的会|不行|来不及|太晚|太早|赶不上|不在|没空)/.test(after)
    )
      continue
    const found =
      e.kind === 'date'
        ? readDate(scene, clause, { e, before, after, agreed, topical: topic === 'delivery' })
        : readLength(scene, clause, { e, before, after, agreed, topical: topic === 'delivery' })
    if (found) out.push(found)
  }
  const vague = out.length === 0 ? readVague(scene, clause) : null
  return vague ? [vague] : out
}

type Case<E> = { e: E; before: string; after: string; agreed: Day | null; topical: boolean }

function readDate(scene: Scene, clause: Clause, { e, before, after, agreed, topical }: Case<DateEntity>): Proposal | null {
  if (e.past || OTHER_BUSINESS.test(after) || (OTHER_BUSINESS.test(before) && !/交期|交货|到货|发货/.test(clause.text)))
    return null
  const set = SET_TAIL.test(before) || /(?:改|换|调整|提前|推迟|延期|延后|顺延|挪)(?:到|成|为|至)?\s*$/.test(before)
  const worded = topical || DELIVERY_WORD.test(before) || DELIVERY_WORD.test(after)
  const direction = /提前|提早|往前|早/.test(before) ? -1 : /推迟|延|往后|拖|晚|缓|顺|宽/.test(before) ? 1 : 0
  const iso = settleBareDay(e, agreed, direction, scene.today)
  const rest = clause.text.length - (e.to - e.from)
  const strength = set
    ? 1
    : worded
      ? WILL.test(before) || WILL.test(after) || e.bound === 'by'
        ? 0.85
        : 0.7
      : rest <= 4
        ? 0.6
        : WILL.test(before) && rest <= 8
          ? 0.55
          : 0.2
  const same = scene.deal.delivery === iso || (agreed !== null && e.bound === 'by' && agreed === dayOf(iso))
  return {
    field: 'delivery',
    item: null,
    before: scene.deal.delivery,
    after: iso,
    from: e.from,
    to: e.to,
    clause,
    strength,
    same,
  }
}

function readLength(scene: Scene, clause: Clause, { e, before, after, agreed, topical }: Case<DurationEntity>): Proposal | null {
  if (OTHER_BUSINESS.test(after) || /付款|结款|账期|月结|质保|保修|有效期|培训|每|第/.test(clause.text)) return null
  const earlier = EARLIER_TAIL.test(before)
  const later = !earlier && LATER_TAIL.test(before)
  const at = { field: 'delivery' as const, item: null, before: scene.deal.delivery, from: e.from, to: e.to, clause, same: false }
  if (earlier || later) {
    const tail = (earlier ? EARLIER_TAIL : LATER_TAIL).exec(before)
    const from = e.from - (tail?.[0].length ?? 0)
    const after = agreed === null ? shiftWords(scene.raw.slice(from, e.to)) : shift(agreed, e, earlier ? -1 : 1)
    return { ...at, from, after, strength: 0.95 }
  }
  const set = SET_TAIL.test(before)
  const worded = topical || DELIVERY_WORD.test(after) || /交期|货期|工期|交货|到货|发货/.test(clause.text)
  if (!set && !(worded && (e.bound !== 'none' || topical || /交期|货期|工期/.test(clause.text)))) return null
  const iso = addDays(scene.today, e)
  return { ...at, after: iso, strength: set ? 0.9 : 0.7, same: scene.deal.delivery === iso }
}

function shift(agreed: Day, e: DurationEntity, sign: 1 | -1): string {
  if (e.days % 30 === 0 && e.days < 360) return toIso(addMonths(agreed, (sign * e.days) / 30))
  return toIso(agreed + sign * e.days)
}

function readVague(scene: Scene, clause: Clause): Proposal | null {
  const match = VAGUE.exec(clause.text)
  if (!match || NOT_VAGUE.test(clause.text)) return null
  const from = clause.from + match.index
  const words = shiftWords(scene.raw.slice(from, from + match[0].length)).replace(
    /^(?:能不能|可以|尽量|帮忙|帮我|麻烦|想|要|得|看能不能|争取|最好)/,
    '',
  )
  const strong = /加急|推迟|延后|延期|提前|暂停|先(?:别|不)|分.批|分批|往后|通知再|暂缓|缓/.test(match[0])
  return {
    field: 'delivery',
    item: null,
    before: scene.deal.delivery,
    after: words,
    from,
    to: from + match[0].length,
    clause,
    strength: strong ? 0.75 : 0.6,
    same: false,
  }
}
