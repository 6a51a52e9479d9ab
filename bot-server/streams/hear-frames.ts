import { fieldOf, type Json, readObject } from '../../channels/dingtalk/fields.js'
import { quotaEndOf } from '../../channels/dingtalk/quota-end.js'
import type { StreamHandlers } from '../../channels/dingtalk/stream/answer-frame.js'
import type { StreamFrame } from '../../channels/dingtalk/stream/frame.js'
import { newTrace } from '../../lib/ids.js'
import type { DingtalkHearing } from '../callbacks/hear-dingtalk.js'

type Needs = {
  hearing: DingtalkHearing
  /** The month's pushes are used up: what comes from now on has no content. `words` are the platform's. */
  onQuotaEnd: (words: string) => void
}

/** Frames of the Stream connection, heard as callbacks over HTTP are. */
export function hearFrames({ hearing, onQuotaEnd }: Needs): StreamHandlers {
  /** Nothing was said in it; to ask for it again would only cost another push. */
  function isQuotaEnd(json: unknown): boolean {
    const told = readObject(json)
    const words = told && quotaEndOf(told)
    if (words) onQuotaEnd(words)
    return Boolean(words)
  }
  const dataOf = ({ data }: StreamFrame): Json => readObject(data) ?? {}

  return {
    async event(frame) {
      if (isQuotaEnd(frame.data)) return
      await hearing.hearEvent({ headers: frame.headers, data: dataOf(frame) }, newTrace())
    },
    async robot(frame) {
      if (isQuotaEnd(frame.data)) return
      await hearing.hearRobot(dataOf(frame), newTrace())
    },
    async press(frame) {
      if (isQuotaEnd(frame.data)) return { answer: null, left: async () => {} }
      const by = { via: 'stream', messageId: frame.messageId, time: fieldOf(frame.headers, 'time') } as const
      return hearing.hearPress({ told: dataOf(frame), by }, newTrace())
    },
    strange: (json) => void isQuotaEnd(json),
  }
}
