import { type Person, type PhoneCard, type PhoneText, type StandinState, toMs } from '../standin/state.js'

/** One line of the app's conversation on a phone. */
export type PhoneItem = { key: string; at: number; card?: PhoneCard; text?: PhoneText }

/** What one colleague's phone shows. */
export type PhoneView = { person: Person; items: PhoneItem[]; waiting: number }

/** Where an update card was settled, its buttons are one grey word. */
export const settledWord = (card: PhoneCard) =>
  card.replaced ?? card.card.replace_text ?? (card.buttonsDisabled ? '已处理' : null)

/** Somebody could still press something on it. */
export const isWaiting = (card: PhoneCard) => (card.card.button_list?.length ?? 0) > 0 && settledWord(card) === null

/** The rep whose client the desk shows, then everybody who only has a phone here. */
export function phoneOwners(people: Person[], rep: Person | null) {
  const colleagues = people.filter((person) => !person.roles.includes('rep') && !person.roles.includes('admin'))
  return rep ? [rep, ...colleagues] : colleagues
}

export function phoneOf(state: StandinState, person: Person): PhoneView {
  const cards = state.cards.filter((card) => card.userid === person.userid)
  const items: PhoneItem[] = [
    ...cards.map((card) => ({ key: `card:${card.msgid}`, at: toMs(card.sentAt), card })),
    ...state.texts
      .filter((text) => text.userid === person.userid)
      .map((text) => ({ key: `text:${text.msgid}`, at: toMs(text.at), text })),
  ]
  items.sort((one, other) => one.at - other.at)
  return { person, items, waiting: cards.filter(isWaiting).length }
}

/** The words of a banner or a collapsed phone. */
export function summaryOf(item: PhoneItem) {
  if (item.text) return item.text.text
  const title = item.card?.card.main_title
  return [title?.title, title?.desc].filter(Boolean).join(' · ') || '卡片'
}

/** Who has a phone on show at first: those whom a change is sent to. */
export function firstSeats(owners: Person[], seats: number) {
  const rank = (person: Person) => {
    if (person.roles.includes('pre-sales')) return 0
    if (person.roles.includes('product')) return 1
    return person.roles.includes('rep') ? 2 : 3
  }
  return [...owners]
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, seats)
    .map((person) => person.userid)
}

/** Somebody without a seat got something: they take the last seat that nobody needs just now, or none. */
export function seatNewcomer(seated: string[], newcomer: string, isBusy: (userid: string) => boolean) {
  if (seated.includes(newcomer)) return seated
  const free = seated.findLastIndex((userid) => !isBusy(userid))
  return free < 0 ? seated : seated.with(free, newcomer)
}
