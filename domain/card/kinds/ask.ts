import type { Reader } from '../../../lib/db.js'
import { verdictWords } from '../../requirement/requirement.contract.js'
import type { Card, CardButton } from '../card.js'
import { type AskFacts, findAskFacts } from './ask-facts.js'

/** 待确认: can we do it? 影响评估: what does it touch? */
export async function drawAsk(db: Reader, askId: string, now: Date): Promise<Card | null> {
  const facts = await findAskFacts(db, askId, now)
  if (!facts) return null
  const { ask } = facts
  return {
    source: `不漏 · 需求变更`,
    title: `${ask.purpose === 'confirm' ? '待确认' : '影响评估'}：${facts.customer}`,
    desc: `${facts.askedBy}：${ask.purpose === 'confirm' ? '客户改了需求，做得到吗？' : '客户改了需求，会影响什么？'}`,
    quote: { title: `${facts.contact}的原话`, text: facts.words },
    fields: [{ label: '原需求', value: facts.requirement }, ...facts.changes.slice(0, 4), ...standIn(facts)],
    buttons: ask.verdict || ask.closedWhy ? [] : buttons(ask.purpose, askId),
    page: `/h5/ask/${askId}`,
    ...settled(facts),
  }
}

const standIn = ({ ask }: AskFacts) =>
  ask.standsInFor ? [{ label: '说明', value: `${ask.standsInFor}暂时没人，请你代为答复` }] : []

function buttons(purpose: string, askId: string): CardButton[] {
  const page = (action: string) => `/h5/ask/${askId}?as=${action}`
  if (purpose === 'confirm') {
    return [
      { action: 'confirm-can', label: '能做', style: 'primary' },
      { action: 'confirm-conditional', label: '有条件', style: 'plain', page: page('confirm-conditional') },
      { action: 'confirm-cannot', label: '做不了', style: 'danger', page: page('confirm-cannot') },
    ]
  }
  return [
    { action: 'assess-no-impact', label: '没影响', style: 'primary' },
    { action: 'assess-impact', label: '有影响', style: 'plain', page: page('assess-impact') },
  ]
}

function settled({ ask }: AskFacts): { settled?: string; withdrawn?: boolean } {
  if (ask.closedWhy) return { settled: ask.closedWhy, withdrawn: true }
  if (!ask.verdict) return {}
  return { settled: `已由${ask.answeredBy?.name ?? '同事'}答复：${verdictWords[ask.verdict]}` }
}
