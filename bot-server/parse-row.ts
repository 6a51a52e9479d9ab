import type { ChatPlatform, Heard } from '../channels/channel.js'
import { parseEvent, parsePress } from '../channels/dingtalk/parse.js'
import { parseRobot } from '../channels/dingtalk/parse-robot.js'
import { parseArchiveRecord } from '../channels/wecom/archive/parse.js'
import { parseMessage } from '../channels/wecom/parse.js'
import { GiveUp } from '../lib/errors.js'

/** By platform: WeCom's corp id and DingTalk's; null where the organisation has none. */
export type Organisations = Record<ChatPlatform, string | null>

type Row = { source: string; body: string }

/** What an inbox row means. Throws GiveUp: it is parked with the reason. */
export function parseRow(row: Row, organisations: Organisations): Heard {
  const corpId = organisationOf(row, organisations)
  switch (row.source) {
    case 'wecom':
      return parseMessage(row.body, corpId)
    case 'wecom-archive':
      return parseArchiveRecord(row.body)
    case 'dingtalk':
      return parseEvent(row.body)
    case 'dingtalk-robot':
      return parseRobot(row.body, corpId)
    case 'dingtalk-card':
      return parsePress(row.body, corpId)
    case 'calls':
      // A call on the phone, as bot-server/hooks/store-calls.ts or jobs/effects/fetch-dial-records.ts wrote it.
      return { kind: 'happened', event: 'phone-call', data: JSON.parse(row.body), at: new Date(0) }
    default:
      throw new GiveUp(`no parser for source «${row.source}»`)
  }
}

/** Of which organisation a row speaks. A call is on no platform: who made it is looked for where the organisation is. */
export function organisationOf({ source }: Row, { wecom, dingtalk }: Organisations): string {
  return (source.startsWith('dingtalk') ? dingtalk : (wecom ?? dingtalk)) ?? ''
}
