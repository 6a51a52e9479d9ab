import { number, seconds } from './read-text.js'

/** A call that the archive tells of. `seconds` 0: nobody took it. */
export type Call = { seconds: number; video: boolean; many: boolean }

type Body = Record<string, unknown>

/**
 * `voiptext` tells kind and length: invitetype 1 video, 2 voice, 3 and 4 the same with several. `meeting_voice_call` is a
 * voice call whose sound is archived: it began at msgtime (ms) and ended at endtime (s).
 * https://developer.work.weixin.qq.com/document/path/91774
 */
export function readCall(msgtype: string, body: Body, startedMs: number): Call | null {
  if (msgtype === 'voiptext') {
    const type = number(body.invitetype)
    return { seconds: number(body.callduration) ?? 0, video: type === 1 || type === 3, many: type === 3 || type === 4 }
  }
  if (msgtype === 'meeting_voice_call') {
    const ended = number(body.endtime) ?? 0
    return { seconds: Math.max(0, Math.round(ended - startedMs / 1000)), video: false, many: false }
  }
  return null
}

/** 「[语音通话 3分12秒]」. */
export function sayCall(call: Call): string {
  return `[${call.many ? '多人' : ''}${call.video ? '视频' : '语音'}通话 ${seconds(call.seconds) ?? '未接通'}]`
}
