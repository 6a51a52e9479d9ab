import { putOff } from '../../domain/reminders/acts/put-off.js'
import { actOnLast, nextWords } from '../act-on-last.js'
import { defineCommand } from '../define.js'

export default defineCommand({
  name: 'tomorrow-morning',
  says: ['明早再说', '明早再提醒', '明天再说'],
  help: '让我明天早上再提醒最近那一条',
  run: (ctx) =>
    actOnLast(ctx, {
      act: (subjectId) => putOff(ctx.work, ctx.actor, { subjectId, until: 'tomorrow-morning' }),
      done: (row) => `好的，${nextWords(row, ctx.actor.personId, ctx.work.now) ?? '到时候再提醒你'}。`,
      late: () => '这条已经往后放过两次了，不能再放。发「我来跟进」，或者转给同事。',
    }),
})
