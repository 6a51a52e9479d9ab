import { parseIso } from './entities/calendar.js'
import { bagOf } from './net/features.js'
import { explainNet } from './net/model.js'
import { normalize } from './normalize.js'

/** How the signs read that stand for values, ends and pauses in what the net sees. */
const SIGNS: Record<string, string> = {
  '⑴': '〈日期〉',
  '⑵': '〈时长〉',
  '⑶': '〈金额〉',
  '⑷': '〈数量〉',
  '⑸': '〈数字〉',
  '⑹': '〈百分比〉',
  '⑺': '〈规格〉',
  '⑻': '〈付款〉',
  '^': '〈句首〉',
  $: '〈句尾〉',
  '，': '〈停顿〉',
}

/** What in a text speaks most for a kind of wish, as the net is trained now, strongest first; empty for an unknown kind. */
export function explainKind(text: string, { today, kind }: { today: string; kind: string }, most = 5): string[] {
  if (kind === '') return []
  const grams = explainNet('change', bagOf(normalize(text), parseIso(today) ?? 0), `change/${kind}`)
  return grams.slice(0, most).map(({ gram }) => [...gram].map((char) => SIGNS[char] ?? char).join(''))
}
