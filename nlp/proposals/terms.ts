import type { DurationEntity, PaymentEntity, PercentEntity } from '../entities/entity.js'
import { SET_TAIL } from '../lexicon.js'
import type { Proposal, Reader } from '../scene.js'

const MOVE = /吧$|改|换|调|放宽|延长|延|拉长|缩短|能不能|可以|可不可以|能否|走|按|做成|申请|给|要|最好|希望|争取|想/
/** 「付款方式我们想走融资租赁」: a way of paying that has no name here. */
const WAY = /(?:付款方式|结算方式|付款|结算).{0,6}?(?:改成|换成|改为|改走|走|改用|用)(?<x>[^，,。？?你您]{2,10})/

const squeeze = (words: string) => words.replace(/\s+/g, '')
/** 「定金能否降到30%」 sets 「定金30%」. */
const tidy = (words: string) => squeeze(words).replace(/比例|能否|能不能|可不可以|可以|改[成为]?|调[到成]|降[到成]|做到/g, '')

/** Terms of payment: 月结改现结, 账期放到60天, 定金降到20%. */
export const readTermsProposals: Reader = (scene, clause, topic) => {
  const values = clause.entities.filter(
    (e): e is PaymentEntity | DurationEntity | PercentEntity =>
      e.kind === 'payment' || ((e.kind === 'duration' || e.kind === 'percent') && topic === 'terms'),
  )
  const out: Proposal[] = []
  const way = values.length === 0 ? WAY.exec(clause.text) : null
  const after = tidy(way?.groups?.x ?? '').replace(/[吧吗呢呀的]+$/, '')
  if (way && after.length > 1 && !/什么|怎么|多少|合同|原来/.test(after)) {
    const from = clause.from + way.index
    const at = { item: null, before: scene.deal.terms, from, to: from + way[0].length, clause }
    return [{ ...at, field: 'terms', after, strength: 0.8, same: scene.deal.terms?.includes(after) ?? false }]
  }
  for (const [i, e] of values.entries()) {
    const at = clause.entities.indexOf(e)
    const before = scene.text.slice(Math.max(clause.from, clause.entities[at - 1]?.to ?? clause.from), e.from)
    const next = values[i + 1]
    if (next && /吧$|改|换|调|放|到|成|变|->|→/.test(scene.text.slice(e.to, next.from))) continue
    // 「承兑半年可否改为现汇」
    if (values.slice(i + 1).some((later) => /改为|改成|换成|调整为/.test(scene.text.slice(e.to, later.from)))) continue
    if (/(?:不是|原来|之前|本来|从|由|不要|不用|别)(?:是|的|说)?\s*$/.test(before)) continue
    if (
      /^\s?(?:付款?|结)?(?:就|也|都|真|有点|有些)?(?:太[紧短长高多]|压力|困难|搞不赢|不来塞|吃不消|不行|不好办)/.test(
        scene.text.slice(e.to),
      )
    )
      continue
    const words = tidy(scene.raw.slice(e.from, e.to))
    const had = scene.deal.terms
    const set = SET_TAIL.test(before) || /(?:改|换|调|放|延|拉|缩)(?:成|为|到|至|长到|短到|宽到)?(?:走|用|按)?\s*$/.test(before)
    const moved = MOVE.test(clause.text)
    const same = had !== null && squeeze(had).includes(words)
    // 「货到付款不行，货到一个月」「签约付3成」: terms named by themselves beside other ones that are agreed.
    const accepted = /^\s?(?:嘛|吧)?[，,]?(?:也?可以|也?行|就|没问题|能接受|要得|OK)/.test(scene.text.slice(e.to))
    const alone = had !== null && clause.text.length - (e.to - e.from) <= 3
    out.push({
      field: 'terms',
      item: null,
      before: had,
      after: words,
      from: e.from,
      to: e.to,
      clause,
      strength: set ? 0.95 : moved || /付款方式|付款条件|结算方式/.test(clause.text) || alone || accepted || next ? 0.65 : 0.35,
      same,
    })
  }
  return out
}
