import { randomInt } from 'node:crypto'
import type { Fact } from '../state/state.js'

/** What an endpoint decided. `facts` are kept on disk before the caller hears of it. */
export type Outcome = {
  errcode: number
  errmsg: string
  fields?: Record<string, unknown>
  facts?: Fact[]
  deduplicated?: boolean
  dropped?: string[]
}

export const accept = (fields: Record<string, unknown> = {}, facts: Fact[] = []): Outcome => ({
  errcode: 0,
  errmsg: 'ok',
  fields,
  facts,
})

export const refuse = (errcode: number, words = WORDS[errcode] ?? 'invalid parameter'): Outcome => ({ errcode, errmsg: words })

/** The long form of an errmsg that the platform sends [D 90313]. */
export function longForm(outcome: Outcome, ip: string): string {
  const hint = `${Date.now()}${randomInt(1_000_000_000, 9_999_999_999)}`
  const more = `https://open.work.weixin.qq.com/devtool/query?e=${outcome.errcode}`
  return `${outcome.errmsg}, hint: [${hint}], from ip: ${ip}, more info at ${more}`
}

/** Texts as seen on the real host; 42022, 42015 and others were never seen (U6), so ours are plain English. */
const WORDS: Record<number, string> = {
  [-1]: 'system busy',
  40001: 'invalid credential',
  40003: 'invalid userid',
  40004: 'invalid media type',
  40005: 'invalid file type',
  40006: 'invalid media size',
  40007: 'invalid media_id',
  40008: 'invalid message type',
  40009: 'invalid image size',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40050: 'chatid not exist',
  40056: 'invalid agentid',
  40058: 'invalid parameter',
  40063: 'empty param',
  40068: 'invalid tagid',
  40071: 'tag name already exist',
  40096: 'invalid external_userid',
  41001: 'access_token missing',
  41002: 'corpid missing',
  41004: 'corpsecret missing',
  41011: 'agentid missing',
  41050: 'invalid welcome code',
  41051: 'externaluser has started chatting',
  42001: 'access_token expired',
  42003: 'code expired',
  42014: 'invalid task_id',
  42015: 'agent of response_code mismatch',
  42016: 'task_id not exist',
  42022: 'response_code has been used',
  42052: 'msgid is too old to recall',
  44001: 'empty media data',
  44004: 'empty content',
  45009: 'api freq out of limit',
  48002: 'api forbidden',
  49008: 'groupchat has been dismissed',
  50001: 'redirect_uri domain not trusted',
  60003: 'department not found',
  48001: 'api unauthorized',
  60011: 'no privilege to access/modify contact/party/agent',
  60020: 'not allow to access from your ip',
  60111: 'userid not found',
  81012: 'user & party & tag all empty',
  81013: 'user & party & tag all invalid',
  84061: 'not external contact',
  84074: 'no privilege of external contact',
  93000: 'invalid webhook url',
  301002: 'not allow operate another agent with this accesstoken',
  301052: 'msgaudit has expired',
  600018: 'invalid start time or end time',
}
