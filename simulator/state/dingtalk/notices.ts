/** Work notifications. `at` is business time, `machineAt` machine time. */
export type NoticeFact =
  | { type: 'ding-notice'; notice: Notice }
  | { type: 'ding-notice-recalled'; taskId: number }
  | { type: 'ding-notice-read'; taskId: number; userid: string }

/** Why somebody got nothing although the call was accepted. */
export type Forbidden = { code: string; count: number; userid: string }
export type Notice = {
  taskId: number
  /** Hash of what it says. */
  digest: string
  msg: { msgtype: string; [part: string]: unknown }
  /** Who got it. */
  to: string[]
  invalid: string[]
  forbidden: Forbidden[]
  at: number
  machineAt: number
  recalled: boolean
  readBy: string[]
}
export type Notices = Map<number, Notice>

export function applyNotice(notices: Notices, fact: NoticeFact): void {
  if (fact.type === 'ding-notice') {
    notices.set(fact.notice.taskId, { ...fact.notice, readBy: [...fact.notice.readBy] })
    return
  }
  const notice = notices.get(fact.taskId)
  if (!notice) return
  if (fact.type === 'ding-notice-recalled') notice.recalled = true
  else if (!notice.readBy.includes(fact.userid)) notice.readBy.push(fact.userid)
}
