import { describe, type Log } from '../../../lib/log.js'
import type { StreamFrame } from './frame.js'
import { cardTopic, robotTopic } from './topics.js'

/** What our side does with what is heard. A promise that resolves means: the row stands. One that rejects: send it again. */
export type StreamHandlers = {
  event(frame: StreamFrame): Promise<unknown>
  robot(frame: StreamFrame): Promise<unknown>
  /** A click. `answer` is what the card shows now (null: as it is); `left` is called once that has been written. */
  press(frame: StreamFrame): Promise<{ answer: object | null; left(): Promise<void> }>
  /** JSON that is no frame, such as the end of a quota (`errCode`). */
  strange(json: unknown): void
}

export type Ack = { code: 200 | 400 | 404 | 500; message: string; data: string; left?: () => Promise<void> }

/**
 * The acknowledgement of an EVENT or CALLBACK frame, after its handler is done with it. An event that could not be stored is
 * «LATER», a callback 500: both come again (a robot's message perhaps not: the platform promises nothing there).
 * https://open-dingtalk.github.io/developerpedia/docs/learn/stream/protocol
 */
export async function answerFrame(frame: StreamFrame, handlers: StreamHandlers, log: Log): Promise<Ack> {
  const { type, topic } = frame
  try {
    if (type === 'EVENT') {
      await handlers.event(frame)
      return ok({ status: 'SUCCESS', message: 'ok' })
    }
    if (type === 'CALLBACK' && topic === robotTopic) {
      await handlers.robot(frame)
      return ok({ response: null })
    }
    if (type === 'CALLBACK' && topic === cardTopic) {
      const { answer, left } = await handlers.press(frame)
      return { ...ok({ response: answer ?? {} }), left }
    }
  } catch (error) {
    log.warn({ topic, messageId: frame.messageId, ...describe(error) }, 'a frame could not be taken in')
    if (type === 'EVENT') return ok({ status: 'LATER', message: 'not stored' })
    return { code: 500, message: 'not stored', data: '{}' }
  }
  log.warn({ type, topic }, 'nobody asked for this topic')
  return { code: 404, message: 'no such topic', data: '{}' }
}

const ok = (data: object): Ack => ({ code: 200, message: 'OK', data: JSON.stringify(data) })

/** As it goes over the wire. */
export function writeAck(messageId: string, { code, message, data }: Ack): string {
  return JSON.stringify({ code, message, headers: { messageId, contentType: 'application/json' }, data })
}
