/** Tokens, tickets and login codes. All times are machine time: they are the platform's, not the story's. */
export type Secret = 'app' | 'archive'

export type AccessFact =
  | { type: 'token'; secret: Secret; value: string; at: number }
  | { type: 'tokens-revoked' }
  | { type: 'ticket'; kind: 'corp' | 'agent'; value: string; at: number }
  /** `outside`: the userid is an external one. `grants`: the member let the application read their mobile and mail (scope snsapi_privateinfo). */
  | { type: 'login-code'; code: string; userid: string; at: number; grants?: boolean; outside?: boolean }
  | { type: 'login-code-used'; code: string }
  | { type: 'user-ticket'; ticket: string; userid: string; grants: boolean; at: number }
  | { type: 'user-ticket-used'; ticket: string }

export type Token = { secret: Secret; value: string; at: number; revoked: boolean }
export type Ticket = { kind: 'corp' | 'agent'; value: string; at: number }
/** `grants` is null when only the userid was asked for. */
export type LoginCode = { userid: string; at: number; used: boolean; grants: boolean | null; outside: boolean }
export type UserTicket = { userid: string; at: number; used: boolean; grants: boolean }

export type Access = {
  tokens: Token[]
  tickets: Ticket[]
  codes: Map<string, LoginCode>
  userTickets: Map<string, UserTicket>
}

/** Tokens and tickets live 7200 s [D 91039, D 90506], login codes 5 minutes [D 91022], user tickets 1800 s [D 91023]. */
export const TOKEN_SECONDS = 7_200
export const CODE_MS = 5 * 60_000
export const USER_TICKET_SECONDS = 1_800

export const createAccess = (): Access => ({ tokens: [], tickets: [], codes: new Map(), userTickets: new Map() })

export function applyAccess(access: Access, fact: AccessFact): void {
  switch (fact.type) {
    case 'token':
      access.tokens.push({ secret: fact.secret, value: fact.value, at: fact.at, revoked: false })
      break
    case 'tokens-revoked':
      for (const token of access.tokens) token.revoked = true
      break
    case 'ticket':
      access.tickets.push({ kind: fact.kind, value: fact.value, at: fact.at })
      break
    case 'login-code':
      access.codes.set(fact.code, {
        userid: fact.userid,
        at: fact.at,
        used: false,
        grants: fact.grants ?? null,
        outside: fact.outside ?? false,
      })
      break
    case 'login-code-used': {
      const code = access.codes.get(fact.code)
      if (code) code.used = true
      break
    }
    case 'user-ticket':
      access.userTickets.set(fact.ticket, { userid: fact.userid, at: fact.at, used: false, grants: fact.grants })
      break
    case 'user-ticket-used': {
      const ticket = access.userTickets.get(fact.ticket)
      if (ticket) ticket.used = true
    }
  }
}

export const secondsLeft = (issuedAt: number, now: number): number => Math.floor((issuedAt + TOKEN_SECONDS * 1000 - now) / 1000)
