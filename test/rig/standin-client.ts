/** The stand-in's control API, as the desk uses it. Times are ISO, business time. */
export type StandinState = {
  clock: { now: string; offsetMs: number; quietUntil: string | null; nextMonday: string }
  archive: { on: boolean; records: number; consent: Record<string, boolean> }
  people: {
    userid: string
    name: string
    title: string
    roles: string[]
    mobile: string | null
    mail: string | null
    left: boolean
    inRange: boolean
    licensed: boolean
    plugin: boolean
    phone: 'on' | 'off' | 'fails' | null
    workbench: { key: string; data: string; jump_url: string }[]
  }[]
  groups: {
    name: string
    members: string[]
    messages: {
      id: string
      content: { kind: string; text?: string; card?: Record<string, unknown> }
      mentioned: string[]
      at: string
    }[]
  }[]
  sms: StandinSms[]
  mails: StandinMail[]
  customers: { externalUserId: string; name: string; company: string; rep: string }[]
  chats: {
    rep: string
    externalUserId: string
    messages: { id: string; from: 'customer' | 'rep'; text: string; at: string; revoked: boolean }[]
  }[]
  cards: StandinCard[]
  texts: { userid: string; text: string; at: string; from: 'app' | 'member' }[]
}
/** A text message as its operator knows it; on the phone only when delivered. */
export type StandinSms = {
  id: string
  mobile: string
  userid: string | null
  text: string
  status: 'pending' | 'delivered' | 'failed'
  code: string
  sentAt: string
  at: string
}
export type StandinMail = {
  id: string
  userid: string | null
  from: string
  to: string
  subject: string
  text: string
  html: string
  messageId: string
  at: string
}
export type StandinCard = {
  taskId: string
  userid: string
  msgid: string
  card: Record<string, unknown>
  sentAt: string
  version: number
  replaced: string | null
  buttonsDisabled: boolean
  /** Taken by the platform and not shown: its owner reads in WeChat's plugin. */
  hidden: boolean
}
/** An API call that the stand-in answered: what really went over the wire. `at` is machine time in ms. */
export type StandinCall = {
  seq: number
  at: number
  path: string
  body: unknown
  errcode: number
  accepted: boolean
  /** Accepted, and known from before: nobody saw it a second time. */
  deduplicated: boolean
  /** Members who were over their limit: accepted, and never shown to them. */
  dropped?: string[]
  /** The refusal in words, of SMS and mail. */
  code?: string
}
export type StandinCallback = {
  id: string
  config: string
  event: string
  /** The inner message, as it was before it was encrypted. */
  xml: string
  outcome: 'open' | 'delivered' | 'undelivered'
  attempts: { at: number; status: number | null; ms: number; error: string | null }[]
}
export type Fault = {
  /** A URL's path; of SMS the action, `/SendSms`, or `/` for any; of mail `smtp`. */
  path: string
  mode: 'errcode' | 'http' | 'hang' | 'slow' | 'drop-before' | 'drop-after'
  errcode?: number
  /** What an SMS operator says in place of an errcode. */
  code?: string
  status?: number
  ms?: number
  times?: number
}
type Said = { rep: string; externalUserId: string; text: string }

export function standinClient(base: string) {
  const call = async <T>(method: string, name: string, body?: unknown): Promise<T> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const res = await fetch(`${base}/__standin/${name}`, { method, ...sent, signal: AbortSignal.timeout(15_000) })
    const answer = await res.text()
    if (!res.ok) throw new Error(`stand-in: ${method} ${name} answered ${res.status}: ${answer}`)
    return JSON.parse(answer) as T
  }
  const post = <T = unknown>(name: string, body: unknown = {}) => call<T>('POST', name, body)

  return {
    url: base,
    state: () => call<StandinState>('GET', 'state'),
    customerSays: (said: Said) => post<{ id: string }>('chat', { ...said, from: 'customer' }),
    repSays: (said: Said) => post<{ id: string }>('chat', { ...said, from: 'rep' }),
    revoke: (id: string) => post('revoke', { id }),
    memberWrites: (userid: string, text: string) => post<{ callbackId: string; msgid: string }>('bot', { userid, text }),
    press: (press: { userid: string; taskId: string; key: string }) =>
      post<{ callbackId: string; responseCode: string }>('press', press),
    enter: (userid: string) => post('enter', { userid }),
    open: (what: { userid: string; entry: string; externalUserId?: string; chatId?: string }) => post('open', what),
    clipboard: (userid: string, text: string) => post('clipboard', { userid, text }),
    advanceClock: (advanceMs: number) => post<{ offsetMs: number }>('clock', { advanceMs }),
    /** To an instant of business time; one that has passed moves nothing. */
    moveClockTo: (to: Date | string) => post<{ offsetMs: number }>('clock', { to: new Date(to).toISOString() }),
    leave: (userid: string) => post('leave', { userid }),
    join: (userid: string) => post('join', { userid }),
    range: (userid: string, isIn: boolean) => post('range', { userid, in: isIn }),
    licence: (userid: string, licensed: boolean) => post('licence', { userid, licensed }),
    plugin: (userid: string, plugin: boolean) => post('plugin', { userid, plugin }),
    /** What becomes of text messages to this member from now on. */
    phone: (userid: string, mode: 'on' | 'off' | 'fails', code?: string) =>
      post('phone', { userid, mode, ...(code ? { code } : {}) }),
    smsApproval: (change: { sign?: boolean; template?: boolean }) => post('sms-approval', change),
    archive: (change: { on?: boolean; consent?: Record<string, boolean> }) => post('archive', change),
    revokeToken: () => post('revoke-token'),
    fault: (fault: Fault) => post('faults', fault),
    /** Those that are still to be played. */
    faults: () => call<Fault[]>('GET', 'faults'),
    clearFaults: () => call('DELETE', 'faults'),
    calls: (path?: string) => call<StandinCall[]>('GET', path ? `calls?path=${encodeURIComponent(path)}` : 'calls'),
    callbacks: () => call<StandinCallback[]>('GET', 'callbacks'),
    /** A hand-made callback, properly encrypted and signed; the product's answer. */
    callback: (made: { config?: 'app' | 'archive'; xml?: string; fields?: Record<string, unknown> }) =>
      post<{ status: number | null; answer: string; error: string | null }>('callback', made),
    /** Bytes as they are, for what a product must refuse. */
    rawCallback: (raw: {
      path: string
      method?: string
      query?: string | Record<string, string>
      body?: string
      headers?: Record<string, string>
    }) => post<{ status: number | null; answer: string; error: string | null }>('callback/raw', raw),
  }
}
export type StandinClient = ReturnType<typeof standinClient>
