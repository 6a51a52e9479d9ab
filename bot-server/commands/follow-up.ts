import { followUp } from '../../domain/reminders/acts/follow-up.js'
import { actOnLast, nextWords } from '../act-on-last.js'
import { defineCommand } from '../define.js'

export default defineCommand({
  name: 'follow-up',
  says: ['我来跟进', '我跟进', '我来跟'],
  help: '告诉我最近那条提醒你来跟进',
  run: (ctx) =>
    actOnLast(ctx, {
      act: (subjectId) => followUp(ctx.work, ctx.actor, subjectId),
      done: (row) => `好的，你来跟进${after(nextWords(row, ctx.actor.personId, ctx.work.now))}。`,
      late: () => '这次你已经说过在跟进了，办完了发「已处理 怎么处理的」。',
    }),
})

const after = (next: string | null) => (next ? `，${next}` : '')
