import { putOff } from '../../domain/reminders/acts/put-off.js'
import { actOnLast, nextWords } from '../act-on-last.js'
import { defineCommand } from '../define.js'

export default defineCommand({
  name: 'in-an-hour',
  says: ['1小时后', '一小时后', '1个小时后', '一个小时后'],
  help: '让我一小时后再提醒最近那一条',
  run: (ctx) =>
    actOnLast(ctx, {
      act: (subjectId) => putOff(ctx.work, ctx.actor, { subjectId, until: 'in-an-hour' }),
      done: (row) => `好的，${nextWords(row, ctx.actor.personId, ctx.work.now) ?? '到时候再提醒你'}。`,
      late: () => '这条已经往后放过两次了，不能再放。发「我来跟进」，或者转给同事。',
    }),
})
