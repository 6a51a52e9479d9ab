import type { ChannelErrorKind } from '../channel-error.js'

export type Meaning = { kind: ChannelErrorKind; hint: string; delayMs?: number }

const minute = 60_000
const credentials = '应用凭证不正确，请核对 DINGTALK_CLIENT_ID 与 DINGTALK_CLIENT_SECRET'
const robot = '机器人不可用，请核对 DINGTALK_ROBOT_CODE，并确认机器人已发布、成员在应用可见范围'
const template = '卡片模板不可用，请核对 DINGTALK_CARD_TEMPLATE_ID，并确认模板已发布且关联到本应用'

/**
 * Codes of the new API, first match wins. Common ones:
 * https://open.dingtalk.com/document/development/server-api-error-codes-1, the others stand on the page of their interface.
 * Branch on the code, never on the message.
 */
export const newMeanings: [RegExp, Meaning][] = [
  [/^InvalidAuthentication/i, { kind: 'refresh', hint: 'accessToken 无效，已换新' }],
  [/^AuthenticationFailed\.MissingParameter$/i, { kind: 'refresh', hint: '缺少 accessToken，已换新' }],
  [/^invalidClientIdOrSecret$/i, { kind: 'config', hint: credentials }],
  [/AccessTokenPermissionDenied$/i, { kind: 'config', hint: '应用没有此接口的权限，请在开发者后台「权限管理」开通' }],
  [/IpNotInWhiteList$/i, { kind: 'config', hint: '服务器出口 IP 不在白名单，请在开发者后台「安全设置」中添加' }],
  [/ApiCountLimitForOrg$/i, { kind: 'quota', hint: '本月的钉钉接口调用额度已用完，请在开发者后台「资源管理」扩容' }],
  [/QpsLimitFor(AppkeyAnd)?Api$/i, { kind: 'retry', hint: '接口调用超过每秒限制，稍后自动重试', delayMs: 2_000 }],
  [/^Forbidden/i, { kind: 'config', hint: '钉钉拒绝了这个接口，请检查应用的权限与安全设置' }],
  [/^InvalidAction/i, { kind: 'config', hint: '接口地址不对，请核对 DINGTALK_API_BASE' }],
  [/^Throttling|^(too\.?much\.msg|send\.too\.fast|request\.too\.frequent)$/i, tooFast('发送太快，稍后自动重试')],
  [/^ServiceUnavailable|^system\.(error|busy)$|^(unknownError|InternalError)$/i, tooFast('钉钉系统繁忙，稍后自动重试')],

  // Robot: https://open.dingtalk.com/document/development/chatbots-send-one-on-one-chat-messages-in-batches
  [
    /^invalidParameter\.robotCode\.|^chatbotId\.notAllow|^robot\.oto\.notExist$|^invalid\.chatbotId$/i,
    { kind: 'config', hint: robot },
  ],
  [
    /^(invalidParameter\.userIds\.empty|(miss\.)?staffId(\.notExisted)?)$/i,
    { kind: 'give-up', hint: '没有这个成员，消息没有发出' },
  ],
  [/^invalidParameter\.userIds\.overMax$|^too\.many\.(people|group)$/i, { kind: 'give-up', hint: '接收人过多，消息没有发出' }],
  [/^invalidParameter\.msgParam\.tooLong$/i, { kind: 'give-up', hint: '消息内容过长' }],
  [/^contain\.notAllowed/i, { kind: 'give-up', hint: '消息里有钉钉不允许的内容，没有发出' }],
  [/^ding\.serverquota\.insufficient$/i, { kind: 'quota', hint: '发 DING 的额度已用完，请在管理后台购买' }],
  [/^ding\.receivercount\.limit$/i, { kind: 'give-up', hint: 'DING 的接收人过多，没有发出' }],
  [/^send\.ding\.exception$/i, tooFast('DING 没有发出，稍后自动重试')],

  // Cards: https://open.dingtalk.com/document/development/create-and-deliver-cards
  [/^param\.cardAlreadyExist$/i, { kind: 'already-sent', hint: '这张卡片先前已经送达' }],
  [/^param\.cardNotExist$/i, { kind: 'give-up', hint: '卡片不存在' }],
  [/^param\.template(NotExist|Unpublished)$/i, { kind: 'config', hint: template }],
  [/^param\.(userIdNotExist|openSpaceIdInvalid)$/i, { kind: 'give-up', hint: '没有这个成员，卡片没有送达' }],
  [/^param\.contentUnsafe$/i, { kind: 'give-up', hint: '卡片里有钉钉不允许的内容，没有送达' }],
  [/^param\.callbackRouteKeyExist$/i, { kind: 'give-up', hint: '卡片回调地址先前已注册' }],
  [/^param\./i, { kind: 'give-up', hint: '卡片内容不合钉钉的要求' }],

  // Tasks: https://open.dingtalk.com/document/development/add-dingtalk-to-do-task
  [/^todo\.\w+\.exists$/i, { kind: 'already-sent', hint: '这条待办先前已经建好' }],
  [/^todo\.\w+\.flowControlError$/i, { kind: 'retry', hint: '待办创建太快，一分钟后自动重试', delayMs: minute }],
  [/^todo\.\w+\.(lockError|systemError)$/i, tooFast('待办没有写成，稍后自动重试')],
  [/^(todo\.|notExist$)/i, { kind: 'give-up', hint: '待办不合钉钉的要求，或已不存在' }],

  // CRM: https://open.dingtalk.com/document/development/obtains-crm-individual-customers-in-batches-based-on-specified-query
  [/^daily\.call\.limit$/i, { kind: 'retry', hint: '钉钉客户管理今天的调用额度已用完，一小时后重试', delayMs: 60 * minute }],
  [/^same\.data\.exists$/i, { kind: 'give-up', hint: '钉钉里已有相同的客户' }],
  [/^(crmAppNotExisted|systemError\.appNotExists)$/i, { kind: 'config', hint: '组织没有启用钉钉的客户管理应用' }],
  [/^systemError\.notPermittedAccess$/i, { kind: 'config', hint: '操作人没有查看钉钉客户的权限，请在客户管理中授权' }],
  [/^systemError$/i, tooFast('钉钉系统繁忙，稍后自动重试')],

  [/^(invalid|missing|miss\.|param|illegal)/i, { kind: 'give-up', hint: '请求参数不合钉钉的要求' }],
]

function tooFast(hint: string): Meaning {
  return { kind: 'retry', hint, delayMs: 5_000 }
}
