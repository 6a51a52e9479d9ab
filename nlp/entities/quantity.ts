import type { BareEntity, QuantityEntity } from './entity.js'
import { NUMBER_STARTS, readSpread } from './number.js'
import { UNIT_PATTERN } from './units.js'

const STARTS = new Set(NUMBER_STARTS)
const UNIT = new RegExp(`^\\s?(${UNIT_PATTERN})`)
/** 个 and its like before these count time or points, not goods. */
const NOT_GOODS =
  /^(?:月|小时|钟头|钟|星期|礼拜|工作日|自然日|百?分?点(?!位|胶)|季度|人意见|问题|事|意思|忙|电话|招呼|头(?!套)|说法|数字|价位?(?!格牌)|交代|机会|例子|时间|情况|办法|方案|建议|客户|顾客|门店|会员|学生|员工|同学|家长|房间|老师|医生|护士|工人|部门|消息|信|字|准信|准话|小忙|面|会|样子|礼|微信|朋友|同事|东西|地方|地址|方面|说明|颜色|型号|规格)/
/** 「九万包安装」: what a price holds, not packs. */
const INCLUDES = /^(?:安装|邮|税|运|送|圆|干|含)/
/** 「8万5批不下来」: what the boss does, not lots. */
const APPROVED = /^(?:不下|下来|下去|复|准|得下)/
const LATIN_END = /^[a-zA-Z\d]/
/** Two or more characters that look like a number and a unit, and are not. */
const WORDS =
  /^(?:一块(?:儿|去|来|吃|办|弄|发|算|过|走|做|送|寄|结|给|看)|一方面|一对一|一面|一道|一头|一打听|一层|一部分|一节|一位|一批|一单|一口|一把手|一张嘴|一套(?:班子|说法)|两口子|一会|一下|一些|一点|一样|一起|一直|一般|一定|一共|一旦|一步|一次|一边|一致|一律|一手|一人|千克|百分|十分|万一|三方|双方|第一|八方|四面|一条龙|一体|一站|一级|一流|一件代发|百货|千万(?!套|个|件|块|元)|两面|一本正经|一道(?:发|送|走)|三包|一方|两头|一年到头|一车间|二次|四方|一听|一提|一排|一段(?:时间)?)/

/** Counted goods: 200套, 300 套, 三十来箱, 一千五百个, 两托. `article` marks 一个 / 一套, which mostly counts nothing. */
export function readQuantities(text: string): (QuantityEntity | BareEntity)[] {
  const found: (QuantityEntity | BareEntity)[] = []
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (!STARTS.has(char)) continue
    const before = text.charAt(at - 1)
    const number = readSpread(text, at)
    if (!number) continue
    if (/[\da-zA-Z.第*#]/.test(before) || WORDS.test(text.slice(at, at + 6))) {
      at = Math.max(at, number.end - 1)
      continue
    }
    const match = UNIT.exec(text.slice(number.end, number.end + 5))
    const unit = match?.[1]
    const end = number.end + (match?.[0].length ?? 0)
    const rest = text.slice(end)
    const { value, max, approximate } = number
    if (
      unit !== undefined &&
      !NOT_GOODS.test(rest) &&
      !(unit === '单' && /^(?:元|位|价|子|号|独|身|据|机)/.test(rest)) &&
      !(unit === '批' && APPROVED.test(rest)) &&
      !(unit === '包' && INCLUDES.test(rest)) &&
      !(/[a-zA-Z]$/.test(unit) && LATIN_END.test(rest)) &&
      value > 0
    ) {
      found.push({ kind: 'quantity', from: at, to: end, value, max, approximate, unit, article: value === 1 && !/\d/.test(char) })
      at = end - 1
    } else {
      if (
        number.plain &&
        !/^\s?(?:[号楼室房层折%％年月日天点:：分星岁度成级元]|个|小时|公里)/.test(text.slice(number.end, number.end + 1)) &&
        number.end - at < 8
      ) {
        found.push({ kind: 'number', from: at, to: number.end, value, max, approximate })
      }
      at = Math.max(at, number.end - 1)
    }
  }
  return found
}
