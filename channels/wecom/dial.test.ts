import { afterEach, expect, it } from 'vitest'
import { getDialRecords } from './dial.js'
import { clientOf, goodToken, serveQyapi } from './fixtures/qyapi.js'

let close: () => Promise<void> = async () => {}
afterEach(() => close())

it('reads a page of 公费电话, with who called whom and for how many minutes', async () => {
  const record = [
    {
      call_time: 1_732_000_000,
      total_duration: 3,
      call_type: 2,
      caller: { userid: 'wanglei', duration: 3 },
      callee: [
        { phone: 13812345678, duration: 2 },
        { userid: 'lina', duration: 1 },
      ],
    },
  ]
  const api = await serveQyapi({ gettoken: [goodToken()], 'dial/get_dial_record': [{ record }, {}] })
  close = api.close
  const { wecom } = clientOf(api.base)
  const want = { from: new Date('2026-11-20T00:00:00.500Z'), until: new Date('2026-11-21T00:00:00Z'), offset: 100 }
  expect(await getDialRecords(wecom, want)).toEqual([
    {
      at: new Date(1_732_000_000_000),
      minutes: 3,
      many: true,
      caller: { userid: 'wanglei', phone: null, minutes: 3 },
      callees: [
        { userid: null, phone: '13812345678', minutes: 2 },
        { userid: 'lina', phone: null, minutes: 1 },
      ],
    },
  ])
  expect(api.asksOf('dial/get_dial_record')[0]?.body).toEqual({
    start_time: 1_795_132_800,
    end_time: 1_795_219_200,
    offset: 100,
    limit: 100,
  })
  expect(await getDialRecords(wecom, want)).toEqual([])
})
