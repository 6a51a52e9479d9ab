import { expect, it } from 'vitest'
import { createAbsentWecom } from './absent.js'
import { listContacts } from './contact-pages.js'
import { createWecomChannel } from './send.js'

it('an organisation without WeCom: whatever is asked of it is given up, in words', async () => {
  const wecom = createAbsentWecom({ publicUrl: 'https://bulou.test', machineNow: () => new Date(0) })
  const no = { name: 'ChannelError', kind: 'give-up', hint: '没有接入企业微信' }
  await expect(createWecomChannel(wecom).sendText('a', 'b')).rejects.toMatchObject(no)
  await expect(listContacts(wecom, { userid: 'a', cursor: '' })).rejects.toMatchObject(no)
  await expect(wecom.keep('ticket', async () => ({ value: 'x', lifeMs: 1 })).get()).rejects.toMatchObject(no)
})
