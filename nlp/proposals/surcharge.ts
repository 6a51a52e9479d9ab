import { formatMoney } from '../deal.js'
import type { AmountEntity, BareEntity } from '../entities/entity.js'
import type { Proposal, Reader } from '../scene.js'

const MORE = /(?:贵|多收|加收|加价|另加|再加|补差价?|差价|涨|补|多|加|\+)(?:了|个|收|是|要)?\s*$/
const LESS = /(?:便宜|优惠|少收|少|降|让|减|退|扣|抹|省)(?:了|个|您|你|给您|给你)?\s*$/
const SINGLE =
  '(?:套|个|件|箱|盒|包|袋|瓶|桶|台|把|支|只|根|条|张|片|块|卷|米|平米?|吨|公斤|斤|托|副|双|对|组|颗|粒|枚|间|人|位|晚|月|年|趟|车|票|本|册|份|樘|盏|坐席|账号|人天)'
const EACH_BEFORE = new RegExp(`(?:每|一|单)(?:个月|${SINGLE})(?:的话)?(?:给您|给你|算|是|要|收|只要|就)?\\s*$`)
const SINGLY = new RegExp(`(?:每|一|单)${SINGLE}`)
const EACH_AFTER = new RegExp(`^\\s?(?:块|元)?(?:一|每|\\/)\\s?(?:个月|${SINGLE})`)
const TOTAL = /总价|总共|一共|合计|整单|总额|总金额|总|合同价|打包|全部(?:下来)?/
/** A price that is named and not compared: 「1230最低了」「单颗9.8」「房东说4600」. */
const PRICED = /到底|底了|实在|价|块|元|便宜|报|最低|租金|月租|房租|收您|单[颗套个件]|同意|能做/

/** What it costs more or less, and what it costs: as a rep says it in answer to a wish. */
export const readSurcharges: Reader = (scene, clause, topic) => {
  if (!scene.rep || topic === 'terms' || topic === 'quantity') return []
  const out: Proposal[] = []
  for (const [i, e] of clause.entities.entries()) {
    if (e.kind !== 'amount' && e.kind !== 'number') continue
    const before = scene.text.slice(Math.max(clause.from, clause.entities[i - 1]?.to ?? clause.from), e.from)
    const after = scene.text.slice(e.to, clause.to)
    const found = readCost({ e, before, after, text: clause.text })
    if (found === null) continue
    const at = { item: null, from: e.from, to: e.to, clause, same: false, strength: 0.75 }
    const { budget } = scene.deal
    // 「要加2万」 on a whole order of 12万 moves its total.
    const whole =
      found.sign !== '' &&
      budget !== null &&
      e.value >= budget / 20 &&
      !found.each &&
      !SINGLY.test(clause.text) &&
      !/差价|补/.test(before)
    if (whole) {
      const moved = found.sign === '+' ? budget + e.value : budget - e.value
      out.push({ ...at, field: 'budget', before: formatMoney(budget), after: formatMoney(moved) })
      continue
    }
    if (found.total || (found.sign === '' && isNear(e.value, budget) && !found.each)) {
      if (budget !== e.value)
        out.push({ ...at, field: 'budget', before: budget === null ? null : formatMoney(budget), after: formatMoney(e.value) })
    } else out.push({ ...at, field: 'price', before: null, after: `${found.sign}${formatMoney(e.value)}` })
  }
  return out
}

const isNear = (value: number, budget: number | null) => budget !== null && value >= budget / 2 && value <= budget * 2

type Case = { e: AmountEntity | BareEntity; before: string; after: string; text: string }
type Cost = { sign: '' | '+' | '-'; total: boolean; each: boolean }

function readCost({ e, before, after, text }: Case): Cost | null {
  if (/[到成](?:了|大概|差不多)?\s*$/.test(before) && TOTAL.test(before)) return { sign: '', total: true, each: false }
  if (MORE.test(before)) return { sign: '+', total: false, each: false }
  if (LESS.test(before)) return { sign: '-', total: false, each: false }
  const each = (e.kind === 'amount' && e.per !== null) || EACH_BEFORE.test(before) || EACH_AFTER.test(after)
  if (each) return { sign: '', total: false, each }
  if (TOTAL.test(before)) return { sign: '', total: true, each: false }
  if (/的\s*$/.test(before) && e.value >= 50 && /^(?:$|哦|哈|的|[，,。])/.test(after))
    return { sign: '', total: false, each: true }
  if (text.trim().length - (e.to - e.from) <= 1 && e.value >= 50) return { sign: '', total: false, each: false }
  // 「φ20今天3580」
  if (e.kind === 'number' && e.value >= 100 && after === '' && /今天|现在|目前|实价|[a-zA-Zφ]\d+/.test(text))
    return { sign: '', total: false, each: false }
  if (/押金|定金|首付|诚意金|罚|返|赔|免费/.test(text)) return null
  return (e.kind === 'amount' && e.signed) || PRICED.test(text) ? { sign: '', total: false, each: false } : null
}
