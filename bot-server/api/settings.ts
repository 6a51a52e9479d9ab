import { z } from 'zod'
import { type ChannelName, channelLabel } from '../../domain/reminders/ladder.contract.js'
import { type Draft, dryRun } from '../../domain/reminders/settings/dry-run.js'
import { findCalmPage, findKindPage, findSettings, getKind } from '../../domain/reminders/settings/find-pages.js'
import { findWorld } from '../../domain/reminders/settings/find-world.js'
import { listCalmHistory, listLadderHistory } from '../../domain/reminders/settings/list-history.js'
import { previewCalm } from '../../domain/reminders/settings/preview-calm.js'
import { previewLadder } from '../../domain/reminders/settings/preview-ladder.js'
import { readCalm, readLadder } from '../../domain/reminders/settings/read-draft.js'
import { saveCalm, saveLadder } from '../../domain/reminders/settings/save-setting.js'
import { type ChannelState, calmDraft, type LadderDraft, ladderDraft } from '../../domain/reminders/settings/settings.contract.js'
import { type ApiContext, type ApiDeps, type Route, readInput, write } from './route.js'

const drafted = { ladder: z.object({ value: ladderDraft }), calm: z.object({ value: calmDraft }) }
/** `expected`: the version that its author saw. */
const saving = { requestId: z.uuid(), expected: z.int().min(0) }

/** What a sales manager sets: each kind's ladder, and the calm that all of them keep. */
export const settingsRoutes = (deps: ApiDeps): Route[] => {
  const { db, clock } = deps
  // Asked for when it is needed: the check of routes and roles builds them without a configuration.
  const channels = () => channelStates(deps.config)
  const readDraft = async (ctx: ApiContext, value: LadderDraft) => {
    const kind = getKind(ctx.params.kind)
    return { kind: kind.name, ladder: readLadder(kind, value, await findWorld(db, channels())) }
  }
  const play = async (draft: Draft) => dryRun(db, draft, await clock.now(db))

  return [
    {
      method: 'GET',
      path: '/api/settings/reminders',
      async handle(ctx) {
        ctx.body = await findSettings(db, channels())
      },
    },
    {
      method: 'GET',
      path: '/api/settings/reminders/:kind',
      async handle(ctx) {
        ctx.body = await findKindPage(db, getKind(ctx.params.kind), channels())
      },
    },
    {
      method: 'POST',
      path: '/api/settings/reminders/:kind',
      async handle(ctx) {
        const { requestId, expected, value } = readInput(drafted.ladder.extend(saving), ctx.request.body)
        const draft = await readDraft(ctx, value)
        ctx.body = await write(deps, ctx, requestId, (work) => saveLadder(work, ctx.state.actor, { ...draft, expected }))
      },
    },
    {
      method: 'POST',
      path: '/api/settings/reminders/:kind/preview',
      async handle(ctx) {
        const { value } = readInput(drafted.ladder, ctx.request.body)
        ctx.body = await previewLadder(db, { kind: getKind(ctx.params.kind), draft: value, channels: channels() })
      },
    },
    {
      method: 'POST',
      path: '/api/settings/reminders/:kind/dry-run',
      async handle(ctx) {
        const { value } = readInput(drafted.ladder, ctx.request.body)
        ctx.body = await play(await readDraft(ctx, value))
      },
    },
    {
      method: 'GET',
      path: '/api/settings/reminders/:kind/history',
      async handle(ctx) {
        ctx.body = await listLadderHistory(db, getKind(ctx.params.kind))
      },
    },
    {
      method: 'GET',
      path: '/api/settings/calm',
      async handle(ctx) {
        ctx.body = await findCalmPage(db, await clock.now(db))
      },
    },
    {
      method: 'POST',
      path: '/api/settings/calm',
      async handle(ctx) {
        const { requestId, expected, value } = readInput(drafted.calm.extend(saving), ctx.request.body)
        const calm = readCalm(value)
        ctx.body = await write(deps, ctx, requestId, (work) => saveCalm(work, ctx.state.actor, { calm, expected }))
      },
    },
    {
      method: 'POST',
      path: '/api/settings/calm/preview',
      async handle(ctx) {
        ctx.body = await previewCalm(db, readInput(drafted.calm, ctx.request.body).value)
      },
    },
    {
      method: 'POST',
      path: '/api/settings/calm/dry-run',
      async handle(ctx) {
        ctx.body = await play({ calm: readCalm(readInput(drafted.calm, ctx.request.body).value) })
      },
    },
    {
      method: 'GET',
      path: '/api/settings/calm/history',
      async handle(ctx) {
        ctx.body = await listCalmHistory(db)
      },
    },
  ]
}

/** What a level may name, and why one of them reaches nobody in this organisation. */
function channelStates({ wecom, sms, mail }: ApiDeps['config']): ChannelState[] {
  const off: Record<ChannelName, string | null> = {
    chat: null,
    sms: sms.settings ? null : sms.why,
    mail: mail.settings ? null : mail.why,
    group: Object.keys(wecom?.groups ?? {}).length > 0 ? null : '还没有添加群机器人',
  }
  return (Object.keys(channelLabel) as ChannelName[]).map((name) => ({ name, label: channelLabel[name], off: off[name] }))
}
