import { z } from 'zod'
import { listOutbox, listParked, replayParked } from '../../domain/admin.js'
import { recordReading } from '../../domain/audit/record-reading.js'
import { verifyChain } from '../../domain/audit/verify.js'
import { findingsFilter, findingsPage, type KeptFinding } from '../../domain/message/findings.contract.js'
import { listFindings } from '../../domain/message/list-findings.js'
import { listLabels } from '../../domain/message/list-labels.js'
import type { DingtalkSetting } from '../../domain/rule/dingtalk.contract.js'
import { listVersions } from '../../domain/rule/list-versions.js'
import type { QuotePolicy } from '../../domain/rule/quote-policy.contract.js'
import type { Responder } from '../../domain/rule/responders.contract.js'
import { findRule, setRule } from '../../domain/rule/rule.js'
import { isSetting, type SettingName, settings } from '../../domain/rule/settings.js'
import { runWork } from '../../domain/work.js'
import { Refused } from '../../lib/errors.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { explainKind } from '../../nlp/explain.js'
import { type ApiDeps, type Route, readInput, write } from './route.js'

const requested = z.object({ requestId: z.uuid() })
const setting = requested.extend({ value: z.unknown() })

/** What an administrator needs when something did not go through. */
export const adminRoutes = (deps: ApiDeps): Route[] => [
  {
    method: 'GET',
    path: '/api/admin/inbox',
    async handle(ctx) {
      ctx.body = { parked: await listParked(deps.db) }
    },
  },
  {
    method: 'POST',
    path: '/api/admin/inbox/:seq/replay',
    async handle(ctx) {
      const { requestId } = readInput(requested, ctx.request.body)
      const seq = readInput(z.coerce.bigint(), ctx.params.seq)
      const { lane } = await write(deps, ctx, requestId, (work) => replayParked(work, ctx.state.actor, seq))
      deps.bells.ring('inbox', [lane])
      ctx.body = {}
    },
  },
  {
    method: 'GET',
    path: '/api/admin/outbox',
    async handle(ctx) {
      const state = readInput(z.enum(['failed', 'unknown', 'expired']).default('failed'), ctx.query.state)
      ctx.body = { rows: await listOutbox(deps.db, state) }
    },
  },
  {
    method: 'GET',
    path: '/api/admin/audit',
    async handle(ctx) {
      ctx.body = await verifyChain(deps.db)
    },
  },
  {
    method: 'GET',
    path: '/api/admin/rules/:name',
    async handle(ctx) {
      const name = settingName(ctx.params.name)
      ctx.body = { value: (await findRule(deps.db, name)) ?? settings[name].standing }
    },
  },
  {
    method: 'POST',
    path: '/api/admin/rules/:name',
    async handle(ctx) {
      const name = settingName(ctx.params.name)
      const { requestId, value } = readInput(setting, ctx.request.body)
      const checked = readInput<string | number | string[] | Responder[] | DingtalkSetting | QuotePolicy>(
        settings[name].schema,
        value,
      )
      const version = await write(deps, ctx, requestId, (work) =>
        setRule(work, { name, value: checked, by: ctx.state.actor.personId }),
      )
      ctx.body = { version }
    },
  },
  {
    /** Who set it to what, newest first. */
    method: 'GET',
    path: '/api/admin/rules/:name/versions',
    async handle(ctx) {
      const name = settingName(ctx.params.name)
      ctx.body = { versions: await listVersions(deps.db, name) }
    },
  },
  {
    /** What customers said, how it was understood and why. Reading it is on record. */
    method: 'GET',
    path: '/api/admin/findings',
    async handle(ctx) {
      const filter = readInput(z.optional(findingsFilter), ctx.query.filter) ?? 'all'
      const before = readInput(z.uuid().optional(), ctx.query.before) ?? null
      const page = await runWork(deps, ctx.state.trace, async (work) => {
        const found = await listFindings(work.tx, ctx.state.actor, { filter, before })
        const messages = found.rows.map((row) => row.id)
        if (messages.length > 0)
          await recordReading(work, ctx.state.actor, { subject: 'messages', how: 'findings', filter, messages })
        return found
      })
      const rows = page.rows.map((row) => ({ ...row, grams: gramsOf(row) }))
      ctx.body = findingsPage.parse({ ...page, rows })
    },
  },
  {
    /** One labelled question a line, for `npm run nlp:train -- --with-feedback`. */
    method: 'GET',
    path: '/api/admin/labels',
    async handle(ctx) {
      const labels = await runWork(deps, ctx.state.trace, async (work) => {
        const all = await listLabels(work.tx)
        await recordReading(work, ctx.state.actor, { subject: 'labels', how: 'labels', count: all.length })
        return all
      })
      ctx.attachment('labels.ndjson')
      ctx.type = 'application/x-ndjson; charset=utf-8'
      ctx.body = labels.map((label) => `${JSON.stringify(label)}\n`).join('')
    },
  },
]

/** Where the net took part: what it weighed. */
const gramsOf = ({ text, saidAt, finding }: { text: string; saidAt: string; finding: KeptFinding | null }): string[] =>
  explainKind(text, { today: shanghaiDay(saidAt), kind: finding?.why?.kind ?? '' })

function settingName(name: string | undefined): SettingName {
  if (!name || !isSetting(name)) throw new Refused('unknown-setting', '没有这项设置', 404)
  return name
}
