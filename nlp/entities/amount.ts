import type { AmountEntity } from './entity.js'
import { NUMBER_STARTS, readNumber, readSpread } from './number.js'
import { UNIT_PATTERN } from './units.js'

const STARTS = new Set([...NUMBER_STARTS, '¥', '$'])
const CURRENCY =
  /^\s?(?:块整|毛整|块钱|元钱|元整|块|元|圆|人民币|rmb|RMB|yuan|大洋|毛钱|毛|角|分钱|分(?=$|[，,。\s吧可也就行太都一每]|OK)|刀(?!具|片|头|柄))/
/** What follows 块 when it counts things: 200块钢板. */
const THING =
  /^(?:钢|铝|木|塑|铜|石|玻|瓷|地|电|硬|主|面|挡|背|底|盖|隔|砖|板|表|屏|垫|电池|模|样|布|肉|毛巾|香皂|肥皂|骨|蛋糕|地皮|手表|区域|内容)/
const MONEY_BEFORE =
  /(?:单价|价格?|报价|预算|总价|总额|金额|费用|费|便宜|优惠|涨|降|加|减|少|让|抹|付|花|卖|买|收|每\S{0,3}|一(?:个|套|件|台|把|支|只|斤|米|箱|盒|包|块|张|颗|平|间|瓶)|只要|只有|才|要价|开价|给到|做到|[¥$])[\s:是就为在到了]{0,3}$/

/** Where a bare 「一块」 is money: after a price word, or before 一块五, 一块钱. */
function isMoney(text: string, at: number, end: number, sign: string, plain: boolean, value: number): boolean {
  const after = text.slice(end)
  if (sign === '') return false
  if (!sign.startsWith('块') && sign !== '毛' && sign !== '角' && sign !== '分') return true
  if (sign.length > 1) return true
  const before = text.slice(Math.max(0, at - 8), at)
  if (sign === '分')
    return MONEY_BEFORE.test(before) || /[贵便宜加减降让少多][了个]?$/.test(before) || /^$|[，,。\s]$/.test(before)
  const priced = MONEY_BEFORE.test(before)
  if (sign === '毛' || sign === '角') return priced || /^[钱\d一二三四五六七八九](?!角|形|钢|铁)/.test(after)
  if (/^[一二两三四五六七八九\d](?![个套件箱天点十百]|\d)/.test(after)) return true
  if (THING.test(after)) return false
  // 我们一块去, 放一块, 这一块
  if (value === 1 && !plain) return priced && !/[我你他咱们大家这那放]$/.test(before)
  return plain || priced || /^(?:$|[\s,，。!！?？;；\n吧的一每/左以就嘛])/.test(after)
}

const BOUND_MOST = /^\s?(?:块|元)?(?:以内|之内|内(?!存|径|六角)|以下|封顶|打住|顶天|左右以内)/
const BOUND_LEAST = /^\s?(?:以上|起步|起(?!重|订|批|来|码))/
const MOST_BEFORE = /(?:不超过?|不能超|别超|最多|顶多|控制在|封顶|压到|上限是?|不高于|不大于)\s?$/
/** Signs that a plain 8万 is money: nobody wrote a unit, and nothing that is counted follows. */
const COUNTED = new RegExp(
  `^\\s?(?:多|来)?\\s?(?:(?!批[不下复准了得]|包(?:安装|邮|税|运|送|装|圆|含|干)|块|[mMgtTL](?![a-z])|面|段|道|单|打)${UNIT_PATTERN}|公里|次|多?家|字|用户|粉丝|股|倍|步|小时|天|年|级|度|转|伏|瓦|像素)`,
)
const PER =
  /^\s?(?:[/一每])\s?(套|个|件|箱|盒|包|袋|瓶|桶|台|把|支|只|根|条|张|片|卷|米|吨|公斤|斤|托|副|双|对|组|颗|粒|枚|平米?|间|人|位|晚|月|年)/

const EACH = new RegExp(`^[一两\\d]${UNIT_PATTERN}`)

/** Tail of 「12块5」 「八块二毛五」. */
function readTail(text: string, at: number): { value: number; end: number } {
  const match = /^([\d一二三四五六七八九])(?:毛|角)?([\d一二三四五六七八九])?(?:分)?(?![\d十百千万天点月号年折%])/.exec(
    text.slice(at, at + 5),
  )
  // 「贵2块一包」: the 一 counts packs.
  if (!match || EACH.test(text.slice(at, at + match[0].length + 3))) return { value: 0, end: at }
  const jiao = readNumber(match[1] ?? '', 0)?.value ?? 0
  // 「12块5一个」: the 一 counts, the 5 does not.
  if (match[2] !== undefined && EACH.test(text.slice(at + match[0].length - 1, at + match[0].length + 3)))
    return { value: jiao / 10, end: at + match[0].length - 1 }
  const fen = match[2] === undefined ? 0 : (readNumber(match[2], 0)?.value ?? 0)
  return { value: jiao / 10 + fen / 100, end: at + match[0].length }
}

/** Money in yuan: 8万, 10w, 3万5, 五六万, 八千块, 12块5, ¥300, 8.5万以内. */
export function readAmounts(text: string): AmountEntity[] {
  const found: AmountEntity[] = []
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (!STARTS.has(char) || /[\da-zA-Z.*]/.test(text.charAt(at - 1)) || char === '第') continue
    const signed = char === '¥' || char === '$'
    const number = signed ? readSpread(text, at + 1 + (text.charAt(at + 1) === ' ' ? 1 : 0)) : readSpread(text, at)
    if (!number) continue
    const entity = readOne(text, at, number, signed)
    if (entity) found.push(entity)
    at = Math.max(at, (entity?.to ?? number.end) - 1)
  }
  return found
}

function readOne(
  text: string,
  at: number,
  number: NonNullable<ReturnType<typeof readSpread>>,
  signed: boolean,
): AmountEntity | null {
  let { value, max, end } = number
  const sign = CURRENCY.exec(text.slice(end, end + 6))?.[0].trim() ?? ''
  const big = /[万wk亿]/.test(text.slice(at, end)) && !COUNTED.test(text.slice(end))
  const money =
    signed ||
    isMoney(
      text,
      at,
      end + (sign === '' ? 0 : (CURRENCY.exec(text.slice(end, end + 6))?.[0].length ?? 0)),
      sign,
      number.plain,
      value,
    ) ||
    (big && sign === '')
  if (!money) return null
  if (sign !== '') {
    end += CURRENCY.exec(text.slice(end, end + 6))?.[0].length ?? 0
    if (/^[毛角]/.test(sign)) {
      const cent = EACH.test(text.slice(end, end + 3))
        ? undefined
        : /^[\d一二三四五六七八九](?=分|$|[^\d十百千万个])/.exec(text.slice(end, end + 2))?.[0]
      const fen = cent === undefined ? 0 : (readNumber(cent, 0)?.value ?? 0)
      value = Math.round(value * 10 + fen) / 100
      end += cent?.length ?? 0
    } else if (/^分/.test(sign)) value = value / 100
    else if (sign === '块') {
      const tail = readTail(text, end)
      value = Math.round((value + tail.value) * 100) / 100
      end = tail.end
      if (text.charAt(end) === '钱') end++
    }
  }
  const rest = text.slice(end)
  const most = BOUND_MOST.exec(rest)
  const least = BOUND_LEAST.exec(rest)
  const per = PER.exec(rest)
  end += (most ?? least ?? per)?.[0].length ?? 0
  const bound = most || MOST_BEFORE.test(text.slice(Math.max(0, at - 6), at)) ? 'most' : least ? 'least' : 'none'
  const unit = per?.[1] ?? null
  return {
    kind: 'amount',
    from: at,
    to: end,
    value,
    max,
    approximate: number.approximate,
    bound,
    per: unit,
    signed: signed || sign !== '',
  }
}
