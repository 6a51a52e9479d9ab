import { afterEach, expect, it } from 'vitest'
import { clientOf, goodToken, serveQyapi } from '../fixtures/qyapi.js'
import { checkConsent } from './consent.js'

let close: () => Promise<void> = async () => {}
afterEach(() => close())

it('asks whether customers agreed, by the names that the platform really uses', async () => {
  const agreed = (externalId: string, agree_status: string, status_change_time?: number) => ({
    ...{ userid: 'WangLei', exteranalopenid: externalId, agree_status },
    ...(status_change_time ? { status_change_time } : {}),
  })
  const agreeinfo = [agreed('wm1', 'Agree', 1_700_000_000), agreed('wm2', 'Disagree'), agreed('wm3', 'Default_Agree')]
  const api = await serveQyapi({ gettoken: [goodToken()], 'msgaudit/check_single_agree': [{ agreeinfo }] })
  close = api.close
  const found = await checkConsent(clientOf(api.base).wecom, [{ member: 'wanglei', external: 'wm1' }])
  expect(found).toEqual([
    { member: 'wanglei', external: 'wm1', consent: 'agreed', since: new Date(1_700_000_000_000) },
    { member: 'wanglei', external: 'wm2', consent: 'refused', since: null },
    { member: 'wanglei', external: 'wm3', consent: 'agreed', since: null },
  ])
  expect(api.asksOf('msgaudit/check_single_agree')[0]?.body).toEqual({ info: [{ userid: 'wanglei', exteranalopenid: 'wm1' }] })
})
