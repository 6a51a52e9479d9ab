import { ChannelError, type ChannelErrorKind } from '../channel-error.js'

type Meaning = { kind: ChannelErrorKind; hint: string; delayMs?: number }

const minute = 60_000

/** Global codes: https://developer.work.weixin.qq.com/document/path/90313. Branch on the code, never on errmsg. */
const meanings: Record<number, Meaning> = {
  [-1]: { kind: 'retry', hint: '企业微信系统繁忙，稍后自动重试' },
  6000: { kind: 'retry', hint: '数据版本冲突，稍后自动重试' },
  40001: { kind: 'config', hint: '应用 Secret 不正确，请核对 WECOM_SECRET' },
  40003: { kind: 'give-up', hint: '成员的 userid 不存在或不在应用可见范围' },
  40004: { kind: 'give-up', hint: '文件类型不被企业微信接受' },
  40005: { kind: 'give-up', hint: '文件类型不被企业微信接受' },
  40006: { kind: 'give-up', hint: '文件大小不合企业微信的要求' },
  40007: { kind: 'give-up', hint: '图片在企业微信里已失效' },
  40008: { kind: 'give-up', hint: '消息类型不被企业微信接受' },
  40009: { kind: 'give-up', hint: '图片大小不合企业微信的要求' },
  40013: { kind: 'config', hint: '企业 ID 不正确，请核对 WECOM_CORP_ID' },
  40014: { kind: 'refresh', hint: 'access_token 无效，已换新' },
  40029: { kind: 'give-up', hint: '登录凭证无效或已用过，请重新打开页面' },
  40056: { kind: 'config', hint: '应用 AgentId 不正确，请核对 WECOM_AGENT_ID' },
  40050: { kind: 'give-up', hint: '没有这个客户群' },
  40058: { kind: 'give-up', hint: '请求参数不合要求' },
  40063: { kind: 'give-up', hint: '请求缺少参数' },
  40068: { kind: 'give-up', hint: '客户标签不存在，可能已被删除' },
  40071: { kind: 'give-up', hint: '客户标签的名称已被使用' },
  40093: { kind: 'config', hint: '页面签名不对，请核对应用的可信域名与 PUBLIC_URL' },
  40096: { kind: 'give-up', hint: '客户的 external_userid 不正确' },
  40097: { kind: 'give-up', hint: '原跟进人没有离职，请用在职继承' },
  40098: { kind: 'give-up', hint: '接替成员没有实名认证，请先在企业微信中完成' },
  40099: { kind: 'give-up', hint: '接替成员的客户数已达上限' },
  40100: { kind: 'give-up', hint: '客户已在移交中' },
  40128: { kind: 'give-up', hint: '客户移交过于频繁，90 天内最多两次' },
  40129: { kind: 'give-up', hint: '客户正在移交，暂不能再次移交' },
  40130: { kind: 'give-up', hint: '原跟进人与接替成员是同一人' },
  41001: { kind: 'refresh', hint: '缺少 access_token，已换新' },
  41002: { kind: 'config', hint: '缺少企业 ID，请核对 WECOM_CORP_ID' },
  41004: { kind: 'config', hint: '缺少应用 Secret，请核对 WECOM_SECRET' },
  41011: { kind: 'config', hint: '缺少应用 AgentId，请核对 WECOM_AGENT_ID' },
  41050: { kind: 'give-up', hint: '欢迎语凭证无效或已过 20 秒' },
  41051: { kind: 'give-up', hint: '已与客户开始聊天，不能再发欢迎语' },
  41096: { kind: 'retry', hint: '另一个应用正在发送欢迎语，稍后自动重试' },
  42001: { kind: 'refresh', hint: 'access_token 已过期，已换新' },
  42003: { kind: 'give-up', hint: '登录凭证已过期，请重新打开页面' },
  // Only ever said to a page, about its signature: our token is not what is stale.
  42012: { kind: 'retry', hint: '页面签名用的 ticket 已失效，重新打开页面即可' },
  42014: { kind: 'give-up', hint: '卡片 task_id 不合法' },
  42015: { kind: 'config', hint: '卡片不是由本应用发出的，请核对 WECOM_AGENT_ID' },
  42016: { kind: 'give-up', hint: '卡片不存在' },
  42022: { kind: 'give-up', hint: '凭证已用过' },
  42052: { kind: 'give-up', hint: '消息已超过 24 小时，不能撤回' },
  43012: { kind: 'config', hint: '应用没有配置接收消息的 URL，请在管理后台「接收消息」中设置' },
  44001: { kind: 'give-up', hint: '文件内容为空' },
  44004: { kind: 'give-up', hint: '消息内容为空' },
  45002: { kind: 'give-up', hint: '消息内容过长' },
  45008: { kind: 'give-up', hint: '图文消息超过 8 条' },
  45009: { kind: 'retry', hint: '接口调用超过频率限制，稍后自动重试', delayMs: minute },
  45033: { kind: 'retry', hint: '接口并发超过限制，稍后自动重试', delayMs: 2_000 },
  45035: { kind: 'retry', hint: '同一数据正在被修改，稍后自动重试', delayMs: 2_000 },
  48001: { kind: 'config', hint: '应用没有此接口的权限，请在管理后台授权' },
  48002: { kind: 'config', hint: '此接口被禁止调用，请检查应用的接口权限' },
  48006: { kind: 'config', hint: '接口权限已被收回，请在管理后台重新授权' },
  49008: { kind: 'give-up', hint: '客户群已经解散' },
  50001: { kind: 'config', hint: '网页域名不是应用的可信域名，请在管理后台「网页授权及 JS-SDK」中设置' },
  60011: { kind: 'config', hint: '应用没有操作该成员的权限，请把成员加入应用可见范围' },
  60020: { kind: 'config', hint: '服务器 IP 不在企业可信 IP 中，请在管理后台添加' },
  60111: { kind: 'give-up', hint: '成员的 userid 不存在' },
  81012: { kind: 'give-up', hint: '没有指定接收人' },
  81013: { kind: 'give-up', hint: '接收人都不在应用可见范围，消息没有发出' },
  82001: { kind: 'give-up', hint: '接收人为空，消息没有发出' },
  84061: { kind: 'give-up', hint: '成员与客户不是好友关系' },
  84074: { kind: 'give-up', hint: '成员没有客户联系权限，请在管理后台「客户联系」的使用范围中添加' },
  84084: { kind: 'give-up', hint: '成员不是客户的跟进人' },
  86008: { kind: 'give-up', hint: '群聊不是由本应用创建的' },
  90500: { kind: 'give-up', hint: '客户群移交不成功，请核对群主与群的状态' },
  90501: { kind: 'give-up', hint: '客户群移交不成功，请核对群主与群的状态' },
  93000: { kind: 'config', hint: '消息推送地址无效' },
  93004: { kind: 'config', hint: '消息推送已被停用' },
  93008: { kind: 'give-up', hint: '不在该群中，消息没有发出' },
  301002: { kind: 'config', hint: '没有此应用的权限，请核对 WECOM_AGENT_ID 与 WECOM_SECRET 是否属于同一应用' },
  301042: { kind: 'config', hint: '服务器 IP 不在会话内容存档的可信 IP 中，请在管理后台添加' },
  301052: { kind: 'config', hint: '会话内容存档已到期，请续费' },
  600018: { kind: 'give-up', hint: '起止时间不合要求' },
  701008: { kind: 'config', hint: '没有互通账号许可，请在管理后台购买并激活' },
}

/** Fields of a template_card: a mistake of ours in the card, no retry will mend it. */
const isCardField = (code: number) => (code >= 42017 && code <= 42020) || (code >= 42027 && code <= 42051)

/** 42003 is what an expired code gets elsewhere; for a card's the page names none. */
const isSpentCode = (method: string, code: number) =>
  method === 'message/update_template_card' && (code === 42022 || code === 42003)

/** A copy's id is ours and well-formed: all that can be wrong with it as a task_id is that it was used before. */
const isKnownCard = (method: string, code: number) => method === 'message/send' && code === 42014

/** `code` is never 0. A code that is not known is given up: the platform said no, and repeating it may do harm. */
export function refusalOf(method: string, code: number): ChannelError {
  if (isSpentCode(method, code))
    return new ChannelError({ method, code, kind: 'code-used', hint: '这张卡片的更新凭证已用过或已过期' })
  if (isKnownCard(method, code)) return new ChannelError({ method, code, kind: 'already-sent', hint: '这张卡片先前已经送达' })
  const known = meanings[code]
  if (known) return new ChannelError({ method, code, ...known })
  if (isCardField(code)) return new ChannelError({ method, code, kind: 'give-up', hint: '卡片内容不合企业微信的要求' })
  return new ChannelError({ method, code, kind: 'give-up', hint: '企业微信返回了未知的错误码' })
}

/** An answer that is not the platform's own: it says 200 to everything that reaches it. */
export function strangeAnswer(method: string, status: number, mayBeAccepted: boolean): ChannelError {
  if (status < 500)
    return new ChannelError({ method, code: `http-${status}`, kind: 'config', hint: '接口地址不对，请核对 WECOM_API_BASE' })
  // A gateway that lost what is behind it can't know either; any other 5xx is a plain no.
  const isGateway = status === 502 || status === 504
  return brokenCall(method, `http-${status}`, { unknown: mayBeAccepted && isGateway })
}

/** The call did not end with an answer. */
export function brokenCall(method: string, code: string, outcome: { unknown: boolean }): ChannelError {
  const hint = outcome.unknown ? '企业微信没有回应，结果未知' : '连不上企业微信，稍后自动重试'
  return new ChannelError({ method, code, kind: 'retry', hint, unknownOutcome: outcome.unknown })
}
