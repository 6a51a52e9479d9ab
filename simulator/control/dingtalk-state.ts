import type { Deps } from '../deps.js'
import { showCard } from '../dingtalk/card-template.js'
import { describeUsage } from '../dingtalk/quota.js'
import { isDone } from '../dingtalk/todos.js'
import { paramsFor } from '../state/dingtalk/cards.js'
import type { RobotMessage } from '../state/dingtalk/robot.js'

/** The newest, as elsewhere on the desk. */
const NEWEST = 300

const iso = (at: number) => new Date(at).toISOString()

/** What DingTalk's clients show. Null without DingTalk. Times are ISO, business time. */
export function describeDingtalk(deps: Deps) {
  if (!deps.settings.dingtalk) return null
  const { robot, cards, members, notices, todos, contacts } = deps.store.state.dingtalk
  const { world } = deps
  return {
    corpId: deps.settings.dingtalk.corpId,
    agentId: deps.settings.dingtalk.agentId,
    usage: describeUsage(deps),
    left: [...members.left],
    groups: world.dingtalkGroups,
    messages: [...robot.said.values()].slice(-NEWEST).map((m) => ({
      key: m.key,
      chats: m.chats,
      by: m.by,
      msgKey: m.msgKey,
      param: m.param,
      words: wordsOf(m),
      at: m.at,
      recalled: m.recalled,
      readBy: m.readBy.map(({ userid }) => userid),
      sentAt: iso(m.sentAt),
    })),
    heard: robot.heard.slice(-NEWEST).map((m) => ({ ...m, at: iso(m.at) })),
    cards: [...cards.byTrack.values()].slice(-NEWEST).flatMap((card) =>
      card.delivered.map(({ chat, at }) => ({
        outTrackId: card.outTrackId,
        chat,
        sentAt: iso(at),
        version: card.version,
        changes: card.changes.map((change) => ({ ...change, at: iso(change.at) })),
        presses: card.presses.map((press) => ({ ...press, at: iso(press.at) })),
        params: 'userid' in chat ? paramsFor(card, chat.userid) : card.data,
        shows: showCard('userid' in chat ? paramsFor(card, chat.userid) : card.data),
      })),
    ),
    notices: [...notices.values()]
      .slice(-NEWEST)
      .map(({ digest: _, machineAt: __, at, ...notice }) => ({ ...notice, at: iso(at) })),
    todos: [...todos.byId.values()]
      .slice(-NEWEST)
      .map((todo) => ({ ...todo, done: isDone(todo), at: iso(todo.at), changedAt: iso(todo.changedAt) })),
    dings: [...todos.dings.values()].slice(-NEWEST).map((ding) => ({ ...ding, at: iso(ding.at) })),
    contacts: [...contacts.byId.values()].map((contact) => ({ ...contact, at: iso(contact.at) })),
    customers: [...contacts.customers.values()].map((one) => ({ ...one, at: iso(one.at), changedAt: iso(one.changedAt) })),
  }
}

const wordsOf = ({ param }: RobotMessage): string => String(param.content ?? param.text ?? param.title ?? '')
