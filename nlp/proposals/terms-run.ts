import type { Entity } from '../entities/entity.js'

/** Words that a sentence on paying is made of, beside its values: when, what part, how. */
const STAGE =
  /(?:签约|签合同|合同签订|预付款?|首付款?|首款|定金|订金|先(?=[付给打结])|发货(?:前|后)|提货(?:前|后)?|出货前|款到发货|货到|到货(?:后|时)?|收货后?|安装(?:完|好|后)?(?!费)|装完|验收(?:合格|通过)?(?:后|款)?|上线(?:后|时)?|完工后?|竣工后?|调试(?:完|后)?|试模后?|量产后?|交稿(?:后|时)?|课[前后]|并网(?:后|款)?|进度款|尾款|余款|剩下的?|剩余的?|其余的?|质保金?|质保款|进场[前后]?|到场后?|开工[前后]?|开业后|月底|年底|秋后|票到|开票后?|对账后?|全款|货款|一半|一个月|半个月|[一-龥]{1,3}(?:后|完|前)(?=\S{0,6}(?:付|结|给|打款)))/y
const VERB = /(?:付清|付款|付完|付|给清|给|结清|结款|结|打款|打过来|打|支付|到账|压|扣|抵)/y
const JOINT = /(?:[，,、；;\s的再先后前各就也都和留做当内]|之后|之前|以内|另外|各自|分别|可以(?=[，,]))/y
const WORTH = /付|结|款|定金|订金|预付|质保|验收|到货|货到|尾|成|%|一半|账期/

type Run = { from: number; to: number }
/** What makes of such words a term: a part or a time. */
const isValue = (e: Entity) => e.kind === 'percent' || e.kind === 'payment' || e.kind === 'duration' || e.kind === 'date'

const stepAt = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

/** The longest stretches of a text that only speak of paying: 「货到先给一半，剩下的五一前给」. */
export function findTermsRuns(text: string, entities: Entity[]): Run[] {
  if (!WORTH.test(text)) return []
  const runs: Run[] = []
  let at = 0
  while (at < text.length) {
    let end = at
    let sure = at
    let staged = false
    let valued = false
    let paid = false
    for (;;) {
      const e = entities.find((one) => one.from === end && isValue(one))
      if (e) {
        valued ||= e.kind !== 'date' || paid || staged
        paid ||= e.kind === 'payment'
        end = e.to
        sure = end
        continue
      }
      const stage = stepAt(STAGE, text, end)
      if (stage > end) {
        valued ||= /一半|全款|个月|月底|年底|秋后/.test(text.slice(end, stage))
        staged = true
        end = stage
        sure = end
        continue
      }
      const verb = stepAt(VERB, text, end)
      if (verb > end && end > at) {
        paid = true
        end = verb
        sure = end
        continue
      }
      const joint = end > at ? stepAt(JOINT, text, end) : end
      if (joint > end) {
        end = joint
        continue
      }
      break
    }
    if (sure > at && valued && staged && (paid || sure - at > 4)) runs.push({ from: at, to: sure })
    at = Math.max(sure, at + 1)
  }
  return runs
}
