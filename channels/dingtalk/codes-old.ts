import type { Meaning } from './codes-new.js'

const quotaHint = '本月的钉钉接口调用额度已用完，请在开发者后台「资源管理」扩容'
const credentials = '应用凭证不正确，请核对 DINGTALK_CLIENT_ID 与 DINGTALK_CLIENT_SECRET'
const loginOver = '登录凭证无效或已用过，请重新打开页面'
const tooFast: Meaning = { kind: 'retry', hint: '接口调用超过频率限制，稍后自动重试', delayMs: 2_000 }
const noScope: Meaning = { kind: 'config', hint: '应用没有此接口的权限，请在开发者后台「权限管理」开通' }
const noAgent: Meaning = { kind: 'config', hint: '应用 AgentId 不正确，请核对 DINGTALK_AGENT_ID' }
const noUser: Meaning = { kind: 'give-up', hint: '没有这个成员' }
const notInRange: Meaning = { kind: 'config', hint: '成员不在应用的通讯录权限范围，请在开发者后台「权限管理」放宽范围' }

/**
 * Codes of the old API: `errcode`, or the `sub_code` behind errcode 88.
 * https://open.dingtalk.com/document/development/server-api-error-codes-1
 */
export const oldMeanings: Record<number, Meaning> = {
  [-1]: { kind: 'retry', hint: '钉钉系统繁忙，稍后自动重试' },
  15: { kind: 'retry', hint: '钉钉处理超时，稍后自动重试' },
  22: { kind: 'config', hint: '接口地址不对，请核对 DINGTALK_OAPI_BASE' },
  40: { kind: 'give-up', hint: '请求缺少参数' },
  41: { kind: 'give-up', hint: '请求参数不合要求' },
  400: { kind: 'give-up', hint: '请求参数不合要求' },
  22005: { kind: 'give-up', hint: '外部联系人已存在' },
  33001: { kind: 'config', hint: '企业 ID 不正确，请核对 DINGTALK_CORP_ID' },
  33012: noUser,
  34004: { kind: 'give-up', hint: '消息格式不合要求' },
  34009: { kind: 'give-up', hint: '接收人为空，消息没有发出' },
  34012: { kind: 'give-up', hint: '接收人不在应用可见范围，消息没有发出' },
  34015: { kind: 'give-up', hint: '消息缺少 markdown 内容' },
  40001: { kind: 'config', hint: credentials },
  40003: noUser,
  40014: { kind: 'refresh', hint: 'access_token 无效，已换新' },
  40029: { kind: 'give-up', hint: loginOver },
  40035: { kind: 'give-up', hint: '请求参数不合要求' },
  40056: noAgent,
  40078: { kind: 'give-up', hint: loginOver },
  40089: { kind: 'config', hint: credentials },
  40096: { kind: 'config', hint: credentials },
  41001: { kind: 'refresh', hint: '缺少 access_token，已换新' },
  41011: noAgent,
  42001: { kind: 'refresh', hint: 'access_token 已过期，已换新' },
  43004: { kind: 'give-up', hint: '请求格式不合要求' },
  50002: notInRange,
  50004: { kind: 'config', hint: '成员或部门不在应用的通讯录权限范围，请在开发者后台「权限管理」放宽范围' },
  52019: { kind: 'config', hint: '应用已停用，请在管理后台启用' },
  60003: { kind: 'give-up', hint: '没有这个部门' },
  60011: noScope,
  60020: { kind: 'config', hint: '服务器出口 IP 不在白名单，请在开发者后台「安全设置」中添加' },
  60121: noUser,
  60204: { kind: 'give-up', hint: '外部联系人缺少标签' },
  88005: noScope,
  90002: tooFast,
  90018: tooFast,
  90020: { kind: 'quota', hint: quotaHint },
  400002: { kind: 'give-up', hint: '请求参数不合要求' },
  // Of the robot's webhook of one conversation.
  300001: { kind: 'give-up', hint: '会话的回复地址已过期' },
}
