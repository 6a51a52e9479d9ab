import { loadDefinitions } from '../../bot-server/definitions.js'
import { handleRow } from '../../bot-server/handle-row.js'
import type { Db } from '../../lib/db.js'
import { organisation } from './cast.js'
import { keepLog } from './log.js'
import { inWork, NOW } from './work.js'

const definitions = await loadDefinitions()
let told = 0

/** Says something to the bot as WeCom would tell it, and gives back what the bot answers. */
export async function tellBot(
  db: Db,
  userid: string,
  words: string,
  { at = NOW, key = `told-${told++}` }: { at?: Date; key?: string } = {},
): Promise<string[]> {
  const text = words.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  const body = `<xml><FromUserName>${userid}</FromUserName><CreateTime>${Math.floor(at.getTime() / 1000)}</CreateTime><MsgType>text</MsgType><Content>${text}</Content><MsgId>${key}</MsgId></xml>`
  const before = await db.outbox.aggregate({ _max: { id: true } })
  const { log } = keepLog()
  const needs = {
    definitions,
    organisations: { wecom: organisation, dingtalk: null },
    publicUrl: 'https://bulou.test',
    dataKey: 'k'.repeat(32),
    pullArchive: () => {},
    log,
  }
  await inWork(db, (work) => handleRow(needs, work, { seq: 0n, source: 'wecom', key, body, trace: 'test' }), at)
  const rows = await db.outbox.findMany({
    where: { kind: 'send-text', id: { gt: before._max.id ?? 0n } },
    orderBy: { id: 'asc' },
  })
  return rows.map((row) => (row.payload as { text: string }).text)
}
