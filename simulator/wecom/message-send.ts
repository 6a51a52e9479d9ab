import { createHash } from 'node:crypto'
import type { Deps } from '../deps.js'
import { isInRange, isLicensed, usesPlugin } from '../state/members.js'
import type { MessageFact, TemplateCard } from '../state/messages.js'
import { findPerson } from '../world.js'
import { checkAgent } from './agent.js'
import { accept, type Outcome, refuse } from './answer.js'
import { checkCard, isInteractive } from './card-limits.js'
import { newSecret } from './crypto.js'

const PER_MINUTE = 30
const PER_HOUR = 1_000
const TEXT_BYTES = 2_048

type Body = Record<string, unknown>
type Content = Extract<MessageFact, { type: 'message' }>['content']

/** `POST message/send` [D 90236]. */
export function sendMessage(deps: Deps, body: Body): Outcome {
  const content = readContent(body)
  if ('errcode' in content) return content
  const agent = checkAgent(deps, body.agentid)
  if (agent) return agent
  const named = readRecipients(deps, body)
  if (!named) return refuse(81012)

  const now = deps.clock.machine()
  const digest = digestOf(body)
  const earlier = deps.store.state.messages.digests.get(digest)
  if (Number(body.enable_duplicate_check) === 1 && earlier && now - earlier.machineAt < duplicateMs(body))
    // Accepted and not delivered again. What else the platform answers then is not on the page; a code would buy a
    // change of a card that was never shown, so there is none.
    return { ...accept({ ...notReached(named), msgid: earlier.msgid }), deduplicated: true }

  if (content.kind === 'card') {
    const broken = checkCard(content.card, 'send')
    if (broken) return refuse(broken.errcode, broken.errmsg)
    if (content.card.task_id && deps.store.state.messages.tasks.has(content.card.task_id))
      return refuse(42014, 'task_id duplicated')
  }
  if (named.valid.length === 0) return { ...refuse(81013), fields: notReached(named) }

  const fact: MessageFact = {
    type: 'message',
    msgid: newSecret(48),
    digest,
    to: named.valid,
    dropped: named.valid.filter((userid) => isFull(deps, userid, now)),
    hidden: content.kind === 'card' ? named.valid.filter((userid) => readsInPlugin(deps, userid)) : [],
    content,
    responseCode: content.kind === 'card' && isInteractive(content.card) ? newSecret(48) : null,
    at: deps.clock.business(),
    machineAt: now,
  }
  const code = fact.responseCode ? { response_code: fact.responseCode } : {}
  return { ...accept({ ...notReached(named), msgid: fact.msgid, ...code }, [fact]), dropped: fact.dropped }
}

/** Kinds of message that the stand-in plays; the others of the page are refused as unknown. */
function readContent(body: Body): Content | Outcome {
  const part = (name: string) => (typeof body[name] === 'object' && body[name] !== null ? (body[name] as Body) : {})
  switch (body.msgtype) {
    case 'text':
    case 'markdown': {
      const text = String(part(body.msgtype).content ?? '')
      return text ? { kind: 'text', text: cutBytes(text, TEXT_BYTES) } : refuse(44004)
    }
    case 'textcard': {
      const { title, description, url } = part('textcard')
      return title && description && url ? { kind: 'text', text: `${title}\n${description}\n${url}` } : refuse(40058)
    }
    case 'template_card':
      return { kind: 'card', card: part('template_card') as TemplateCard }
    default:
      return refuse(40008)
  }
}

type Named = { valid: string[]; invalid: string[]; unlicensed: string[]; parties: string; tags: string }

/** Null when nobody at all is named. Departments and tags don't exist here: naming one is naming nobody. */
function readRecipients(deps: Deps, body: Body): Named | null {
  const split = (field: unknown) =>
    String(field ?? '')
      .split('|')
      .filter(Boolean)
  const users = split(body.touser)
  const parties = split(body.toparty).join('|')
  const tags = split(body.totag).join('|')
  if (users.length === 0 && !parties && !tags) return null
  const { members } = deps.store.state
  const inRange = deps.world.people.filter((p) => isInRange(members, p)).map((p) => p.userid)
  const wanted = users.includes('@all') ? inRange : [...new Set(users)]
  const named: Named = { valid: [], invalid: [], unlicensed: [], parties, tags }
  for (const userid of wanted) {
    const person = findPerson(deps.world, userid)
    if (!person || !isInRange(members, person)) named.invalid.push(userid)
    else if (!isLicensed(members, person)) named.unlicensed.push(person.userid)
    else if (!named.valid.includes(person.userid)) named.valid.push(person.userid)
  }
  return named
}

function notReached(named: Named): Record<string, string> {
  const lists = {
    invaliduser: named.invalid.join('|'),
    invalidparty: named.parties,
    invalidtag: named.tags,
    unlicenseduser: named.unlicensed.join('|'),
  }
  return Object.fromEntries(Object.entries(lists).filter(([, names]) => names))
}

function readsInPlugin(deps: Deps, userid: string): boolean {
  const person = findPerson(deps.world, userid)
  return person !== undefined && usesPlugin(deps.store.state.members, person)
}

function isFull(deps: Deps, userid: string, now: number): boolean {
  const times = deps.store.state.messages.reached.get(userid) ?? []
  const since = (ms: number) => times.filter((t) => t > now - ms).length
  return since(60_000) >= PER_MINUTE || since(3_600_000) >= PER_HOUR
}

function duplicateMs(body: Body): number {
  const seconds = Number(body.duplicate_check_interval ?? 1_800)
  return Math.min(Number.isFinite(seconds) ? seconds : 1_800, 14_400) * 1_000
}

function digestOf(body: Body): string {
  const { enable_duplicate_check: _, duplicate_check_interval: __, ...content } = body
  return createHash('sha256').update(canonical(content)).digest('hex')
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`
}

/** Cuts at the limit without leaving half a character. */
function cutBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= limit) return text
  let end = limit
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return bytes.subarray(0, end).toString()
}
