import type { Deps } from '../deps.js'
import type { CardChange, TemplateCard } from '../state/messages.js'
import { checkAgent } from './agent.js'
import { accept, type Outcome, refuse } from './answer.js'
import { checkCard } from './card-limits.js'

const CODE_MS = 72 * 3_600_000

type Body = Record<string, unknown>

/**
 * `POST message/update_template_card` [D 94888]. A code is for one call and 72 hours, and reaches only copies of the card
 * that it came with. A refused call doesn't spend it.
 */
export function updateCard(deps: Deps, body: Body): Outcome {
  const agent = checkAgent(deps, body.agentid)
  if (agent) return agent
  const responseCode = String(body.response_code ?? '')
  if (!responseCode) return refuse(40058, 'response_code missing')
  const code = deps.store.state.messages.codes.get(responseCode)
  if (!code) return refuse(40058, 'invalid response_code')
  if (code.used) return refuse(42022)
  // The code for «too old» is not on the page (U6); 42003 is what expired codes get elsewhere.
  if (deps.clock.business() - code.at > CODE_MS) return refuse(42003, 'response_code expired')
  const recipients = deps.store.state.messages.tasks.get(code.taskId)
  if (!recipients) return refuse(42016)

  const change = readChange(body)
  if ('errcode' in change) return change
  const named = Number(body.atall) === 1 ? recipients : readUserids(body)
  if (named.length === 0) return refuse(81012)
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  const userids = recipients.filter((r) => named.some((n) => same(n, r)))
  const invaliduser = named.filter((n) => !recipients.some((r) => same(n, r)))
  if (userids.length === 0) return { ...refuse(81013), fields: { invaliduser } }
  return accept({ invaliduser }, [
    { type: 'card-change', responseCode, taskId: code.taskId, userids, change, at: deps.clock.business() },
  ])
}

function readUserids(body: Body): string[] {
  return Array.isArray(body.userids) ? body.userids.filter((u): u is string => typeof u === 'string') : []
}

function readChange(body: Body): CardChange | Outcome {
  const button = body.button as { replace_name?: unknown } | undefined
  if (button !== undefined) {
    const name = typeof button?.replace_name === 'string' ? button.replace_name : ''
    return name ? { replaceName: name } : refuse(42020, 'button.replace_name missing')
  }
  if (typeof body.template_card !== 'object' || body.template_card === null)
    return refuse(40058, 'button or template_card missing')
  const card = body.template_card as TemplateCard
  const broken = checkCard(card, 'update')
  return broken ? refuse(broken.errcode, broken.errmsg) : { card }
}
