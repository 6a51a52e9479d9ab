import type { Deps } from '../deps.js'
import type { CardCopy } from '../state/messages.js'
import type { Callbacks } from '../wecom/callbacks.js'
import { newSecret } from '../wecom/crypto.js'
import type { Fields } from '../wecom/xml.js'
import { ControlError } from './error.js'

type Press = { userid: string; taskId: string; key: string; selected?: Record<string, string[]> }
type Button = { key?: string; type?: number }

/**
 * A member presses a button (or an entry of the card's menu): the callback brings a response code of its own, good for
 * one more change [D 90240].
 */
export async function pressCard(deps: Deps, callbacks: Callbacks, press: Press) {
  const copy = deps.store.state.messages.cards.findLast((c) => c.taskId === press.taskId && c.userid === press.userid)
  if (!copy) throw new ControlError(404, `${press.userid} has no card ${press.taskId}`)
  if (copy.hidden) throw new ControlError(409, 'the client does not show this card')
  const event = eventOf(copy, press.key)
  const responseCode = newSecret(48)
  const fields: Fields = {
    FromUserName: press.userid,
    MsgType: 'event',
    Event: event,
    EventKey: press.key,
    TaskId: press.taskId,
    CardType: copy.card.card_type,
    ResponseCode: responseCode,
    AgentID: deps.settings.agentId,
    ...(press.selected ? { SelectedItems: { SelectedItem: selectedItems(press.selected) } } : {}),
  }
  const fact = callbacks.prepare('app', fields)
  const { taskId, userid, key } = press
  await deps.store.record({ type: 'card-click', taskId, userid, key, responseCode, at: deps.clock.business() }, fact)
  callbacks.send(fact.id)
  return { callbackId: fact.id, responseCode }
}

/** Only what the client shows can be pressed. */
function eventOf(copy: CardCopy, key: string): 'template_card_event' | 'template_card_menu_event' {
  const menu = (copy.card.action_menu as { action_list?: Button[] } | undefined)?.action_list ?? []
  if (menu.some((a) => a.key === key)) return 'template_card_menu_event'
  if (copy.buttonsDisabled) throw new ControlError(409, 'the buttons of this card are grey')
  const submit = copy.card.submit_button as Button | undefined
  const buttons = [...((copy.card.button_list as Button[] | undefined) ?? []), ...(submit ? [submit] : [])]
  if (!buttons.some((b) => b.key === key && b.type !== 1)) throw new ControlError(400, `the card has no button ${key}`)
  return 'template_card_event'
}

function selectedItems(selected: Record<string, string[]>): Fields[] {
  return Object.entries(selected).map(([question, ids]) => ({ QuestionKey: question, OptionIds: { OptionId: ids } }))
}
