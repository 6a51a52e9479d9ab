import type { Reader } from '../../lib/db.js'
import { type DingtalkSetting, defaultDingtalk, dingtalkSetting } from './dingtalk.contract.js'
import { findRule } from './rule.js'

/** What the organisation uses DingTalk for. A setting that no longer fits is none. */
export async function findDingtalk(db: Reader): Promise<DingtalkSetting> {
  const parsed = dingtalkSetting.safeParse(await findRule(db, 'dingtalk'))
  return parsed.success ? parsed.data : defaultDingtalk
}
