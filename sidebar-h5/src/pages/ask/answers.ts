import type { AskView, Verdict } from '../../../../domain/requirement/requirement.contract.js'
import type { AnswerAction } from '../../api.js'

export type Answer = {
  action: AnswerAction
  verdict: Verdict
  label: string
  /** Asked above the field; null where no words are needed. */
  question: string | null
  /** What colleagues mostly say; a tap writes it. */
  phrases: string[]
}

const CONFIRM: Answer[] = [
  { action: 'confirm-can', verdict: 'can', label: '能做', question: null, phrases: ['没问题', '按这个时间能到', '下周能安排'] },
  {
    action: 'confirm-conditional',
    verdict: 'conditional',
    label: '有条件',
    question: '什么条件？',
    phrases: ['要加急费', '最快下下周', '可以分批交', '要先付定金', '要客户先确认图纸'],
  },
  {
    action: 'confirm-cannot',
    verdict: 'cannot',
    label: '做不了',
    question: '为什么做不了？',
    phrases: ['产能排满了', '缺料，赶不上', '工艺做不了', '价格守不住'],
  },
]

const ASSESS: Answer[] = [
  { action: 'assess-no-impact', verdict: 'no-impact', label: '没影响', question: null, phrases: ['照常走就行', '库存够'] },
  {
    action: 'assess-impact',
    verdict: 'impact',
    label: '有影响',
    question: '影响到什么？',
    phrases: ['要改图纸', '库存不够', '成本会上去', '会挤掉别的订单', '要重新检验'],
  },
]

export function answersFor(purpose: AskView['purpose']): Answer[] {
  return purpose === 'confirm' ? CONFIRM : ASSESS
}

/** `?as=…` from a card, if it names an answer to this very question. */
export function answerFrom(as: string | null, purpose: AskView['purpose']): Answer | null {
  return answersFor(purpose).find((one) => one.action === as) ?? null
}

/** Adds a phrase to what is there, as a sentence goes on; a second tap takes it out again. */
export function togglePhrase(words: string, phrase: string): string {
  const parts = words.split(/[，,]\s*/).filter(Boolean)
  return (parts.includes(phrase) ? parts.filter((one) => one !== phrase) : [...parts, phrase]).join('，')
}
