import { lastOfRep } from './conversation.js'
import type { Turn } from './finding.js'
import { normalize } from './normalize.js'
import { makeScene, readProposals, type Setting } from './read-scene.js'
import type { Proposal } from './scene.js'
import { THRESHOLD, weigh } from './weigh.js'
import type { Earlier } from './withdraw.js'

/** The customer says yes to what the rep has just proposed. */
const AGREE =
  /^(?:嗯+|恩+|哦+|噢|好+|行+|对+|是+|中+|成|妥|可+以?|OK|ok|Ok|okay|没问题|没意见|同意|就这样|就这么(?:定|办|着)|那行|那好|那就(?:这样|这么)|也行|也好|也可以|要得|得行|使得|阔以|可|可行|确认|定了|听你的|听您的|按[你您](?:说|们)?的?(?:来|办|定)?|照你说的(?:办)?|依你|你安排|您安排|成交|收到|1|👌|👍|\[OK\]|\[好的\]|\[强\]|中嘞|中咧|好嘞|好咧|好滴|好哒|好吧|行吧|可以的|行的|好的|对的|是的|没错|嗯呐|欧克|必须的|改吧|就改吧|那就改|可以改|就按(?:这个|你说的|您说的|这样)|按这个(?:来|办|走|改)?|就它了|换吧|加吧|那就换|那就加|走起|麻烦(?:您|你)?了?|辛苦了?|谢谢)(?:的|了|吧|呀|啊|哈|嘞|呢|嗷|哦|滴|就)*/i

const REFUSE =
  /但是?|不过|只是|可是|不行|不好|不可以|不要|算了|不同意|告诉|发我|发给我|[帮给]我查|查一下|还没|等等|先别|等一下|再想|考虑|商量|问一下|问下|\?|？|吗|多少|什么|怎么|那?其他/

/** 「24号就24号」「涨就涨吧」「两毛我认」「六成可以」「领导批了」: a yes in the rep's own words. */
const ECHO =
  /^(?<said>[^，,。！!？?]{1,8})就\k<said>(?:吧|嘛|呗|了)?$|(?:我认|认了|也认可|能接受|可以接受|也接受)(?:了|的|吧)?$|^(?:领导|老板|上面|上头|院里|财务)(?:也)?(?:批了|同意了?|点头了?|没意见)$|^.{1,5}(?:可以的?|没问题|也行|也可以|也好)$/

const saysYes = (clause: string): boolean => {
  const body = clause.replace(/[\s~～\p{Extended_Pictographic}]/gu, '')
  return body !== '' && body.length <= 12 && (ECHO.test(body) || agrees(body))
}

/** The first thought is a yes, whatever is said after it: 「可以，总量够就行」「行，写进补充协议」. */
export function beginsWithYes(raw: string): boolean {
  const clauses = normalize(raw)
    .split(/[，,。！!；;\n]+/)
    .filter((clause) => clause.trim() !== '')
  return clauses.length > 0 && clauses.length <= 4 && !REFUSE.test(raw) && clauses.slice(0, 2).some(saysYes)
}

/** A yes and hardly anything else. */
function agrees(text: string): boolean {
  const body = text.replace(/[\s，。！!~～,.、\p{Extended_Pictographic}]/gu, '')
  if (body === '') return /👌|👍|✅|🆗/u.test(text)
  if (REFUSE.test(text) || body.length > 18) return false
  let rest = body
  for (let i = 0; i < 4 && rest !== ''; i++) {
    const match = AGREE.exec(rest)
    if (!match || match[0] === '') break
    rest = rest.slice(match[0].length)
  }
  return rest.length < body.length && rest.length <= 6
}

/** 「就按刚才说的改」: yes to what the customer had asked about. */
const SETTLES =
  /就这么(?:定|办|改)|就这样(?:定|改|吧)?|就按(?:这个|刚才|你说的|您说的|上面|这样)|按(?:这个|刚才说的|上面的?)(?:来|改|办|走|定)|那就(?:改|定|换|加)|改吧|定了|照这个/

/** The rep asks for consent, or offers something; a mere report (已改好) or a question of another kind is no proposal. */
const PROPOSES =
  /[?？]|吗|您看|你看|要不|那就|那给您|给您(?:改|换|加|调|安排)|帮您(?:改|换|加|调|安排)|我(?:这边|这就|先|给)|可以(?:改|换|加|给|做)|最快|最多|最低|建议|改成|换成|只能|延到|推迟到|提前到/
const REPORTED = /已经?(?:改|换|安排|发|调|取消|更新|帮您|给您)|改好了|安排好了|发出去了|更新了|下单了|录好了/

/** The rep's last words ask for a yes. */
export const asksForYes = (rep: string): boolean => rep !== '' && PROPOSES.test(rep) && !REPORTED.test(rep)

/**
 * What a bare yes agrees to: the rep's last proposal where it differs from the deal; with 「就这么定」 also what the
 * customer had only asked about before. Empty when the message is no yes, or there is nothing to agree to.
 */
export function readAgreed(raw: string, context: Turn[], setting: Setting, earlier: Earlier): Proposal[] {
  const settles = SETTLES.test(normalize(raw))
  if (!settles && !agrees(raw) && !beginsWithYes(raw)) return []
  const rep = lastOfRep(context)
  if (asksForYes(rep)) {
    const wished = context
      .filter((turn) => turn.speaker === 'customer')
      .slice(-2)
      .flatMap((turn) => readProposals(makeScene(turn.text, setting)))
    // A value that the rep only repeats (「300套的话最快14号」) counts when it is the customer's own.
    const own = (p: Proposal) => wished.some((w) => w.field === p.field && w.after === p.after)
    const offer = makeScene(rep, setting)
    // With nothing agreed only what the rep sets against something earlier is more than a first suggestion.
    const plain = (p: Proposal) => (setting.agreed ? p.strength >= 0.5 : weigh(p, offer) >= THRESHOLD)
    const proposed = readProposals(offer).filter((p) => !p.same && (plain(p) || own(p)))
    if (proposed.length > 0) return proposed
  }
  return settles ? firstOfEach(earlier()) : []
}

function firstOfEach(proposals: Proposal[]): Proposal[] {
  const seen = new Set<string>()
  return proposals.filter((p) => {
    const key = `${p.field}/${p.item ?? ''}`
    return !seen.has(key) && seen.add(key)
  })
}
