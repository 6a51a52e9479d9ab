import { sayHandled } from '../../domain/reminders/acts/say-handled.js'
import { Refused } from '../../lib/errors.js'
import { actOnLast } from '../act-on-last.js'
import { defineCommand } from '../define.js'

/** What stands behind the opening as it was typed: a name in it is part of what was done. */
const OPENING = /^\s*(已处理|处理好了|办完了|搞定了)[\s,，。：:、；;!！]*/

export default defineCommand({
  name: 'handled',
  says: ['已处理', '处理好了', '办完了', '搞定了'],
  help: '告诉我最近那条提醒处理好了，后面写一句怎么处理的',
  run: async (ctx) => {
    const note = ctx.words.replace(OPENING, '').trim() || null
    try {
      await actOnLast(ctx, {
        act: (subjectId) => sayHandled(ctx.work, ctx.actor, { subjectId, note }),
        done: (row) => (row.claimedBy ? '好的，记下了，等上级确认一下就了结。' : `好的，了结了${row.done ? '' : '，不再提醒'}。`),
        late: (row) => (row.claimedBy ? '已经说过处理好了，还在等上级确认。' : '这条已经了结了。'),
      })
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'say-how') throw error
      await ctx.say('怎么处理的？发「已处理 」加一句话，比如「已处理 和客户电话说好了」。')
    }
  },
})
