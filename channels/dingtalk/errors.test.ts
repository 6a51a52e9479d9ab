import { describe, expect, it } from 'vitest'
import { newRefusal, oldRefusal, refusalOf } from './errors.js'

/** Every code that the platform's pages name for the calls we make: what it has to become. */
const newTable = {
  refresh: ['InvalidAuthentication', 'AuthenticationFailed.MissingParameter'],
  config: [
    ...['invalidClientIdOrSecret', 'Forbidden.AccessDenied.AccessTokenPermissionDenied'],
    ...['Forbidden.AccessDenied.IpNotInWhiteList', 'InvalidAction.NotFound', 'invalid.chatbotId', 'robot.oto.notExist'],
    ...['empty', 'invalid', 'notExsit', 'auth', 'coolApp'].map((what) => `invalidParameter.robotCode.${what}`),
    ...['chatbotId.notAllow.sendOTO', 'param.templateNotExist', 'param.templateUnpublished'],
    ...['crmAppNotExisted', 'systemError.appNotExists', 'systemError.notPermittedAccess'],
  ],
  quota: ['Forbidden.AccessDenied.ApiCountLimitForOrg', 'ding.serverquota.insufficient'],
  retry: [
    ...['Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 'Forbidden.AccessDenied.QpsLimitForApi'],
    ...['send.too.fast', 'toomuch.msg', 'request.too.frequent', 'daily.call.limit', 'system.error', 'system.busy'],
    ...['ServiceUnavailable', 'send.ding.exception', 'systemError'],
    ...['lockError', 'flowControlError', 'systemError'].map((what) => `todo.taskCreate.${what}`),
  ],
  'already-sent': ['param.cardAlreadyExist'],
  'give-up': [
    ...['invalidParameter.userIds.empty', 'invalidParameter.userIds.overMax', 'invalidParameter.msgKey.invalid'],
    ...['invalidParameter.msgParam.invalid', 'invalidParameter.msgParam.tooLong', 'staffId.notExisted', 'miss.staffId'],
    ...['too.many.people', 'too.many.group', 'contain.notAllowed.keyword', 'ding.receivercount.limit', 'same.data.exists'],
    ...['param.outTrackIdEmpty', 'param.cardNotExist', 'param.openSpaceIdInvalid', 'param.userIdNotExist'],
    ...[
      'param.contentUnsafe',
      'param.callbackRouteKeyExist',
      'invalidParameter.param.invalid',
      'todo.taskCreate.paramError',
      'notExist',
    ],
  ],
}
const oldTable = {
  refresh: [40014, 42001, 41001],
  config: [22, 33001, 40001, 40056, 40089, 40096, 41011, 50004, 50002, 52019, 60011, 60020, 88005],
  quota: [90020],
  retry: [-1, 15, 90002, 90018],
  'give-up': [
    ...[33012, 34009, 34012, 40003, 40029, 40035, 40078, 60003, 60121, 60204, 22005, 43004, 300001],
    ...[40, 41, 400, 34004, 34015, 400002],
  ],
}
const rowsOf = <T>(table: Record<string, T[]>) =>
  Object.entries(table).flatMap(([kind, codes]) => codes.map((code) => ({ kind, code })))
const unknown = refusalOf('x', 'noSuchCode').hint

describe('a no of the new API', () => {
  it.each(rowsOf(newTable))('$code is for $kind, in words of its own', ({ kind, code }) => {
    const error = newRefusal('robot/ding/send', { status: 400, reply: { code, message: 'no', requestid: 'R' } }, true)
    expect(error).toMatchObject({ code, kind, method: 'robot/ding/send', unknownOutcome: false })
    expect(error?.hint).toMatch(/[一-龥]/)
    expect(error?.hint).not.toBe(unknown)
  })

  it('names the right that is missing', () => {
    const code = 'Forbidden.AccessDenied.AccessTokenPermissionDenied'
    const accessdenieddetail = { requiredScopes: ['Card.Instance.Write', '<b>'] }
    const error = newRefusal('card/instances', { status: 403, reply: { code, accessdenieddetail } }, true)
    expect(error?.hint).toMatch(/：Card\.Instance\.Write$/)
  })

  it('gives up what it does not know, but not what is out of order', () => {
    const of = (status: number, code = 'noSuchCode') => newRefusal('x', { status, reply: { code } }, true)
    expect(of(400)).toMatchObject({ kind: 'give-up', code: 'noSuchCode' })
    expect(of(500)).toMatchObject({ kind: 'retry', unknownOutcome: false })
    expect(of(504, 'Timeout')).toMatchObject({ kind: 'retry', unknownOutcome: true })
    expect(of(429)).toMatchObject({ kind: 'retry' })
    expect(of(200)).toBeNull()
  })

  it('shows no code that does not look like one', () => {
    const error = newRefusal('x', { status: 400, reply: { code: 'token 8f3a2 is not good' } }, true)
    expect(error?.message).not.toContain('8f3a2')
  })
})

describe('a no of the old API', () => {
  it.each(rowsOf(oldTable))('$code is for $kind, in words of its own', ({ kind, code }) => {
    const error = oldRefusal('topapi/v2/user/get', { status: 200, reply: { errcode: code, errmsg: 'no' } }, false)
    expect(error).toMatchObject({ code, kind, unknownOutcome: false })
    expect(error?.hint).toMatch(/[一-龥]/)
    expect(error?.hint).not.toBe(unknown)
  })

  it('finds the reason behind 88', () => {
    const reply = {
      errcode: 88,
      sub_code: '60011',
      sub_msg: '应用尚未开通所需的权限：[qyapi_get_member]',
      errmsg: 'ding talk error',
    }
    expect(oldRefusal('x', { status: 200, reply }, true)).toMatchObject({ kind: 'config', code: 60011 })
    expect(oldRefusal('x', { status: 200, reply }, true)?.hint).toMatch(/：qyapi_get_member$/)
    expect(oldRefusal('x', { status: 200, reply: { errcode: 88, sub_code: 'isv.other' } }, true)).toMatchObject({
      code: 88,
      kind: 'give-up',
    })
  })

  it('does not know whether a change was made when what is behind it was too slow', () => {
    const answer = { status: 200, reply: { errcode: 15 } }
    expect(oldRefusal('x', answer, true)).toMatchObject({ kind: 'retry', unknownOutcome: true })
    expect(oldRefusal('x', answer, false)).toMatchObject({ kind: 'retry', unknownOutcome: false })
  })

  it('takes 0 for a yes and an answer without errcode for none', () => {
    expect(oldRefusal('x', { status: 200, reply: { errcode: 0 } }, true)).toBeNull()
    expect(oldRefusal('x', { status: 200, reply: { ok: 1 } }, true)).toMatchObject({ code: 'bad-answer', unknownOutcome: true })
  })
})
