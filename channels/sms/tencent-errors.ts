import type { ChannelError } from '../channel-error.js'
import { type Meanings, refusalBy, reportBy } from './outcome.js'

const minute = 60_000

/** https://cloud.tencent.com/document/api/382/59177 and https://cloud.tencent.com/document/api/382/55981 */
const meanings: Meanings = [
  [
    /^LimitExceeded\.PhoneNumberThirtySecondLimit$/,
    { kind: 'retry', hint: '给这个号码发得太频繁，稍后自动重试', delayMs: minute },
  ],
  [
    /^LimitExceeded\.(PhoneNumber(OneHour|Daily|SameContentDaily)Limit|DeliveryFrequencyLimit)$/,
    { kind: 'retry', hint: '给这个号码发得太频繁，稍后自动重试', delayMs: 5 * minute },
  ],
  [/^LimitExceeded(\.App\w*|\.DailyLimit)?$/, { kind: 'config', hint: '今天的短信量已到腾讯云控制台里设的上限' }],
  [/LimitExceeded/, { kind: 'retry', hint: '调用腾讯云太频繁，稍后自动重试', delayMs: minute }],
  [/^FailedOperation\.PhoneNumberInBlacklist$/, { kind: 'give-up', hint: '号码在免打扰名单里，发不了短信' }],
  [
    /^(InvalidParameterValue\.IncorrectPhoneNumber|MissingParameter\.EmptyPhoneNumberSet)$/,
    { kind: 'give-up', hint: '手机号不正确' },
  ],
  [
    /SensitiveWord|DirtyWord|ContentLengthLimit|TemplateParameterLengthLimit|ProhibitedUseUrl|ContainUrl/,
    { kind: 'give-up', hint: '短信内容不被接受' },
  ],
  [
    /^FailedOperation\.(SignatureIncorrectOrUnapproved|MissingSignature)/,
    { kind: 'config', hint: '短信签名没有通过审核或不可用，请核对 SMS_SIGN_NAME' },
  ],
  [
    /^FailedOperation\.TemplateParamSetNotMatch|TemplateParameterFormatError/,
    { kind: 'config', hint: '模板必须正好有两个变量：几项、最早时间' },
  ],
  [/^FailedOperation\.(Template|MissingTemplate)/, { kind: 'config', hint: '短信模板没有通过审核，请核对 SMS_TEMPLATE_ID' }],
  [/^UnsupportedOperation\./, { kind: 'config', hint: '模板要用国内通知类' }],
  [
    /InsufficientBalance|SuspendDueToArrears|^ResourceInsufficient/,
    { kind: 'config', hint: '腾讯云短信套餐包或余额不足，请充值' },
  ],
  [/SdkAppId|AppidAndBizId/, { kind: 'config', hint: '短信应用不存在、已停用或不属于这个账户，请核对 SMS_SDK_APP_ID' }],
  [/IpNotInWhitelist|IpInBlacklist/i, { kind: 'config', hint: '服务器 IP 不在腾讯云的白名单中' }],
  [
    /^AuthFailure\.(SecretIdNotFound|InvalidSecretId)/,
    { kind: 'config', hint: '密钥 ID 不存在或已停用，请核对 SMS_ACCESS_KEY_ID' },
  ],
  [/^AuthFailure\.SignatureExpire|RequestTimeException/, { kind: 'config', hint: '服务器时间不准，请校时' }],
  [
    /^AuthFailure\.Signature|SigVerificationFail|SigFieldMissing/,
    { kind: 'config', hint: '密钥不正确，请核对 SMS_ACCESS_KEY_SECRET' },
  ],
  [/^(AuthFailure|UnauthorizedOperation)/, { kind: 'config', hint: '密钥没有发短信的权限，请授权 QcloudSMSFullAccess' }],
  [
    /^(InvalidAction|NoSuchVersion|NoSuchProduct|ActionOffline|UnsupportedRegion)|RestApiInterfaceNotExist/,
    { kind: 'config', hint: '接口地址不对，请核对 SMS_API_BASE 与 SMS_REGION' },
  ],
  [/^(InternalError|ServiceUnavailable)/, { kind: 'retry', hint: '腾讯云短信系统繁忙，稍后自动重试' }],
]

/** The platform lost its own answer from what is behind it: the message may be on its way. */
const lostInside = /^InternalError\.(Timeout|SendAndRecvFail)$/

export function tencentRefusal(method: string, code: string): ChannelError {
  return refusalBy(meanings, method, code)
}

export function isLostInside(code: string): boolean {
  return lostInside.test(code)
}

/** What operators report back, in their own codes: https://cloud.tencent.com/document/product/382/59178 */
const reports: [RegExp, string][] = [
  [/^(UNDELIV|EXPIRED|MK:|MN:|LT:|NOROUTE)|关机|停机|空号|不在服务区/, '手机停机、关机、空号或不在服务区'],
  [/BLACK|BLOCK|黑名单/i, '号码在运营商的黑名单里'],
  [/KEYWORD|REJECT|关键字|敏感/i, '内容被运营商拦截'],
  [/SIGN|签名|报备/i, '短信签名没有报备或被运营商拦截'],
  [/LIMIT|频/i, '这个号码收到的短信太多，被运营商限制'],
]

export const tencentReport = (description: string) => reportBy(reports, description)
