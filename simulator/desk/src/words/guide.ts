import type { PhoneCard, StandinState } from '../standin/state.js'
import { isWaiting, settledWord } from './phones.js'

/** Where things stood when the visitor arrived; only what happens after counts, but for what no seed could have done. */
export type Baseline = { customerMessages: number }

export const baselineOf = (state: StandinState): Baseline => ({ customerMessages: customerMessages(state) })

function customerMessages(state: StandinState) {
  const alone = state.chats.flatMap((chat) => chat.messages.filter((message) => message.from === 'customer' && !message.call))
  const together = state.customerGroups.flatMap(({ members, messages }) =>
    messages.filter((message) => !message.call && members.some((member) => member.key === message.from && !member.ours)),
  )
  return alone.length + together.length
}

/** Which of the three steps of the story are done: spoke, captured, answered. Cards never stand in the seed; quotes have some of their own. */
export function stepsDone(state: StandinState, baseline: Baseline): [boolean, boolean, boolean] {
  const cards = state.cards.filter(({ card }) => card.source?.desc?.includes('需求变更'))
  const answered = cards.some((card) => settledWord(card) !== null)
  const captured = answered || cards.some(isWaiting)
  const spoke = captured || customerMessages(state) > baseline.customerMessages
  return [spoke, captured, answered]
}

/** Whose phone the third step happens on: the one where 「能做」 can be pressed now. */
export function whoAnswers(state: StandinState) {
  const asks = (card: PhoneCard) => isWaiting(card) && card.card.button_list?.some((button) => button.text === '能做')
  const userid = state.cards.find(asks)?.userid
  return state.people.find((person) => person.userid === userid)?.name ?? null
}
