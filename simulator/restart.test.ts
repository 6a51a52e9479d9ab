import { expect, it } from 'vitest'
import { AGENT_ID, startForTest } from './testing/start.js'

it('knows after a restart all that it knew before', async () => {
  const standin = await startForTest()
  const token = await standin.token()
  const template_card = {
    card_type: 'button_interaction',
    task_id: 'c',
    main_title: { title: 't' },
    button_list: [{ text: '能做', key: 'a' }],
  }
  const card = { touser: 'lina', msgtype: 'template_card', agentid: AGENT_ID, template_card, enable_duplicate_check: 1 }
  const sent = await standin.api('message/send', card)
  await standin.control('chat', { rep: 'wanglei', externalUserId: 'wmRenji', from: 'customer', text: '数量加到300套' })
  await standin.control('bot', { userid: 'wanglei', text: '回款' })
  const { responseCode } = await standin.control('press', { userid: 'lina', taskId: 'c', key: 'a' })
  await standin.control('open', { userid: 'wanglei', entry: 'single_chat_tools', externalUserId: 'wmRenji' })
  await standin.control('clipboard', { userid: 'wanglei', text: '抄' })
  await standin.control('archive', { consent: { wmJinhai: false } })
  await standin.control('clock', { advanceMs: 86_400_000 })
  const before = await standin.state()

  await standin.restart()
  const { callbacks: _, ...after } = await standin.state()
  expect(before).toMatchObject(after)
  expect(await standin.token()).toBe(token)
  expect((await standin.api('message/send', card)).msgid).toBe(sent.msgid)
  const change = { userids: ['lina'], agentid: AGENT_ID, button: { replace_name: '已处理' } }
  expect((await standin.api('message/update_template_card', { ...change, response_code: responseCode })).errcode).toBe(0)
  await standin.restart()
  expect((await standin.api('message/update_template_card', { ...change, response_code: responseCode })).errcode).toBe(42022)
  expect((await standin.state()).cards).toMatchObject([{ version: 2, replaced: '已处理' }])
  await standin.close()
})
