import type { Deps } from '../deps.js'
import type { DingtalkPush, PushAttempt, PushKind } from '../state/dingtalk-pushes.js'
import { postCard, postEvent, postRobot, sealOf } from './callbacks.js'
import type { Ack, Frame } from './connection.js'
import { frameOf, type Gateway, TOPICS } from './gateway.js'
import type { DingtalkSettings } from './settings.js'

type Parts = { deps: Deps; dingtalk: DingtalkSettings; gateway: Gateway; stop: AbortSignal; over: boolean }
type Result = Omit<PushAttempt, 'at'>
type Attempted = { result: Result; answer: unknown }

/** When the month's pushes are used up: a message without its content [develop-stream-mode-push-server]. */
const OVER = { errCode: 20001, errMsg: '本月推送次数已用完' }
const failed = (error: string): Attempted => ({
  result: { ms: 0, ok: false, status: null, error, answer: '' },
  answer: null,
})

/** Tells the product once. The attempt never throws: what went wrong is its result. */
export async function attemptOf(parts: Parts, push: DingtalkPush): Promise<Attempted> {
  const { deps, dingtalk, stop } = parts
  if (push.via === 'stream') return overStream(parts, push)
  switch (push.kind) {
    case 'event': {
      const seal = sealOf(dingtalk)
      if (!seal) return failed('no token and key for events over HTTP')
      return { result: await postEvent(deps, seal, flat(parts, push), dingtalk.callbackMs, stop), answer: null }
    }
    case 'robot': {
      const result = await postRobot(deps, dingtalk.clientSecret, contents(parts, push), dingtalk.callbackMs, stop)
      return { result, answer: result.ok ? parse(result.answer) : null }
    }
    case 'card': {
      const result = await postCard(deps, push, push.secret ?? null, dingtalk.cardMs, stop)
      return { result, answer: result.ok ? parse(result.answer) : null }
    }
  }
}

/** The current form of an event over HTTP: its own fields beside what is said of every event. */
function flat({ dingtalk, over }: Parts, push: DingtalkPush): object {
  if (over) return OVER
  const { eventType, eventId, data } = push.body as { eventType: string; eventId: string; data: object }
  return { EventType: eventType, EventTime: push.at, CorpId: dingtalk.corpId, BizId: eventId, eventId, ...data }
}

const contents = ({ over }: Parts, push: DingtalkPush): unknown =>
  over ? OVER : push.kind === 'event' ? push.body.data : push.body

async function overStream(parts: Parts, push: DingtalkPush): Promise<Attempted> {
  const { deps, dingtalk, gateway } = parts
  const connection = gateway.pick(TOPICS[push.kind])
  if (!connection) return failed('no connection')
  const frame = frameFor(parts, push, connection.id)
  const started = performance.now()
  const waiting = connection.ask(frame, push.kind === 'card' ? dingtalk.cardMs : dingtalk.ackMs)
  // Fire and forget: the ack of a message to the robot is looked at by nobody, unless it would be sent again without.
  if (push.kind === 'robot' && dingtalk.robotRepeatMs === 0) {
    void waiting.then((ack) => ack && deps.log.debug({ id: push.id, code: ack.code }, 'a robot message was acked'))
    return { result: { ms: 0, ok: true, status: null, error: null, answer: '' }, answer: null }
  }
  return judge(push.kind, await waiting, Math.round(performance.now() - started))
}

function frameFor(parts: Parts, push: DingtalkPush, connectionId: string): Frame {
  const { dingtalk } = parts
  const [type = 'CALLBACK', topic = ''] = TOPICS[push.kind].split(' ') as [Frame['type'], string]
  const common = { topic, appId: dingtalk.clientId, connectionId }
  if (push.kind !== 'event') {
    // A press that comes twice is one frame sent twice; an event that comes again is a new frame about the same event.
    const again: Record<string, string> = push.kind === 'card' ? { messageId: push.id } : {}
    return frameOf(type, { ...common, ...again }, contents(parts, push))
  }
  const { eventType, eventId } = push.body as { eventType: string; eventId: string }
  const about = {
    eventType,
    eventId,
    eventCorpId: dingtalk.corpId,
    eventBornTime: String(push.at),
    eventUnifiedAppId: dingtalk.clientId,
  }
  return frameOf(type, { ...common, ...about }, contents(parts, push))
}

function judge(kind: PushKind, ack: Ack | null, ms: number): Attempted {
  if (!ack) return { result: { ms, ok: false, status: null, error: 'no ack', answer: '' }, answer: null }
  const told = { ms, status: ack.code, answer: ack.text.slice(0, 20_000) }
  if (ack.code !== 200) return { result: { ...told, ok: false, error: `ack ${ack.code}: ${ack.message}` }, answer: null }
  const data = ack.data as { status?: unknown; response?: unknown } | null
  // An official SDK acks events with an echo and no status: 200 alone will do.
  if (kind === 'event' && data?.status === 'LATER') return { result: { ...told, ok: false, error: 'LATER' }, answer: null }
  return { result: { ...told, ok: true, error: null }, answer: kind === 'card' ? (data?.response ?? null) : null }
}

/** A body that is empty or no JSON says nothing. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
