import type { ChannelError } from '../channel-error.js'
import { type Meanings, refusalBy, reportBy } from './outcome.js'

const minute = 60_000

/** Answers to the call: https://help.aliyun.com/document_detail/101346.html */
const meanings: Meanings = [
  [/^isv\.BUSINESS_LIMIT_CONTROL$/, { kind: 'retry', hint: '给这个号码发得太频繁，稍后自动重试', delayMs: 5 * minute }],
  [/^isv\.DAY_LIMIT_CONTROL$/, { kind: 'config', hint: '今天的短信量已到阿里云控制台里设的上限' }],
  [/^isv\.MONTH_LIMIT_CONTROL$/, { kind: 'config', hint: '本月的短信量已到阿里云控制台里设的上限' }],
  [/^isv\.(MOBILE_NUMBER_ILLEGAL|MOBILE_COUNT_OVER_LIMIT)$/, { kind: 'give-up', hint: '手机号不正确' }],
  [/^isv\.BLACK_KEY_CONTROL_LIMIT$/, { kind: 'give-up', hint: '号码在免打扰名单里，发不了短信' }],
  [/^isv\.CUSTOMER_REFUSED$/, { kind: 'give-up', hint: '机主已退订短信' }],
  [
    /^isv\.(SMS_CONTENT_ILLEGAL|UNSUPPORTED_CONTENT|SMS_CONTENT_MISMATCH_TEMPLATE_TYPE|PARAM_NOT_SUPPORT_URL|PARAM_LENGTH_LIMIT)$/,
    { kind: 'give-up', hint: '短信内容不被接受' },
  ],
  [/^isv\.(OUT_OF_SERVICE|AMOUNT_NOT_ENOUGH)$/, { kind: 'config', hint: '阿里云账户余额不足，请充值' }],
  [/^isv\.PRODUCT_UN_?SUBSCRI(BE|PT)$/, { kind: 'config', hint: '还没有开通阿里云短信服务' }],
  [/^isv\.(ACCOUNT_|SECURITY_FROZEN)/, { kind: 'config', hint: '阿里云账户不存在或有异常，请登录控制台查看' }],
  [/^isv\.DENY_IP_RANGE$/, { kind: 'config', hint: '服务器不在中国大陆，阿里云不让它发国内短信' }],
  [
    /^isv\.(DOMESTIC_NUMBER_NOT_SUPPORTED|SMS_SIGNATURE_SCENE_ILLEGAL)$/,
    { kind: 'config', hint: '模板要用国内通知类，签名要用通用类' },
  ],
  [/^isv\.(SMS_SIGN|SIGN)/, { kind: 'config', hint: '短信签名没有通过审核或不可用，请核对 SMS_SIGN_NAME' }],
  [/^isv\.SMS_TEST/, { kind: 'config', hint: '测试签名和模板只能发给绑定的号码，请换成正式的' }],
  [/^isv\.SMS_TEMPLATE/, { kind: 'config', hint: '短信模板没有通过审核，请核对 SMS_TEMPLATE_ID' }],
  [
    /^(isv\.(TEMPLATE_|INVALID_JSON_PARAM|INVALID_PARAMETERS)|template_parameter)/,
    { kind: 'config', hint: '模板的变量必须是 n 和 time' },
  ],
  [/^isv\.(EXTEND_CODE|ONE_CODE|CODE_)|^PORT_NOT_REGISTERED$/, { kind: 'config', hint: '短信签名还没有完成实名制报备' }],
  [
    /^isp\.RAM_PERMISSION_DENY$|^isv\.RAM|^(Forbidden|NoPermission)/,
    { kind: 'config', hint: '密钥没有发短信的权限，请授权 AliyunDysmsFullAccess' },
  ],
  [
    /^isp\.|^IS_CLOSE$|^NO_ROUTE$|^(InternalError|ServiceUnavailable)/,
    { kind: 'retry', hint: '阿里云短信系统繁忙，稍后自动重试' },
  ],
  [/Throttling/, { kind: 'retry', hint: '调用阿里云太频繁，稍后自动重试', delayMs: minute }],
  [/^InvalidTimeStamp/, { kind: 'config', hint: '服务器时间不准，请校时' }],
  [
    /^(InvalidAccessKeyId|MissingAccessKeyId|InvalidSecurityToken)/,
    { kind: 'config', hint: '密钥 ID 不存在或已停用，请核对 SMS_ACCESS_KEY_ID' },
  ],
  [
    /^(SignatureDoesNotMatch|IncompleteSignature|SignatureNonceUsed)/,
    { kind: 'config', hint: '密钥不正确，请核对 SMS_ACCESS_KEY_SECRET' },
  ],
  [/^Invalid(Action|Version)/, { kind: 'config', hint: '接口地址不对，请核对 SMS_API_BASE' }],
]

export function aliyunRefusal(method: string, code: string): ChannelError {
  return refusalBy(meanings, method, code)
}

/** What an operator reports back: https://help.aliyun.com/document_detail/101347.html */
const reports: [RegExp, string][] = [
  [/^(MOBILE_NOT_ON_SERVICE|INVALID_NUMBER)$/, '手机停机、关机、空号或不在服务区'],
  [/^MOBILE_ACCOUNT_ABNORMAL$/, '号码欠费、携号转网或账户异常'],
  [/^(MOBILE_IN_BLACK|isv\.BLACK_KEY_CONTROL_LIMIT)$/, '号码在运营商的黑名单里'],
  [/^(USER_REJECT|isv\.CUSTOMER_REFUSED)$/, '机主已退订短信'],
  [/^(MOBILE_SEND_LIMIT|isv\.BUSINESS_LIMIT_CONTROL)$/, '这个号码收到的短信太多，被运营商限制'],
  [/^MOBL[LI]E_TERMINAL_ERROR$/, '手机有问题，例如存储已满'],
  [/^(CONTENT_KEYWORD|CONTENT_ERROR)$/, '内容被运营商拦截'],
  [/^(PORT_NOT_REGISTERED|SIGNATURE_BLACKLIST)$|SIGN/, '短信签名没有报备或被运营商拦截'],
]

export const aliyunReport = (code: string) => reportBy(reports, code)
