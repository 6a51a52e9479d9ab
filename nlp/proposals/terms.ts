import type { Clause } from '../clauses.js'
import type { BareEntity, DurationEntity, PaymentEntity, PercentEntity } from '../entities/entity.js'
import { SET_TAIL } from '../lexicon.js'
import type { Proposal, Reader, Scene } from '../scene.js'

type Valued = PaymentEntity | DurationEntity | PercentEntity | BareEntity

const MOVE =
  /吧$|改|换|调|放宽|延长|延|拉长|缩短|能不能|可以|可不可以|能否|走|按|做成|申请|给|要|最好|希望|争取|想|接受|行不|先付|再付/
/** 「付款方式我们想走融资租赁」: a way of paying that has no name here. */
const WAY =
  /(?:付款方式|结算方式|付款|结算|结账|账期|货款|尾款)(?!.{0,4}抬头).{0,6}?(?:改成|换成|改为|改走|走|改用|用|改按|按|改)(?<x>[^，,。？?你您]{2,10}?)(?=的?(?:吧|吗|了|行|可以|哈|嘛|好|财务|我们|$|[，,。]))/
const TOO =
  /^\s?(?:付款?|结|账期)?(?:就|也|都|真|有点|有些|的话|比例)*(?:[太忒][紧短长高多]|压力|困难|搞不赢|不来塞|吃不消|不行|不好办|做不[到了]|扛不住|有难度|走不了)/

const squeeze = (words: string) => words.replace(/[\s，,。、]+/g, '')
/** 「定金能否降到30%」 sets 「定金30%」. */
const tidy = (words: string) =>
  words.replace(/\s+/g, '').replace(/比例|能否|能不能|可不可以|可以|改[成为]?|调[到成]|降[到成]|做到|我们|[，,、的]+$/g, '')

/** Terms of payment: 月结改现结, 账期放到60天, 定金降到20%, 「货到先给一半，剩下的五一前给」. */
export const readTermsProposals: Reader = (scene, clause, topic) => {
  const runs = scene.terms()
  const run = runs.find((r) => r.from < clause.to && clause.from < r.to)
  // A run over several clauses is read with the first of them.
  if (run && run.from < clause.from && runs.some((r) => r === run)) return []
  if (run && run.to - run.from > 3) return readRun(scene, clause, run) ?? readValues(scene, clause, topic)
  return readValues(scene, clause, topic)
}

/** Several parts of one agreement, or a part with its time. */
function readRun(scene: Scene, clause: Clause, run: { from: number; to: number }): Proposal[] | null {
  const after = tidy(scene.raw.slice(run.from, run.to))
  const inside = scene.entities.filter((e) => e.from >= run.from && e.to <= run.to)
  const [only] = inside
  // One value that names itself is read as it stands.
  if (inside.length === 1 && only?.kind === 'payment' && only.to - only.from >= run.to - run.from - 1) return null
  const had = scene.deal.terms
  const before = scene.text.slice(clause.from, run.from)
  if (TOO.test(scene.text.slice(run.to)) || /(?:不是|原来|之前|本来|从|由|不要|不用|别)(?:是|的|说)?\s*$/.test(before)) return []
  const set = SET_TAIL.test(before)
  const parts = inside.length > 1 || /剩|余|其余|再/.test(after)
  const same = had !== null && (squeeze(had).includes(squeeze(after)) || sameParts(had, after))
  const strength = set ? 0.95 : parts || MOVE.test(clause.text) ? 0.65 : 0.4
  return [{ field: 'terms', item: null, before: had, after, from: run.from, to: run.to, clause, strength, same }]
}

/** 「预付30%，发货前付清」 said again in other words: the same numbers in the same order. */
function sameParts(had: string, after: string): boolean {
  const numbers = (words: string) => words.match(/\d+|一半|[一二三四五六七八九]成/g)?.join()
  return numbers(had) !== undefined && numbers(had) === numbers(after)
}

function readValues(scene: Scene, clause: Clause, topic: string | null): Proposal[] {
  const had = scene.deal.terms
  const values = clause.entities.filter(
    (e): e is Valued =>
      e.kind === 'payment' ||
      ((e.kind === 'duration' || e.kind === 'percent') && topic === 'terms') ||
      // 「财务说最少付八成」
      (e.kind === 'percent' &&
        !e.discount &&
        /(?:付|款|结|定金|打)\S{0,3}$/.test(scene.text.slice(Math.max(clause.from, e.from - 5), e.from))) ||
      // 「月结能到45不」 of 月结30天
      (e.kind === 'number' && topic === 'terms' && had !== null && /\d+\s?天/.test(had) && e.value >= 7 && e.value <= 365),
  )
  const way = values.length === 0 ? WAY.exec(clause.text) : null
  const named = tidy(way?.groups?.x ?? '').replace(/[吧吗呢呀的了]+$/, '')
  if (way && named.length > 1 && !/什么|怎么|多少|合同|原来|抬头|专票|普票/.test(named)) {
    const from = clause.from + way.index
    const at = { item: null, before: had, from, to: from + way[0].length, clause }
    return [{ ...at, field: 'terms', after: named, strength: 0.8, same: had?.includes(named) ?? false }]
  }
  const out: Proposal[] = []
  for (const [i, e] of values.entries()) {
    const at = clause.entities.indexOf(e)
    const before = scene.text.slice(Math.max(clause.from, clause.entities[at - 1]?.to ?? clause.from), e.from)
    const next = values[i + 1]
    if (next && /吧$|改|换|调|放|到|成|变|->|→/.test(scene.text.slice(e.to, next.from))) continue
    // 「承兑半年可否改为现汇」
    if (values.slice(i + 1).some((later) => /改为|改成|换成|调整为/.test(scene.text.slice(e.to, later.from)))) continue
    if (/(?:不是|原来|之前|本来|从|由|不要|不用|别)(?:是|的|说)?\s*$/.test(before)) continue
    if (TOO.test(scene.text.slice(e.to))) continue
    const words = e.kind === 'number' ? `${e.value}天` : tidy(scene.raw.slice(e.from, e.to))
    const set = SET_TAIL.test(before) || /(?:改|换|调|放|延|拉|缩)(?:成|为|到|至|长到|短到|宽到)?(?:走|用|按)?\s*$/.test(before)
    const same = had !== null && squeeze(had).includes(squeeze(words))
    // 「货到付款不行，货到一个月」「签约付3成」: terms named by themselves beside other ones that are agreed.
    const accepted = /^\s?(?:嘛|吧)?[，,]?(?:也?可以|也?行|就|没问题|能接受|要得|OK)/.test(scene.text.slice(e.to))
    const alone = had !== null && clause.text.length - (e.to - e.from) <= 3
    const moved = MOVE.test(clause.text) || /付款方式|付款条件|结算方式/.test(clause.text)
    const strength = set ? 0.95 : moved || alone || accepted || next ? 0.65 : 0.35
    out.push({ field: 'terms', item: null, before: had, after: words, from: e.from, to: e.to, clause, strength, same })
  }
  return out
}
