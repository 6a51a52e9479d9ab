/** What DingTalk's clients show. Times are ISO, business time. */
export type DingtalkState = {
  corpId: string
  usage: { month: string; spent: { calls: number; pushes: number }; quota: { calls: number; pushes: number; dings: number } }
  left: string[]
  groups: { id: string; title: string; members: string[] }[]
  messages: DingtalkMessage[]
  heard: { msgId: string; userid: string; text: string; at: string; atRobot: boolean }[]
  cards: DingtalkCard[]
  notices: { taskId: number; to: string[]; readBy: string[]; at: string }[]
  todos: { id: string; subject: string; executorIds: string[]; doneBy: string[]; done: boolean; dueTime: number | null }[]
  dings: { id: string; remindType: number; to: string[]; content: string; recalled: boolean; at: string }[]
}
type Chat = { userid: string } | { group: string }
export type DingtalkMessage = {
  key: string
  chats: Chat[]
  by: 'api' | 'session'
  words: string
  recalled: boolean
  sentAt: string
}
export type DingtalkCard = {
  outTrackId: string
  chat: Chat
  sentAt: string
  version: number
  params: Record<string, string>
  shows: {
    title: string
    desc: string
    quote: string
    fields: string
    settled: string
    buttons: { id: string; label: string; action: string | null; url: string | null }[]
  }
  presses: { userid: string; action: string; at: string; answered: boolean }[]
  /** `by` the answer of a press, or a call of the API. */
  changes: { by: string; at: string }[]
}
export type DingtalkPush = {
  id: string
  kind: 'event' | 'robot' | 'card'
  via: 'http' | 'stream'
  /** The event's type, the message's msgId, the card's outTrackId. */
  name: string
  outcome: 'open' | 'delivered' | 'undelivered'
  attempts: { at: number; ms: number; ok: boolean; status: number | null; error: string | null; answer: string }[]
}
export type DingtalkConnection = { id: string; topics: string[]; draining: boolean; ua: string }
type Told = { ok: boolean; status: number | null; error: string | null; answer: string }
type Call = <T>(method: string, name: string, body?: unknown) => Promise<T>

/** DingTalk's part of the stand-in's control API. Members by their userid there. */
export function dingtalkClient(call: Call) {
  const post = <T = unknown>(name: string, body: unknown = {}) => call<T>('POST', `dingtalk/${name}`, body)
  return {
    state: async () => (await call<{ dingtalk: DingtalkState }>('GET', 'state')).dingtalk,
    /** To the robot, or in a group. `sessionMs`: how long its webhook takes answers. */
    say: (said: { userid: string; text: string; group?: string; at?: boolean; sessionMs?: number }) =>
      post<{ msgId: string; pushId: string | null; answered: boolean }>('say', said),
    /** Returns when the product has answered, or two seconds are over. */
    press: (press: { userid: string; outTrackId: string; action: string }) =>
      post<{ answered: boolean; changed: boolean }>('press', press),
    read: (userid: string) => post<{ read: string[] }>('read', { userid }),
    leave: (userid: string) => post('leave', { userid }),
    join: (userid: string) => post('join', { userid }),
    range: (userid: string, isIn: boolean) => post('range', { userid, in: isIn }),
    quota: (quota: { calls?: number; pushes?: number; dings?: number }) => post<DingtalkState['usage']>('quota', quota),
    usage: () => call<DingtalkState['usage']>('GET', 'dingtalk/usage'),
    limits: (limits: { perSecond?: number; blockedMs?: number; page?: 'html' | 'json' }) => post('limits', limits),
    scope: (scope: string, granted: boolean) => post('scope', { scope, granted }),
    revokeToken: () => post('revoke-token'),
    /** What the client brings to a page of the product's to sign in with. */
    loginCode: (userid: string) => post<{ code: string }>('login-code', { userid }),
    readNotice: (userid: string, taskId: number) => post('read-notice', { userid, taskId }),
    /** Ticks a to-do off in the client, or takes the tick back. */
    tick: (userid: string, id: string, done = true) => post('tick', { userid, id, done }),
    /** A colleague's contact outside, added or changed by their userid there; nobody is told. */
    contact: (contact: {
      userid?: string
      name: string
      mobile: string
      follower: string
      company?: string
      title?: string
      remark?: string
    }) => post<{ userid: string }>('contact', contact),
    deleteContact: (userid: string) => post('contact/delete', { userid }),
    /** A customer of the CRM, added or changed. */
    customer: (customer: { id?: string; owner: string; personal?: boolean; data: Record<string, unknown> }) =>
      post<{ id: string }>('customer', customer),
    /** Our 酷应用 into an internal group, or out of it. */
    coolApp: (group: string, userid: string, installed = true) =>
      post<{ coolAppCode: string }>('cool-app', { group, userid, installed }),

    /** Any event, by the platform's way of telling. */
    event: (eventType: string, data: Record<string, unknown> = {}) => post<{ id: string }>('event', { eventType, data }),
    pushes: () => call<DingtalkPush[]>('GET', 'dingtalk/pushes'),
    mode: (mode: 'http' | 'stream') => post('mode', { mode }),
    connections: () => call<DingtalkConnection[]>('GET', 'dingtalk/connections'),
    /** Tells all connections, or one, to go; the stand-in closes them a while later. */
    disconnect: (id?: string) => post<{ told: number }>('connections/disconnect', id ? { id } : {}),
    /** Cuts all lines, or one, without a word. */
    cut: (id?: string) => post<{ cut: number }>('connections/break', id ? { id } : {}),
    frame: (frame: { text: string } | { type: 'SYSTEM' | 'EVENT' | 'CALLBACK'; topic: string; data?: unknown }) =>
      post<{ sent: number }>('connections/frame', frame),
    /** Keeps events and robot messages back, or delivers everything several times although it was taken. */
    deliveries: (manner: { held?: boolean; copies?: number }) =>
      post<{ held: boolean; copies: number; waiting: string[] }>('deliveries', manner),
    release: (what: { order?: 'as-happened' | 'reversed' | 'shuffled'; ids?: string[] } = {}) =>
      post<{ released: string[] }>('deliveries/release', what),
    /** What the console does when the address of events is saved. */
    checkUrl: () => post<Told>('check-url'),
    /** Once over HTTP, under any seal: what a product must refuse. */
    callback: (made: { body: Record<string, unknown>; token?: string; aesKey?: string; ownerKey?: string }) =>
      post<Told>('callback', made),
    robotCallback: (made: { body: Record<string, unknown>; secret?: string; at?: number }) => post<Told>('callback/robot', made),
  }
}
