import type { IncomingMessage, ServerResponse } from 'node:http'
import { isDingtalk } from './state/dingtalk/dingtalk.js'
import type { Fact } from './state/state.js'
import type { Store } from './store.js'

/** Says what changed; who hears it fetches the state again. */
export type Doorbell = {
  ring(type: string, about?: Record<string, unknown>): void
  answer(req: IncomingMessage, res: ServerResponse): void
  close(): void
}

const NAMES: Partial<Record<Fact['type'], string>> = {
  chat: 'message',
  'chat-revoked': 'message',
  'archive-set': 'archive',
  message: 'card',
  'card-change': 'card',
  recall: 'card',
  'member-text': 'text',
  callback: 'callback',
  'callback-attempt': 'callback',
  opened: 'open',
  clipboard: 'clipboard',
  offset: 'clock',
  'member-left': 'member',
  'member-joined': 'member',
  'member-range': 'member',
  'member-licence': 'member',
  'member-plugin': 'member',
  'group-message': 'group',
  'workbench-template': 'workbench',
  'workbench-data': 'workbench',
  'sms-receipt': 'sms',
  'sms-line': 'sms',
  mail: 'mail',
  contact: 'contact',
  follow: 'contact',
  'follow-notes': 'contact',
  'follow-end': 'contact',
  'contact-way': 'contact',
  'contact-way-deleted': 'contact',
  'member-contact': 'member',
  'customer-group': 'group',
  'customer-group-members': 'group',
  'customer-group-set': 'group',
  'customer-group-dismissed': 'group',
  'group-chat': 'message',
  'group-chat-revoked': 'message',
}

export function createDoorbell(store: Store): Doorbell {
  const ears = new Set<ServerResponse>()
  const ring = (type: string, about: Record<string, unknown> = {}) => {
    for (const res of ears) res.write(`data: ${JSON.stringify({ type, ...about })}\n\n`)
  }
  const silence = store.onFact((fact) => {
    const isText = fact.type === 'message' && fact.content.kind === 'text'
    const name = isText ? 'text' : isDingtalk(fact) ? 'dingtalk' : NAMES[fact.type]
    if (name) ring(name)
  })
  const beat = setInterval(() => ring('beat'), 20_000)
  return {
    ring,
    answer(_req, res) {
      res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
      res.write('data: {"type":"hello"}\n\n')
      ears.add(res)
      res.on('close', () => ears.delete(res))
    },
    close() {
      silence()
      clearInterval(beat)
      for (const res of ears) res.end()
    },
  }
}
