import { afterEach, beforeEach, expect, it } from 'vitest'
import { AGENT_ID, startForTest, type TestStandin } from '../testing/start.js'

let standin: TestStandin
beforeEach(async () => {
  standin = await startForTest()
})
afterEach(() => standin.close())

const keydata = (must: string, due: string) => ({
  type: 'keydata',
  keydata: {
    items: [
      { key: '今日必跟', data: must, jump_url: 'http://bulou.localhost/h5/' },
      { key: '待回款', data: due },
    ],
  },
})
const call = (name: string, body: object) => standin.api(`agent/${name}`, { agentid: AGENT_ID, ...body })
const shown = async (userid: string) =>
  (await standin.state()).people
    .find((p: { userid: string }) => p.userid === userid)
    .workbench.map((i: { key: string; data: string }) => `${i.key} ${i.data}`)

it('shows everybody the numbers of the template, and each their own once they have some', async () => {
  expect(await shown('lina')).toEqual([])
  await call('set_workbench_template', keydata('0', '0'))
  await call('set_workbench_data', { userid: 'WangLei', ...keydata('3', '1') })
  await call('batch_set_workbench_data', { userid_list: ['lina', 'chenjing'], data: keydata('5', '2') })
  expect(await shown('wanglei')).toEqual(['今日必跟 3', '待回款 1'])
  expect(await shown('lina')).toEqual(['今日必跟 5', '待回款 2'])
  expect(await shown('heping')).toEqual(['今日必跟 0', '待回款 0'])
  await call('set_workbench_template', { type: 'normal' })
  expect(await shown('lina')).toEqual([])
})

it('refuses what the page forbids', async () => {
  expect((await call('set_workbench_data', { userid: 'lina', ...keydata('1', '1') })).errcode).toBe(40058)
  await call('set_workbench_template', keydata('0', '0'))
  const five = { type: 'keydata', keydata: { items: Array.from({ length: 5 }, (_, n) => ({ key: `k${n}`, data: '1' })) } }
  expect((await call('set_workbench_data', { userid: 'lina', ...five })).errcode).toBe(40058)
  expect((await call('set_workbench_data', { userid: 'nobody', ...keydata('1', '1') })).errcode).toBe(60111)
  expect((await call('batch_set_workbench_data', { userid_list: [], data: keydata('1', '1') })).errcode).toBe(40058)
  expect((await standin.api('agent/set_workbench_data', { userid: 'lina', ...keydata('1', '1') })).errcode).toBe(41011)
})

it('takes ten a minute for one member', async () => {
  await call('set_workbench_template', keydata('0', '0'))
  const codes = []
  for (let n = 0; n < 11; n += 1)
    codes.push((await call('set_workbench_data', { userid: 'lina', ...keydata(`${n}`, '0') })).errcode)
  expect([codes[9], codes[10]]).toEqual([0, 45009])
  standin.time.now += 60_000
  expect((await call('set_workbench_data', { userid: 'lina', ...keydata('11', '0') })).errcode).toBe(0)
})
