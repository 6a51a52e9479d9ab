import { createHash } from 'node:crypto'
import type { Deps } from '../../deps.js'
import { isInRange } from '../../state/members.js'
import { findPerson, type Person } from '../../world.js'
import { accept, type Outcome, refuse } from '../answer.js'

const DAY = 86_400_000
/** Days begin at midnight in China. */
const ZONE = 8 * 3_600_000
const dayOf = (ms: number) => Math.floor((ms + ZONE) / DAY)
const startOf = (day: number) => day * DAY - ZONE

type Counts = {
  chats: number
  messages: number
  asked: number
  answered: number
  minutes: number
  lost: number
  applied: number
  added: number
}
const NOTHING: Counts = { chats: 0, messages: 0, asked: 0, answered: 0, minutes: 0, lost: 0, applied: 0, added: 0 }
const NAMES = Object.keys(NOTHING) as (keyof Counts)[]

/**
 * `POST externalcontact/get_user_behavior_data` [D 92132]: by day, several members as one sum, at most 30 days a call, of
 * the last 180. Counted from the chats that are played here; days before the story began come from the member's habit.
 * Today is not counted yet, and 600018 for a span that is too long or too old is our reading: the page names no code.
 */
export function getBehaviour(deps: Deps, body: Record<string, unknown>): Outcome {
  const users = Array.isArray(body.userid) ? body.userid : []
  if (users.length === 0) return refuse(40063, 'userid and partyid both empty')
  if (users.length > 100) return refuse(40058, 'more than 100 userids')
  const people: Person[] = []
  for (const userid of users) {
    const person = findPerson(deps.world, String(userid))
    if (!person) return refuse(60111)
    if (!isInRange(deps.store.state.members, person)) return refuse(60011)
    people.push(person)
  }
  const [from, until] = [dayOf(Number(body.start_time) * 1000), dayOf(Number(body.end_time) * 1000)]
  const today = dayOf(deps.clock.business())
  if (!Number.isFinite(from) || !Number.isFinite(until) || until < from) return refuse(600018)
  // Thirty days, both ends counted: the stricter reading of «span of at most 30 days».
  if (until - from >= 30 || from < today - 180) return refuse(600018)
  const rows = []
  for (let day = from; day <= Math.min(until, today - 1); day += 1)
    rows.push(
      show(
        day,
        people.map((person) => countDay(deps, person, day)),
      ),
    )
  return accept({ behavior_data: rows })
}

function show(day: number, all: Counts[]) {
  const sum = { ...NOTHING }
  for (const one of all) for (const name of NAMES) sum[name] += one[name]
  return {
    stat_time: startOf(day) / 1000,
    chat_cnt: sum.chats,
    message_cnt: sum.messages,
    // Only where somebody talked.
    ...(sum.asked > 0 ? { reply_percentage: Math.round((sum.answered / sum.asked) * 10_000) / 100 } : {}),
    ...(sum.answered > 0 ? { avg_reply_time: Math.round(sum.minutes / sum.answered) } : {}),
    negative_feedback_cnt: sum.lost,
    new_apply_cnt: sum.applied,
    new_contact_cnt: sum.added,
  }
}

function countDay(deps: Deps, person: Person, day: number): Counts {
  const began = dayOf(deps.store.state.began ?? 0)
  return day < began ? habitOf(person, day) : played(deps, person, day)
}

/** The same on every call: half to one and a half times the usual, nothing at weekends. */
function habitOf({ userid, habit }: Person, day: number): Counts {
  const weekday = (day + 4) % 7
  if (!habit || weekday === 0 || weekday === 6) return NOTHING
  const dice = createHash('sha256').update(`${userid}/${day}`).digest()
  const about = (mean: number, at: number) => Math.round(mean * (0.5 + (dice[at] ?? 0) / 255))
  const asked = about(habit.chats, 0)
  const answered = Math.min(asked, Math.round((asked * habit.reply) / 100))
  return {
    chats: asked,
    messages: about(habit.messages, 1),
    asked,
    answered,
    minutes: answered * about(habit.minutes, 2),
    lost: about(habit.lost, 3),
    applied: about(habit.applied, 4),
    added: about(habit.added, 5),
  }
}

function played(deps: Deps, person: Person, day: number): Counts {
  const { chats, contacts } = deps.store.state
  const counts = { ...NOTHING }
  const isThen = (at: number) => dayOf(at) === day
  for (const chat of chats.chats.values()) {
    if (chat.rep !== person.userid) continue
    const said = chat.messages.filter((message) => isThen(message.at))
    const own = said.filter((message) => message.from === 'rep')
    counts.messages += own.length
    if (own.length > 0) counts.chats += 1
    const [first] = said
    if (first?.from !== 'customer') continue
    counts.asked += 1
    const reply = own[0]
    if (!reply) continue
    counts.answered += 1
    counts.minutes += (reply.at - first.at) / 60_000
  }
  for (const follow of contacts.follows.values()) {
    if (follow.userid !== person.userid) continue
    if (isThen(follow.at)) counts.added += 1
    if (isThen(follow.at) && follow.operUserid === person.userid) counts.applied += 1
    if (follow.ended?.by === 'customer' && isThen(follow.ended.at)) counts.lost += 1
  }
  return counts
}
