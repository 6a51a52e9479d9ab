import type { StandinState } from '../standin/state.js'
import { isWaiting, settledWord } from './phones.js'

/** Where things stood when the visitor arrived; only what happens after counts, but for what no seed could have done. */
export type Baseline = { customerMessages: number }

export const baselineOf = (state: StandinState): Baseline => ({ customerMessages: customerMessages(state) })

function customerMessages(state: StandinState) {
  return state.chats.reduce((sum, chat) => sum + chat.messages.filter((message) => message.from === 'customer').length, 0)
}

/** Which of the three steps of the story are done: spoke, captured, answered. Cards never stand in the seed. */
export function stepsDone(state: StandinState, baseline: Baseline): [boolean, boolean, boolean] {
  const asked = state.cards.filter((card) => (card.card.button_list?.length ?? 0) > 0)
  const captured = asked.length > 0
  const spoke = captured || customerMessages(state) > baseline.customerMessages
  return [spoke, captured, asked.some((card) => settledWord(card) !== null)]
}

/** Whose phone the third step happens on: the one that holds the first open question. */
export function whoAnswers(state: StandinState) {
  const userid = state.cards.find(isWaiting)?.userid
  return state.people.find((person) => person.userid === userid)?.name ?? null
}
