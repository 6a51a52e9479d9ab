import { expect, it } from 'vitest'
import { refuse, useDingtalk } from '../../channels/dingtalk/fixtures/dingtalk-api.js'
import { chatOnly } from '../../test/factories/outlets.js'
import { NOW } from '../../test/factories/work.js'
import listDingtalkCustomers from './list-dingtalk-customers.js'

const serve = useDingtalk()

/** What one member's customers come to when the platform says that. */
async function told(status: number, code: string) {
  const { dingtalk } = await serve({ 'crm/personalCustomers': [refuse(status, code)] })
  const channels = { wecom: null, dingtalk: null }
  const deps = { db: {} as never, now: NOW, machineNow: NOW, channels, wecom: {} as never, dingtalk, outlets: chatOnly }
  return listDingtalkCustomers.run(deps, { run: '1', operator: 'linxiao', kind: 'company', cursor: null, page: 0 })
}

it.each(['Forbidden.AccessDenied.AccessTokenPermissionDenied', 'crmAppNotExisted'])(
  '%s: the organisation has no right to it, and nobody is asked about for a while',
  async (code) => {
    expect(await told(403, code)).toMatchObject({ receipt: { denied: expect.stringMatching(/./), lines: [] } })
  },
)

it('who may not look at customers is passed over alone', async () => {
  expect(await told(400, 'systemError.notPermittedAccess')).toMatchObject({ skip: expect.stringMatching('操作人') })
})

it.each(['Forbidden.AccessDenied.IpNotInWhiteList', 'invalidClientIdOrSecret'])(
  '%s is nothing about customers, and switches nothing off',
  async (code) => {
    await expect(told(403, code)).rejects.toMatchObject({ kind: 'config' })
  },
)
