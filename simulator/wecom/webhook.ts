import type { Deps } from '../deps.js'
import type { GroupContent } from '../state/groups.js'
import type { TemplateCard } from '../state/messages.js'
import { findGroup } from '../world.js'
import { accept, type Outcome, refuse } from './answer.js'
import { checkCard } from './card-limits.js'
import { newSecret } from './crypto.js'

const PER_MINUTE = 20
const BYTES = { text: 2_048, markdown: 4_096, markdown_v2: 4_096 }

type Body = Record<string, unknown>
type Said = { content: GroupContent; mentioned: string[] }

/** `POST webhook/send?key=` [D 99110]: a message push into one internal group. The key is all it takes. */
export function sendToGroup(deps: Deps, query: URLSearchParams, body: Body): Outcome {
  const group = findGroup(deps.world, query.get('key') ?? '')
  if (!group) return refuse(93000)
  const now = deps.clock.machine()
  const lately = deps.store.state.groups.filter((m) => m.group === group.name && m.machineAt > now - 60_000)
  if (lately.length >= PER_MINUTE) return refuse(45009)
  const said = readContent(body)
  if ('errcode' in said) return said
  const at = deps.clock.business()
  return accept({}, [{ type: 'group-message', id: newSecret(24), group: group.name, ...said, at, machineAt: now }])
}

/** Kinds that are played here; the others of the page are refused as unknown. Too much text is refused, not cut. */
function readContent(body: Body): Said | Outcome {
  const part = (typeof body[String(body.msgtype)] === 'object' ? body[String(body.msgtype)] : null) as Body | null
  switch (body.msgtype) {
    case 'text':
    case 'markdown':
    case 'markdown_v2': {
      const text = String(part?.content ?? '')
      if (!text) return refuse(44004)
      if (Buffer.byteLength(text) > BYTES[body.msgtype]) return refuse(45002, 'content size out of limit')
      const named = Array.isArray(part?.mentioned_list) ? part.mentioned_list.map(String) : []
      // Markdown calls people by `<@userid>`; markdown_v2 calls nobody.
      const inText = body.msgtype === 'markdown' ? [...text.matchAll(/<@([\w.@-]+)>/g)].map((m) => m[1] ?? '') : []
      const kind = body.msgtype === 'text' ? 'text' : 'markdown'
      return { content: { kind, text }, mentioned: kind === 'text' ? named : inText }
    }
    case 'template_card': {
      const card = (part ?? {}) as TemplateCard
      if (card.card_type !== 'text_notice' && card.card_type !== 'news_notice') return refuse(42031, 'invalid card_type')
      const broken = checkCard(card, 'send')
      return broken ? refuse(broken.errcode, broken.errmsg) : { content: { kind: 'card', card }, mentioned: [] }
    }
    default:
      return refuse(40008)
  }
}
