import { defineEvent } from '../define.js'

/** 会话内容存档 has something new. The event holds nothing: it is fetched (official page 95039). */
export default defineEvent({
  name: 'msgaudit-notify',
  run: async (ctx) => ctx.pullArchive(),
})
