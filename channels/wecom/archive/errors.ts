import { ChannelError, type ChannelErrorKind } from '../../channel-error.js'
import { refusalOf } from '../errors.js'

export const tooOld = 10010

/** The SDK's own codes: https://developer.work.weixin.qq.com/document/path/91552 */
const meanings: Record<number, { kind: ChannelErrorKind; hint: string }> = {
  10000: { kind: 'config', hint: '会话内容存档参数不对，请核对 WECOM_CORP_ID 与 WECOM_ARCHIVE_SECRET' },
  10001: { kind: 'retry', hint: '连不上会话内容存档，稍后自动重试' },
  10002: { kind: 'retry', hint: '会话内容存档的数据读不出来，稍后自动重试' },
  10003: { kind: 'retry', hint: '会话内容存档系统出错，稍后自动重试' },
  10004: { kind: 'config', hint: '会话内容存档的密钥不对，请核对 WECOM_ARCHIVE_KEYS' },
  10005: { kind: 'give-up', hint: '会话内容存档里没有这个文件' },
  10006: { kind: 'give-up', hint: '会话内容存档的内容解不开' },
  10007: { kind: 'config', hint: '缺少消息加密公钥对应的私钥，请补到 WECOM_ARCHIVE_KEYS' },
  10008: { kind: 'give-up', hint: '会话内容存档的消息解不开' },
  10009: { kind: 'config', hint: '服务器 IP 不在会话内容存档的可信 IP 中，请在管理后台添加' },
  [tooOld]: { kind: 'retry', hint: '消息已超过 5 天，会话内容存档不再提供' },
  10011: { kind: 'retry', hint: '会话内容存档的证书校验失败，稍后自动重试' },
}

/** `code` is never 0: of the SDK itself, or the errcode in what it gave. */
export function archiveRefusal(method: string, code: number): ChannelError {
  const known = meanings[code]
  return known ? new ChannelError({ method, code, ...known }) : refusalOf(method, code)
}
