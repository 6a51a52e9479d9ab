import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Deps } from '../deps.js'
import type { Faults } from '../faults.js'
import { answerJson, pathOf, queryOf, readBody } from '../http.js'
import { type Answer, queryAliyun, sendByAliyun } from './aliyun.js'
import { checkAliyun, type Signed } from './aliyun-signature.js'
import type { Receipts } from './receipts.js'
import { pullTencent, sendByTencent } from './tencent.js'
import { checkTencent } from './tencent-signature.js'

type Parts = { deps: Deps; faults: Faults; receipts: Receipts }

/** Both operators answer at `/` and are told apart by the header that names the action. */
export const isSms = (req: IncomingMessage): boolean =>
  pathOf(req) === '/' && (typeof req.headers['x-acs-action'] === 'string' || typeof req.headers['x-tc-action'] === 'string')

const seen = new WeakMap<Deps, Set<string>>()

/** Alibaba's and Tencent's SMS. Trouble can be ordered for `/` or, more closely, for `/SendSms` and the other actions. */
export async function answerSms(parts: Parts, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { deps, faults, receipts } = parts
  const body = await readBody(req)
  const isAliyun = typeof req.headers['x-acs-action'] === 'string'
  const action = String(req.headers['x-acs-action'] ?? req.headers['x-tc-action'])
  const reply = (answer: Record<string, unknown>, status = 200) => {
    const RequestId = randomUUID().toUpperCase()
    answerJson(res, isAliyun ? { ...answer, RequestId } : { Response: { ...answer, RequestId } }, status)
  }
  const trouble = await faults.play([`/${action}`, '/'], req, res, ({ code }) =>
    isAliyun
      ? reply({ Code: code ?? 'isp.SYSTEM_ERROR', Message: 'fault on order' })
      : reply({ Error: { Code: code ?? 'InternalError', Message: 'fault on order' } }),
  )
  if (trouble === 'answered') return

  const signed: Signed = { method: req.method ?? '', path: '/', query: queryOf(req), headers: req.headers, body }
  const outcome = isAliyun ? viaAliyun(deps, action, signed) : viaTencent(deps, action, signed)
  const { answer, said, status = 200 } = outcome
  const statuses = answer.body.SendStatusSet as { Code: string }[] | undefined
  const code = String(answer.body.Code ?? (answer.body.Error as { Code: string } | undefined)?.Code ?? statuses?.[0]?.Code)
  const accepted = code === 'OK' || code === 'Ok' || code === 'undefined'
  await deps.store.record(...answer.facts, {
    type: 'call',
    at: deps.clock.machine(),
    path: `/${action}`,
    body: said,
    errcode: accepted ? 0 : -1,
    ...(accepted ? {} : { code }),
    accepted,
    deduplicated: false,
  })
  if (answer.facts.length > 0) receipts.look()
  if (trouble === 'cut') return void req.socket.destroy()
  reply(answer.body, status)
}

type Outcome = { answer: Answer; said: unknown; status?: number }

function viaAliyun(deps: Deps, action: string, signed: Signed): Outcome {
  const said = Object.fromEntries(signed.query)
  const no = (Code: string, Message: string, status: number): Outcome => ({
    answer: { body: { Code, Message }, facts: [] },
    said,
    status,
  })
  const { sms } = deps.settings
  if (!sms) return no('InvalidAccessKeyId.NotFound', 'Specified access key is not found.', 404)
  const wrong = checkAliyun(signed, sms, deps.clock.machine())
  if (wrong) return no(wrong.code, wrong.message, wrong.status)
  if (signed.headers['x-acs-version'] !== '2017-05-25')
    return no('InvalidVersion', 'Specified parameter Version is not valid.', 400)
  const nonces = seen.get(deps) ?? new Set<string>()
  const nonce = String(signed.headers['x-acs-signature-nonce'])
  if (nonces.has(nonce)) return no('SignatureNonceUsed', 'Specified signature nonce was used already.', 400)
  seen.set(deps, nonces.add(nonce))
  if (action === 'SendSms') return { answer: sendByAliyun(deps, sms, signed.query), said }
  if (action === 'QuerySendDetails') return { answer: queryAliyun(deps, signed.query), said }
  return no('InvalidAction.NotFound', 'Specified api is not found.', 404)
}

function viaTencent(deps: Deps, action: string, signed: Signed): Outcome {
  const said = read(signed.body)
  const no = (Code: string, Message: string): Outcome => ({ answer: { body: { Error: { Code, Message } }, facts: [] }, said })
  const { sms } = deps.settings
  if (!sms) return no('AuthFailure.SecretIdNotFound', 'The SecretId is not found.')
  const wrong = checkTencent(signed, sms, deps.clock.machine())
  if (wrong) return no(wrong.code, wrong.message)
  if (signed.headers['x-tc-version'] !== '2021-01-11') return no('NoSuchVersion', 'The API version does not exist.')
  if (!signed.headers['x-tc-region']) return no('MissingParameter', 'The Region is missing.')
  if (action === 'SendSms') return { answer: sendByTencent(deps, sms, said), said }
  if (action === 'PullSmsSendStatusByPhoneNumber') return { answer: pullTencent(deps, sms, said), said }
  return no('InvalidAction', 'The API does not exist.')
}

function read(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}
