import { randomBytes, randomInt } from 'node:crypto'
import { z } from 'zod'
import { mailState } from '../../channels/mail/mail.js'
import { smsState } from '../../channels/sms/sms.js'
import { askForCode } from '../../domain/reach/ask-for-code.js'
import { getReach } from '../../domain/reach/get-reach.js'
import { confirmTry } from '../../domain/reach/got-it.js'
import type { Off } from '../../domain/reach/judge-channel.js'
import { dropPoint } from '../../domain/reach/keep-point.js'
import { listTeam } from '../../domain/reach/list-team.js'
import { pointSecrets } from '../../domain/reach/point-secrets.js'
import { proveCode } from '../../domain/reach/prove-code.js'
import {
  codeInput,
  habitInput,
  pointInput,
  proveAnswer,
  proveInput,
  reachPage,
  teamReach,
  tryInput,
} from '../../domain/reach/reach.contract.js'
import { sayHabits } from '../../domain/reach/say-habits.js'
import { tryOne } from '../../domain/reach/try-one.js'
import { Refused } from '../../lib/errors.js'
import { type ApiContext, type ApiDeps, type Route, readInput, write } from './route.js'

/** 我的提醒渠道, and the team's. Numbers and addresses come in and never leave but masked. */
export const reachRoutes = (deps: ApiDeps): Route[] => {
  const points = () => pointSecrets(deps.config.dataKey)
  const off = (): Off => {
    const [sms, mail] = [smsState(deps.config.sms), mailState(deps.config.mail)]
    return { sms: sms.on ? null : sms.why, mail: mail.on ? null : mail.why }
  }
  const sendsCodes = () => Boolean(deps.config.sms.settings?.codeTemplateId)
  const show = async (ctx: ApiContext) => {
    const now = await deps.clock.now(deps.db)
    const needs = { off: off(), sendsCodes: sendsCodes(), points: points(), now, machineNow: deps.clock.machineNow() }
    ctx.body = reachPage.parse(await getReach(deps.db, ctx.state.actor, needs))
  }
  const codeTime = () => ({ points: points(), machineNow: deps.clock.machineNow() })

  return [
    { method: 'GET', path: '/api/reach', handle: show },
    {
      method: 'GET',
      path: '/api/reach/team',
      async handle(ctx) {
        const now = await deps.clock.now(deps.db)
        ctx.body = teamReach.parse(await listTeam(deps.db, ctx.state.actor, { off: off(), now }))
      },
    },
    {
      method: 'POST',
      path: '/api/reach/code',
      async handle(ctx) {
        const { requestId, channel, value: typed } = readInput(codeInput, ctx.request.body)
        const why = channel === 'sms' && off().sms === null && !sendsCodes() ? '没有验证码短信模板' : off()[channel]
        if (why) throw new Refused('channel-off', why, 409)
        const code = String(randomInt(1_000_000)).padStart(6, '0')
        const { personId } = ctx.state.actor
        await write(deps, ctx, requestId, async (work) => {
          await askForCode(work, { personId, channel, typed, code, ...codeTime() })
          return {}
        })
        ctx.body = {}
      },
    },
    {
      method: 'POST',
      path: '/api/reach/prove',
      async handle(ctx) {
        const { requestId, channel, code } = readInput(proveInput, ctx.request.body)
        const { personId } = ctx.state.actor
        // A wrong code is an answer and no error: the try must count.
        ctx.body = await write(deps, ctx, requestId, async (work) =>
          proveAnswer.parse({ proved: await proveCode(work, { personId, channel, code, ...codeTime() }) }),
        )
      },
    },
    {
      method: 'POST',
      path: '/api/reach/drop',
      async handle(ctx) {
        const { requestId, channel } = readInput(pointInput, ctx.request.body)
        await write(deps, ctx, requestId, async (work) => {
          await dropPoint(work, ctx.state.actor.personId, channel)
          return {}
        })
        await show(ctx)
      },
    },
    {
      method: 'POST',
      path: '/api/reach/habits',
      async handle(ctx) {
        const { requestId, ...habits } = readInput(habitInput, ctx.request.body)
        await write(deps, ctx, requestId, async (work) => {
          await sayHabits(work, ctx.state.actor.personId, habits)
          return {}
        })
        await show(ctx)
      },
    },
    {
      method: 'POST',
      path: '/api/reach/try',
      async handle(ctx) {
        const { requestId } = readInput(tryInput, ctx.request.body)
        const set = { sms: off().sms === null, mail: off().mail === null }
        const newToken = () => randomBytes(24).toString('base64url')
        const { personId } = ctx.state.actor
        const { machineNow } = codeTime()
        await write(deps, ctx, requestId, async (work) => ({
          channels: await tryOne(work, { personId, set, machineNow, newToken }),
        }))
        await show(ctx)
      },
    },
    {
      method: 'POST',
      path: '/api/reach/tries/:id/got',
      async handle(ctx) {
        const { requestId } = readInput(tryInput, ctx.request.body)
        const id = readInput(z.uuid(), ctx.params.id)
        await write(deps, ctx, requestId, async (work) => ({ done: await confirmTry(work, ctx.state.actor.personId, id) }))
        await show(ctx)
      },
    },
  ]
}
