/** What the robot said and heard. `at` is business time, `machineAt` machine time. */
export type RobotFact =
  | { type: 'ding-said'; message: RobotMessage }
  | { type: 'ding-recalled'; keys: string[] }
  | { type: 'ding-read'; key: string; userid: string; at: number }
  | { type: 'ding-heard'; message: Heard; session: { id: string; until: number } }
  /** Our 酷应用 was put into a group, or taken out (null): the robot is there by it. */
  | { type: 'ding-cool-app'; group: string; code: string | null }

/** Where a chat is: with one member, or a group. */
export type Chat = { userid: string } | { group: string }

export type RobotMessage = {
  /** `processQueryKey`; of what came through a session's webhook a key of ours. */
  key: string
  /** Who sees it: one chat each. */
  chats: Chat[]
  by: 'api' | 'session'
  msgKey: string
  param: Record<string, unknown>
  /** Userids that are called by it. */
  at: string[]
  sentAt: number
  machineAt: number
  recalled: boolean
  readBy: { userid: string; at: number }[]
}
export type Heard = { msgId: string; userid: string; chat: Chat; text: string; at: number; atRobot: boolean }
/** `until` is machine time. */
export type Session = { chat: Chat; until: number }

export type Robot = {
  said: Map<string, RobotMessage>
  heard: Heard[]
  sessions: Map<string, Session>
  coolApps: Map<string, string>
}

export const createRobot = (): Robot => ({ said: new Map(), heard: [], sessions: new Map(), coolApps: new Map() })

export function applyRobot(robot: Robot, fact: RobotFact): void {
  switch (fact.type) {
    case 'ding-said':
      robot.said.set(fact.message.key, { ...fact.message, readBy: [...fact.message.readBy] })
      break
    case 'ding-recalled':
      for (const key of fact.keys) {
        const message = robot.said.get(key)
        if (message) message.recalled = true
      }
      break
    case 'ding-read': {
      const message = robot.said.get(fact.key)
      if (message && !message.readBy.some(({ userid }) => userid === fact.userid))
        message.readBy.push({ userid: fact.userid, at: fact.at })
      break
    }
    case 'ding-heard':
      robot.heard.push(fact.message)
      robot.sessions.set(fact.session.id, { chat: fact.message.chat, until: fact.session.until })
      break
    case 'ding-cool-app':
      if (fact.code) robot.coolApps.set(fact.group, fact.code)
      else robot.coolApps.delete(fact.group)
  }
}
