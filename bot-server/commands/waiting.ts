import { listWaiting } from '../../domain/requirement/list-waiting.js'
import { defineCommand } from '../define.js'

export default defineCommand({
  name: 'waiting',
  says: ['待办', '待答复'],
  help: '看看有哪些变更在等你答复',
  async run({ work, actor, say }) {
    const asks = await listWaiting(work.tx, actor.personId, work.now)
    if (asks.length === 0) return say('没有在等你的事，放心忙别的。')
    const lines = asks.map(
      (ask, i) => `${i + 1}. ${ask.customer}：${ask.requirement}（${ask.purpose === 'confirm' ? '待确认' : '影响评估'}）`,
    )
    return say([`有 ${asks.length} 件事在等你：`, ...lines, '点开对应的卡片就能答复。'].join('\n'))
  },
})
