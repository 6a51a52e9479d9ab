import { record } from '../../domain/audit/record.js'
import type { CallSetup, CsvReading } from '../../domain/call/call.contract.js'
import { callSetup, csvReading, extensionsInput } from '../../domain/call/call.contract.js'
import { findPeopleByNumber, numberKey } from '../../domain/call/find-people.js'
import { getSetup } from '../../domain/call/get-setup.js'
import { outcomeOf } from '../../domain/call/phone-call.js'
import { type ReadCalls, readCalls } from '../../domain/call/read-calls.js'
import { setExtensions } from '../../domain/call/set-extensions.js'
import { MOST_BYTES } from '../../domain/import/limits.js'
import { openFile } from '../../domain/import/open-file.js'
import { pointSecrets } from '../../domain/reach/point-secrets.js'
import { runWork } from '../../domain/work.js'
import { Refused } from '../../lib/errors.js'
import { callsHookPath } from '../hooks/calls.js'
import { storeCalls } from '../hooks/store-calls.js'
import { readBody } from '../middleware/read-body.js'
import { type ApiContext, type ApiDeps, type Route, readInput, write } from './route.js'

const MOST_ERRORS = 100
const SAMPLE = 5
const MOST_RUNG = 200

/** 电话系统: who sits at which extension, the push, and lists that somebody brings. For managers. */
export const phoneSystemRoutes = (deps: ApiDeps): Route[] => {
  const setup = async (): Promise<CallSetup> => {
    const { callsHookSecret, server } = deps.config
    const hook = { on: callsHookSecret !== null, address: new URL(callsHookPath, server.publicUrl).href }
    return callSetup.parse(await getSetup(deps.db, hook))
  }
  return [
    {
      method: 'GET',
      path: '/api/calls/setup',
      async handle(ctx) {
        ctx.body = await setup()
      },
    },
    {
      method: 'POST',
      path: '/api/calls/extensions',
      async handle(ctx) {
        const { requestId, ...asked } = readInput(extensionsInput, ctx.request.body)
        const { lanes } = await write(deps, ctx, requestId, async (work) => ({
          lanes: await setExtensions(work, ctx.state.actor, asked),
        }))
        if (lanes.length > 0) deps.bells.ring('inbox', lanes)
        ctx.body = await setup()
      },
    },
    {
      /** The file is the body. Looked over; nothing of it is kept. */
      method: 'POST',
      path: '/api/calls/import/preview',
      async handle(ctx) {
        ctx.body = await say(await readFile(ctx), null)
      },
    },
    {
      /** The same file again: what can be read goes into the inbox, each call once, however often it is brought. */
      method: 'POST',
      path: '/api/calls/import',
      async handle(ctx) {
        const read = await readFile(ctx)
        const { trace } = ctx.state
        const calls = read.calls.map(({ call }) => call)
        const { fresh, lanes } = await storeCalls(calls, { store: deps.storeInbox, trace, source: 'csv' })
        await runWork(deps, trace, (work) =>
          record(work, {
            actor: ctx.state.actor.personId,
            verb: 'calls-imported',
            subject: 'calls',
            content: { calls: calls.length, fresh },
          }),
        )
        // The rest is found by the sweep: a bell is no list.
        if (lanes.length > 0) deps.bells.ring('inbox', lanes.slice(0, MOST_RUNG))
        deps.log.info({ trace, by: ctx.state.actor.personId, calls: calls.length, fresh }, 'calls imported')
        ctx.body = await say(read, fresh)
      },
    },
  ]

  async function say(read: ReadCalls, kept: number | null): Promise<CsvReading> {
    const ours = await findPeopleByNumber(
      deps.db,
      pointSecrets(deps.config.dataKey),
      read.calls.flatMap(({ call }) => [call.caller, call.callee]),
    )
    const unknown = new Set<string>()
    for (const { call } of read.calls) {
      const keys = [call.caller, call.callee].map(numberKey)
      if (!keys.some((key) => ours.has(key))) unknown.add((call.direction === 'in' ? keys[1] : keys[0]) ?? '')
    }
    return csvReading.parse({
      total: read.total,
      good: read.calls.length,
      wrong: read.errors.length,
      errors: read.errors.slice(0, MOST_ERRORS),
      sample: read.calls.slice(0, SAMPLE).map(({ line, call }) => ({
        ...{ line, caller: call.caller, callee: call.callee, seconds: call.seconds },
        direction: call.direction,
        startedAt: call.startedAt.toISOString(),
        outcome: outcomeOf(call),
      })),
      unknown: [...unknown].slice(0, 50),
      kept,
    })
  }
}

async function readFile(ctx: ApiContext): Promise<ReadCalls> {
  const file = await readBody(ctx.req, MOST_BYTES)
  if (!file) {
    ctx.set('connection', 'close')
    throw new Refused('file-too-large', '文件超过 10 MB，请分成几个再导入', 413)
  }
  return readCalls((await openFile(file)).rows)
}
