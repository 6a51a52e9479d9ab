import { normalize } from './normalize.js'

/** Words that say yes by themselves; several may follow each other. */
const YES_WORDS =
  /^(?:嗯+|恩+|哦+|噢|好+|行+|对+|是+|中+|成|妥|可+以?|OK|ok|Ok|okay|没问题|没意见|同意|(?:这样|那样|这么|那么)(?:也|就)?(?:可以|行|好|成|中)|就这样|就这么(?:定|办|着)|那行|那好|那就(?:这样|这么)|也行|也好|也可以|要得|得行|使得|阔以|可|可行|确认|定了|听你的|听您的|按[你您](?:说|们)?的?(?:来|办|定)?|照你说的(?:办)?|依你|你安排|您安排|成交|收到|得[啦喇嘅]|好[喇啦]|1$|👌|👍|\[OK\]|\[好的\]|\[强\]|中嘞|中咧|好嘞|好咧|好滴|好哒|好吧|行吧|可以的|行的|好的|对的|是的|没错|嗯呐|欧克|必须的|改吧|就改吧|那就改|可以改|就按(?:这个|你说的|您说的|这样)|按这个(?:来|办|走|改)?|就它了|换吧|加吧|那就换|那就加|走起|麻烦(?:您|你)?了|麻烦(?:您|你)$)(?:的|了|吧|呀|啊|哈|嘞|呢|嗷|哦|滴|就)*/i

/** Refuses, asks or puts off: what stands beside it is no yes. */
const REFUSE =
  /但是?|(?<![装忙做干赶来])不过|只是|可是|不行|不好|不可以|不要|不用了|不能|不接受|不太|算了|不同意|还没|等等|先别|等一下|再想|考虑|商量|我?问一下|问下|再说|再看|不等|知道|明白|了解|[不没]下|不了|太[高贵多少晚早紧]|那?其他/
const ASKS = /\?|？|吗|呢$|多少|好[多久](?!的|了)|什么|怎么|几[号点天时]|告诉|发我|发给我|[帮给]我查|查一下/

/** 「24号就24号」「涨就涨吧」「两毛我认」「六成可以」「领导批了」: a yes in one's own words. */
const OWN_WORDS = [
  /^(?:那就?|行|嗯)?(?<said>[^，,。！!？?]{1,8})就\k<said>(?:吧|嘛|呗|了|算了)?$/,
  /^.{0,10}?(?:我认|认了|也认可|(?<!不)能接受|可以接受|也接受|冇所谓|无所谓|没所谓)(?:了|的|吧)?$/,
  /^.{1,8}?(?:可以的?|没问题|没意见|也行|也可以|也成|也中|也好|都行|都可以)(?:吧|的|啊|哈|嘛|了)*$/,
  /^(?:那就?|那我们?|行|就)?(?:换|改|要|加|做|上|装|升级|拆|签|退)(?:吧|了|呗|嘛|掉|上|一下)?$/,
  /^(?:那就?|行|就)?(?:按|听|依|照|随)(?:你|您|你们|您们|师傅|老板)?(?:说)?的(?:来|办|做|配|改|走|定|就行)*(?:吧|了|哈)?$/,
  /^(?:漂亮|爽快|完美|太好了|干脆|妥了?|成交|没毛病|够意思|这还差不多|那敢情好|那?太好了|那?挺好|那?正好|那感情好|巴不得|求之不得|那没问题|那可以)(?:的|啊|呀|了)?$/,
]
/** Whoever decides has said yes: to what was on the table, however long ago. */
const DECIDED =
  /(?:领导|老板|上面|上头|院里|财务|主任|经理|老总|院长|校长|甲方|业主|总部|公司|老婆|家里)(?:那边|这边|也|都|已经|刚)*(?:批了|同意了?|点头了?|没意见|说(?:可以|行|好)|松口了?|拍板了?|通过了)|^(?:已经?)?(?:批了|批下来了|通过了)/

const bare = (clause: string) => clause.replace(/[\s~～\p{Extended_Pictographic}]/gu, '')

/** What comes after a yes and says something of its own: 「麻烦顺延一周」. */
const SAYS_MORE = /[\d一二两三四五六七八九十半]|[改换加减推提延缓拖][^了吧]|顺延|发[货到]|送/

/** A yes and hardly anything else. */
export function isYes(text: string): boolean {
  const body = text.replace(/[\s，。！!~～,.、\p{Extended_Pictographic}]/gu, '')
  if (body === '') return /👌|👍|✅|🆗/u.test(text)
  if (REFUSE.test(text) || ASKS.test(text) || body.length > 18) return false
  // 「哦19端午」 only hears.
  let rest = /^[哦噢]+$/.test(body) ? body : body.replace(/^[哦噢]+/, '')
  const whole = rest.length
  for (let i = 0; i < 4 && rest !== ''; i++) {
    const match = YES_WORDS.exec(rest)
    if (!match || match[0] === '') break
    rest = rest.slice(match[0].length)
  }
  return rest.length < whole && rest.length <= 6 && !SAYS_MORE.test(rest)
}

const saysYes = (clause: string): boolean => {
  const body = bare(clause)
  if (body === '' || REFUSE.test(body) || ASKS.test(body)) return false
  return (body.length <= 14 && OWN_WORDS.some((pattern) => pattern.test(body))) || (body.length <= 12 && isYes(body))
}

const SOUND = /^(?:啊+|哎+|哎呀|唉|哦+|噢|呃|这样啊|这样|喂|哈+|呵+|嘿+|[一-龥]{1,2}(?:总|姐|哥|工|经理|老师|老板))$/

/** The first thought is a yes, whatever is said or asked after it: 「可以，总量够就行」「好，怎么补给你」. */
export function beginsWithYes(raw: string): boolean {
  const clauses = normalize(raw)
    .split(/[，,。！!；;？?\n…]+|(?<=[吧嘛呗])(?=[^，,。]{4})|(?<=[一-龥])\s+/)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '' && !SOUND.test(bare(clause)))
  if (clauses.length === 0) return isYes(raw)
  return clauses.length <= 6 && !clauses.slice(0, 3).some((clause) => REFUSE.test(clause)) && clauses.slice(0, 2).some(saysYes)
}

/** 「老板同意了」 */
export const tellsDecision = (raw: string): boolean => {
  const text = normalize(raw)
  return DECIDED.test(text) && !/[?？]|吗|没(?:批|同意)|不同意|还没|要是|如果|才/.test(text)
}

/** 「就按刚才说的改」: yes to what the customer had asked about. */
const SETTLES =
  /就这么(?:定|办|改)|就这样(?:定|改|吧)?|就按(?:这个|刚才|你说的|您说的|上面|这样)|按(?:这个|刚才说的|上面的?)(?:来|改|办|走|定)|那就(?:改|定|换|加)(?=$|[，,。吧了])|改吧|(?<=^|[，,。])(?:那)?定了(?=$|[，,。])|照这个/
export const settles = (raw: string): boolean => SETTLES.test(normalize(raw))

/** Thanks close a talk; they agree to nothing by themselves. */
export const onlyThanks = (raw: string): boolean =>
  /^(?:好的?|嗯+|行|哦|ok|收到|太好了|那|非常|多|真是|谢|感谢|辛苦|麻烦|您|你|了|啦|啊|哈|呀|谢谢|多谢|[\s，,。！!~～\p{Extended_Pictographic}])+$/iu.test(
    raw,
  ) && /谢|辛苦|收到|太好了/.test(raw)
