import { afterEach, describe, expect, it } from 'vitest'
import { clientOf, goodToken, serveQyapi } from './fixtures/qyapi.js'
import { createWorkbench, type KeyData } from './workbench.js'

let close: () => Promise<void> = async () => {}
afterEach(() => close())

async function serve(answers: Parameters<typeof serveQyapi>[0]) {
  const api = await serveQyapi({ gettoken: [goodToken()], ...answers })
  close = api.close
  return { ...api, workbench: createWorkbench(clientOf(api.base).wecom) }
}

const numbers: KeyData[] = [
  { key: '今日必跟', data: '3', page: '/h5/today' },
  { key: '待回款', data: '12' },
]
const items = [
  { key: '今日必跟', data: '3', jump_url: 'https://bulou.example.com/h5/today' },
  { key: '待回款', data: '12' },
]

describe('createWorkbench', () => {
  it('makes the tile one of numbers, and leaves what members have', async () => {
    const { workbench, asksOf } = await serve({ 'agent/set_workbench_template': [{}] })
    await workbench.setTemplate(numbers)
    expect(asksOf('agent/set_workbench_template')[0]?.body).toEqual({
      agentid: 1000002,
      type: 'keydata',
      keydata: { items },
      replace_user_data: false,
    })
  })

  it('sets a member’s own numbers', async () => {
    const { workbench, asksOf } = await serve({ 'agent/set_workbench_data': [{}] })
    await workbench.setNumbers('wanglei', numbers)
    expect(asksOf('agent/set_workbench_data')[0]?.body).toEqual({
      agentid: 1000002,
      userid: 'wanglei',
      type: 'keydata',
      keydata: { items },
    })
  })

  it('sets those of many, a thousand at a time', async () => {
    const { workbench, asksOf } = await serve({ 'agent/batch_set_workbench_data': [{}] })
    const members = Array.from({ length: 1001 }, (_, i) => `m${i}`)
    await workbench.setNumbersOfMany(members, numbers)
    const asked = asksOf('agent/batch_set_workbench_data').map((one) => one.body)
    const data = { type: 'keydata', keydata: { items } }
    expect(asked).toEqual([
      { agentid: 1000002, userid_list: members.slice(0, 1000), data },
      { agentid: 1000002, userid_list: ['m1000'], data },
    ])
  })

  it('keeps to the lengths of the page, and to four numbers', async () => {
    const { workbench, asked, asksOf } = await serve({ 'agent/set_workbench_data': [{}] })
    for (const wrong of [[], Array<KeyData>(5).fill({ key: 'k', data: '1' })]) {
      await expect(workbench.setNumbers('wanglei', wrong)).rejects.toThrow(/1 to 4/)
    }
    expect(asked).toEqual([])
    await workbench.setNumbers('wanglei', [{ key: '长'.repeat(100), data: '9'.repeat(100) }])
    const body = asksOf('agent/set_workbench_data')[0]?.body as { keydata: { items: { key: string; data: string }[] } }
    expect(body.keydata.items[0]).toEqual({ key: `${'长'.repeat(63)}…`, data: `${'9'.repeat(63)}…` })
  })

  it('throws the platform’s no', async () => {
    const { workbench } = await serve({ 'agent/set_workbench_data': [{ errcode: 45009 }] })
    await expect(workbench.setNumbers('wanglei', numbers)).rejects.toMatchObject({ kind: 'retry', code: 45009 })
  })
})
