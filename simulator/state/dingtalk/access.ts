/** Tokens, tickets, login codes and scopes of DingTalk. All times are machine time. */
export type AccessFact =
  /** The same value again: it was renewed. */
  | { type: 'ding-token'; way: TokenWay; value: string; at: number }
  | { type: 'ding-tokens-revoked' }
  | { type: 'ding-ticket'; value: string; at: number; first: number }
  | { type: 'ding-code'; code: string; userid: string; at: number }
  | { type: 'ding-code-used'; code: string }
  | { type: 'ding-scope'; scope: string; granted: boolean }

/** Which of the platform's three ways it came by. Each is good for every API. */
export type TokenWay = 'new' | 'legacy' | 'unified'

export type Token = { way: TokenWay; at: number; revoked: boolean }
export type Access = {
  tokens: Map<string, Token>
  tickets: { value: string; at: number; first: number }[]
  codes: Map<string, { userid: string; at: number; used: boolean }>
  /** Permissions that an administrator took away. */
  withdrawn: Set<string>
}

export const SECONDS = 7_200
export const CODE_MS = 5 * 60_000

export const createAccess = (): Access => ({ tokens: new Map(), tickets: [], codes: new Map(), withdrawn: new Set() })

export function applyAccess(access: Access, fact: AccessFact): void {
  switch (fact.type) {
    case 'ding-token':
      access.tokens.set(fact.value, { way: fact.way, at: fact.at, revoked: false })
      break
    case 'ding-tokens-revoked':
      for (const token of access.tokens.values()) token.revoked = true
      break
    case 'ding-ticket': {
      const known = access.tickets.find((ticket) => ticket.value === fact.value)
      if (known) known.at = fact.at
      else access.tickets.push({ value: fact.value, at: fact.at, first: fact.first })
      break
    }
    case 'ding-code':
      access.codes.set(fact.code, { userid: fact.userid, at: fact.at, used: false })
      break
    case 'ding-code-used': {
      const code = access.codes.get(fact.code)
      if (code) code.used = true
      break
    }
    case 'ding-scope':
      if (fact.granted) access.withdrawn.delete(fact.scope)
      else access.withdrawn.add(fact.scope)
  }
}

export const secondsLeft = (at: number, now: number): number => Math.floor((at + SECONDS * 1_000 - now) / 1_000)
