import { dingtalkClient } from './dingtalk-client.js'

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
  customers: StandinCustomer[]
  customerGroups: StandinGroup[]
  contactWays: { configId: string; state: string; remark: string; users: string[] }[]
  chats: {
    rep: string
    externalUserId: string
    messages: { id: string; from: 'customer' | 'rep'; text: string; at: string; revoked: boolean; call?: { seconds: number } }[]
  }[]
  cards: StandinCard[]
  texts: { userid: string; text: string; at: string; from: 'app' | 'member' }[]
}
/** One rep's customer; one person with two reps is there twice. */
export type StandinCustomer = {
  externalUserId: string
  name: string
  company: string
  rep: string
  half: boolean
  ended: 'rep' | 'customer' | null
  state: string
  remark: string
  mobiles: string[]
  tags: string[]
}
export type StandinGroup = {
  chatId: string
  name: string
  owner: string
  dismissed: boolean
  members: { key: string; ours: boolean; name: string; at: string }[]
  messages: { id: string; from: string; text: string; at: string; revoked: boolean; call?: { seconds: number } }[]
}
/** A new contact. Without `externalUserId` it is somebody new; `way` (a config_id) brings rep and state. */
export type StandinAdd = {
  rep?: string
  way?: string
  externalUserId?: string
  name?: string
  /** 1 WeChat, 2 another organisation's WeCom. */
  type?: 1 | 2
  unionid?: string
  company?: string
  mobiles?: string[]
  remark?: string
  state?: string
  /** 免验证, not confirmed yet. */
  half?: boolean
  addWay?: number
  by?: 'customer' | 'rep'
  /** False: no welcome code comes. */
  welcome?: boolean
}
type Added = { externalUserId: string; rep: string; welcomeCode: string | null }
type Pair = { rep: string; externalUserId: string }
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
  /** The platform's words in place of those of the errcode. */
  errmsg?: string
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
    ding: dingtalkClient(call),
    state: () => call<StandinState>('GET', 'state'),
    customerSays: (said: Said) => post<{ id: string }>('chat', { ...said, from: 'customer' }),
    repSays: (said: Said) => post<{ id: string }>('chat', { ...said, from: 'rep' }),
    revoke: (id: string) => post('revoke', { id }),
    memberWrites: (userid: string, text: string) => post<{ callbackId: string; msgid: string }>('bot', { userid, text }),
    press: (press: { userid: string; taskId: string; key: string }) =>
      post<{ callbackId: string; responseCode: string }>('press', press),
    enter: (userid: string) => post('enter', { userid }),
    open: (what: { userid: string; entry: string; externalUserId?: string; chatId?: string }) => post('open', what),
    /** The code with which somebody outside would come to a page of the product's in WeChat. */
    visitorCode: (externalUserId: string) => post<{ code: string }>('login-code', { externalUserId }),
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
    archive: (change: { on?: boolean; consent?: Record<string, boolean>; keyVersion?: number | null }) => post('archive', change),
    /** Any record of the archive; `media` (base64) becomes its sdkfileid. */
    archiveRecord: (record: {
      from: string
      to?: string[]
      chatId?: string
      msgtype: string
      key?: string
      body?: Record<string, unknown>
      action?: 'send' | 'recall' | 'switch'
      more?: Record<string, unknown>
      media?: string
      msgid?: string
      at?: string
    }) => post<{ id: string; sdkfileid: string | null; archived: boolean }>('archive/record', record),
    addContact: async (add: StandinAdd) => (await post<{ added: Added[] }>('contacts/add', add)).added[0] as Added,
    /** All in the same second, told in this order. */
    addContacts: async (adds: StandinAdd[]) => (await post<{ added: Added[] }>('contacts/add', { adds })).added,
    confirmContact: (pair: Pair) => post('contacts/confirm', pair),
    editContact: (
      edit: Pair & {
        remark?: string
        description?: string
        company?: string
        mobiles?: string[]
        tags?: string[]
        ownTags?: string[]
      },
    ) => post('contacts/edit', edit),
    removeContact: (remove: Pair & { by?: 'rep' | 'customer'; transfer?: boolean }) => post('contacts/remove', remove),
    failTransfer: (fail: Pair & { reason?: 'customer_refused' | 'customer_limit_exceed' }) =>
      post('contacts/transfer-fail', fail),
    /** What people outside show of themselves; nobody is told. */
    contactProfile: (profile: { externalUserId: string; name?: string; unionid?: string; avatar?: string; corpName?: string }) =>
      post('contacts/profile', profile),
    /** The application in 客户联系「可调用接口的应用」 or not. */
    contactApi: (on: boolean) => post('contacts/api', { on }),
    /** One member in 客户联系「使用范围」, and with a seat of the archive. */
    scope: (userid: string, change: { contact?: boolean; archive?: boolean }) => post('contacts/scope', { userid, ...change }),
    createTags: (group: string, names: string[]) => post<{ groupId: string; ids: string[] }>('tags/create', { group, names }),
    renameTag: (id: string, name: string) => post('tags/rename', { id, name }),
    deleteTag: (id: string) => post('tags/delete', { id }),
    shuffleTags: (groupId = '') => post('tags/shuffle', { groupId }),
    createGroup: (group: {
      chatId?: string
      name?: string
      owner: string
      members?: string[]
      guests?: { externalUserId: string; name: string }[]
    }) => post<{ chatId: string }>('groups/create', group),
    changeGroupMembers: (change: {
      chatId: string
      join?: string[]
      guests?: { externalUserId: string; name: string }[]
      leave?: string[]
      scene?: 1 | 2 | 3
      removed?: boolean
    }) => post('groups/members', change),
    setGroup: (set: { chatId: string; name?: string; owner?: string; notice?: string }) => post('groups/set', set),
    dismissGroup: (chatId: string) => post('groups/dismiss', { chatId }),
    groupSays: (said: { chatId: string; from: string; text: string }) => post<{ id: string }>('groups/say', said),
    /** A call that was answered: `voiptext` in the archive. */
    call: (call: Pair & { from?: 'customer' | 'rep'; seconds: number; video?: boolean }) => post<{ id: string }>('call', call),
    /** A conference in a group: `meeting_voice_call` in the archive. */
    groupCall: (call: { chatId: string; from: string; seconds: number }) =>
      post<{ id: string; sdkfileid: string }>('groups/call', call),
    /** Yes or no to the archive: `agree`/`disagree` in it, and of a yes `msg_audit_approved`. */
    consent: (word: { externalUserId: string; agreed: boolean; rep?: string }) => post<{ reps: string[] }>('consent', word),
    /** A call over 公费电话. */
    dial: (dial: { userid: string; phone: string; minutes: number; at?: string }) => post('dial', dial),
    /** Keeps callbacks back, or delivers each several times although answered. */
    deliveries: (manner: { held?: boolean; copies?: number }) =>
      post<{ held: boolean; copies: number; waiting: string[] }>('deliveries', manner),
    /** Lets go what was kept back, one after another in this order. */
    release: (what: { order?: 'as-happened' | 'reversed' | 'shuffled'; ids?: string[] } = {}) =>
      post<{ released: string[] }>('deliveries/release', what),
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
