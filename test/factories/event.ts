import { loadDefinitions } from '../../bot-server/definitions.js'
import { handleRow } from '../../bot-server/handle-row.js'
import type { Db } from '../../lib/db.js'
import { organisation } from './cast.js'
import { keepLog } from './log.js'
import { inWork, NOW } from './work.js'

const definitions = await loadDefinitions()

/**
 * An event as the platform writes it; `at` is its second, `heardAt` when we come to it, `ageMs` how
 * long it lay in the inbox by then. Returns why nothing was done, or null.
 */
export async function tellEvent(
  db: Db,
  fields: Record<string, string>,
  { at = NOW, heardAt = at, ageMs = 0 }: { at?: Date; heardAt?: Date; ageMs?: number } = {},
): Promise<string | null> {
  const told = Object.entries({
    FromUserName: 'sys',
    CreateTime: String(Math.floor(at.getTime() / 1000)),
    MsgType: 'event',
    ...fields,
  })
  const body = `<xml>${told.map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`).join('')}</xml>`
  const needs = {
    definitions,
    organisations: { wecom: organisation, dingtalk: null },
    publicUrl: 'https://bulou.test',
    dataKey: 'a'.repeat(32),
    pullArchive: () => {},
    log: keepLog().log,
  }
  return inWork(
    db,
    (work) => handleRow(needs, work, { seq: 0n, source: 'wecom', key: body, body, trace: 'test', ageMs }),
    heardAt,
  )
}

type Change =
  | 'add_external_contact'
  | 'add_half_external_contact'
  | 'edit_external_contact'
  | 'del_external_contact'
  | 'del_follow_user'
  | 'transfer_fail'
  | 'msg_audit_approved'

/** An event about one of ours and a customer. */
export const contactEvent = (ChangeType: Change, UserID: string, ExternalUserID: string, more: Record<string, string> = {}) => ({
  Event: 'change_external_contact',
  ChangeType,
  UserID,
  ExternalUserID,
  ...more,
})
