import type { Heard } from '../channels/channel.js'
import { sealSession, sessionSecrets } from '../domain/bot/session-secrets.js'
import { laneOfWay } from '../domain/card/queue-copies.js'
import { later } from '../domain/outbox.js'
import type { Work } from '../domain/work.js'

type FromPerson = Extract<Heard, { kind: 'said' | 'pressed' }>
type Answer = { personId: string; key: string; text: string; dataKey: string }

/** Answers whoever said or pressed it, where they did: in WeCom, alone with DingTalk's robot, or in a group. */
export async function answerThere(work: Work, heard: FromPerson, { personId, key, text, dataKey }: Answer): Promise<void> {
  const { platform } = heard.from
  const session = heard.kind === 'said' ? heard.session : undefined
  await later(work, {
    ...{ kind: 'send-text', key, lane: laneOfWay(platform, personId), priority: 2 },
    payload: {
      ...{ personId, text, platform },
      ...(session?.group ? { group: session.conversationId } : {}),
      ...(session?.webhook ? { session: sealSession(sessionSecrets(dataKey), session.webhook) } : {}),
    },
  })
}
