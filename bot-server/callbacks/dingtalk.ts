import { randomBytes } from 'node:crypto'
import { parse } from 'node:querystring'
import type { Context, Middleware } from 'koa'
import { openCallback, sealReply } from '../../channels/dingtalk/callback.js'
import { checkCardSign } from '../../channels/dingtalk/card-sign.js'
import { prepareCallback } from '../../channels/dingtalk/crypto.js'
import { fieldOf, type Json, readObject } from '../../channels/dingtalk/fields.js'
import { checkRobotSign } from '../../channels/dingtalk/robot-sign.js'
import { maxCallbackBytes } from '../../channels/sealed/limit.js'
import { CallbackRefused } from '../../channels/sealed/refused.js'
import type { DingtalkConfig } from '../../lib/dingtalk-config.js'
import { describe, type Log } from '../../lib/log.js'
import { readBody } from '../middleware/read-body.js'
import type { DingtalkHearing } from './hear-dingtalk.js'

type Needs = { config: DingtalkConfig; hearing: DingtalkHearing; machineNow: () => Date; log: Log }

const path = /^\/callback\/dingtalk(\/robot|\/card)?$/

/**
 * `POST /callback/dingtalk`: sealed events; `/callback/dingtalk/robot`: what is said to the robot; `/callback/dingtalk/card`:
 * presses. The last two are known by their headers as well, so that one address does for all three. Verified, stored, and
 * only then answered; what could not be stored in time is a 503, and the platform sends it again.
 */
export function createDingtalkCallback({ config, hearing, machineNow, log }: Needs): Middleware {
  const prepared = config.callback && prepareCallback({ ...config.callback, clientId: config.clientId, corpId: config.corpId })

  return async (ctx, next) => {
    const match = path.exec(ctx.path)
    if (!match || ctx.method !== 'POST') return next()
    try {
      const body = await readBody(ctx.req, maxCallbackBytes)
      if (body === null) {
        ctx.set('connection', 'close')
        throw new CallbackRefused('too-large', 'body')
      }
      if (match[1] === '/card' || ctx.get('x-ddpaas-signature')) await hearPress(ctx, body)
      else if (match[1] === '/robot' || ctx.get('sign')) await hearRobot(ctx, body)
      else await hearEvent(ctx, body)
    } catch (error) {
      if (error instanceof CallbackRefused) {
        log.warn({ from: ctx.ip, reason: error.reason }, `DingTalk callback refused: ${error.message}`)
        ctx.status = error.status
      } else if (isOfTheirs(error)) {
        throw error
      } else {
        log.error({ trace: ctx.state.trace, ...describe(error) }, 'DingTalk callback not kept')
        ctx.status = 503
      }
      ctx.body = ''
    }
  }

  async function hearEvent(ctx: Context, body: Buffer): Promise<void> {
    if (!prepared) return ctx.throw(404)
    const { row, answer, seal } = openCallback(prepared, { query: parse(ctx.querystring), body })
    if (row) await hearing.hear(row, ctx.state.trace)
    const chance = { now: machineNow(), nonce: randomBytes(8).toString('hex'), random16: randomBytes(16) }
    ctx.body = sealReply(seal, answer, chance)
  }

  async function hearRobot(ctx: Context, body: Buffer): Promise<void> {
    checkRobotSign(config.clientSecret, { timestamp: ctx.get('timestamp'), sign: ctx.get('sign') }, machineNow())
    const message = readJson(body)
    isOurs(message, { chatbotCorpId: config.corpId, robotCode: config.robotCode })
    await hearing.hearRobot(message, ctx.state.trace)
    // An empty message: what we answer leaves by the outbox.
    ctx.body = {}
  }

  async function hearPress(ctx: Context, body: Buffer): Promise<void> {
    if (!config.cardSecret) return ctx.throw(404)
    const timestamp = ctx.get('x-ddpaas-signature-timestamp')
    checkCardSign(config.cardSecret, { timestamp, signature: ctx.get('x-ddpaas-signature') }, machineNow())
    const told = readJson(body)
    isOurs(told, { corpId: config.corpId })
    const by = { via: 'http', signed: { body: body.toString(), timestamp } } as const
    const { answer, left } = await hearing.hearPress({ told, by }, ctx.state.trace)
    ctx.res.once('finish', () => {
      left().catch((error) => log.warn({ trace: ctx.state.trace, ...describe(error) }, 'not noted that the card was shown'))
    })
    ctx.body = answer ?? {}
  }
}

/** A wrong address, a request that was cut off. */
const isOfTheirs = (error: unknown) => Number((error as { status?: unknown }).status) < 500

function readJson(body: Buffer): Json {
  const told = readObject(body.toString())
  if (!told) throw new CallbackRefused('malformed', 'body')
  return told
}

/** Its signature proves the sender and not the body: what names another organisation or robot is not for us. */
function isOurs(told: Json, ours: Record<string, string>): void {
  for (const [name, value] of Object.entries(ours)) {
    const theirs = fieldOf(told, name)
    if (theirs && theirs !== value) throw new CallbackRefused('foreign', name)
  }
}
