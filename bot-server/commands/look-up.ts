import { recordReading } from '../../domain/audit/record-reading.js'
import { lookUp } from '../../domain/customer/look-up.js'
import { formatSince } from '../../lib/format/dates.js'
import { defineCommand } from '../define.js'
import { quote } from '../quote.js'
import { sayChange, sayWaiting } from '../say-change.js'

const MOST_PEOPLE = 4

export default defineCommand({
  name: 'look-up',
  says: ['查', '查客户'],
  help: '看看客户的近况',
  about: 'customer',
  async run({ work, actor, say, pageUrl }, { id }) {
    const customer = await lookUp(work.tx, actor, id)
    const { contacts, openChanges, lastSaid } = customer
    if (lastSaid.length > 0) await recordReading(work, actor, { subject: `customer:${id}`, how: 'bot' })
    const people = contacts.slice(0, MOST_PEOPLE).map((contact) => contact.name)
    await say(
      [
        [customer.name, customer.productLine, `${customer.owner}跟进`].filter(Boolean).join(' · '),
        ...(people.length > 0
          ? [`联系人：${people.join('、')}${contacts.length > MOST_PEOPLE ? ` 等 ${contacts.length} 人` : ''}`]
          : []),
        '',
        openChanges.length > 0 ? '在等答复：' : '没有在等答复的变更。',
        ...openChanges.map((change) => `· ${sayChange(change, work.now)}，${sayWaiting(change.waitsFor, work.now)}`),
        '',
        lastSaid.length > 0 ? '最近说的：' : '还没有聊天记录。',
        ...lastSaid.map(({ by, text, saidAt }) => `${by} ${formatSince(saidAt, work.now)} ${quote(text)}`),
        ...(customer.contactId ? ['', `打开聊天页：${pageUrl(`/h5/chat/${customer.contactId}`)}`] : []),
      ].join('\n'),
    )
  },
})
