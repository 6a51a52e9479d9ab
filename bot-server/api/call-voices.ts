import { z } from 'zod'
import { callView, dropVoiceInput, voiceInput } from '../../domain/call/call.contract.js'
import { getVoice } from '../../domain/call/get-voice.js'
import { dropVoice, keepVoice, MOST_VOICE_BYTES } from '../../domain/call/keep-voice.js'
import { getCall } from '../../domain/call/list-calls.js'
import { contactSecrets } from '../../domain/contact/contact-phones.js'
import type { Work } from '../../domain/work.js'
import { Refused } from '../../lib/errors.js'
import { readBody } from '../middleware/read-body.js'
import { recordLook } from './record-look.js'
import { type ApiContext, type ApiDeps, type Route, readInput, write } from './route.js'
import { sendPart } from './send-part.js'

/** 语音备注: what a rep says about a call, instead of writing it. */
export const callVoiceRoutes = (deps: ApiDeps): Route[] => {
  const view = async (work: Work, ctx: ApiContext, id: string) => {
    const phones = contactSecrets(deps.config.dataKey)
    return callView.parse(await getCall(work.tx, ctx.state.actor, { id, phones }))
  }
  return [
    {
      /** The recording is the body; what belongs to it stands in the address. */
      method: 'POST',
      path: '/api/calls/:id/voice',
      async handle(ctx) {
        const { requestId, seconds } = readInput(voiceInput, { ...ctx.query })
        const id = readInput(z.uuid(), ctx.params.id)
        const data = await readBody(ctx.req, MOST_VOICE_BYTES)
        if (!data) {
          ctx.set('connection', 'close')
          throw new Refused('too-large', '这段录音太大了，说短一点再录一次', 413)
        }
        ctx.body = await write(deps, ctx, requestId, async (work) => {
          await keepVoice(work, ctx.state.actor, { id, seconds: Number(seconds), data })
          return view(work, ctx, id)
        })
      },
    },
    {
      method: 'POST',
      path: '/api/calls/:id/voice/drop',
      async handle(ctx) {
        const { requestId } = readInput(dropVoiceInput, ctx.request.body)
        const id = readInput(z.uuid(), ctx.params.id)
        ctx.body = await write(deps, ctx, requestId, async (work) => {
          await dropVoice(work, ctx.state.actor, { id })
          return view(work, ctx, id)
        })
      },
    },
    {
      method: 'GET',
      path: '/api/calls/:id/voice',
      async handle(ctx) {
        const id = readInput(z.uuid(), ctx.params.id)
        const { data, mime, contactId } = await getVoice(deps.db, ctx.state.actor, id)
        if (contactId) await recordLook(deps, ctx, `contact:${contactId}`)
        // Said again, another recording stands at the same address.
        ctx.set({ 'cache-control': 'private, no-store, no-transform', 'content-security-policy': "default-src 'none'; sandbox" })
        ctx.type = mime
        sendPart(ctx, Buffer.from(data))
      },
    },
  ]
}
