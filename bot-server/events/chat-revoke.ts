import { z } from 'zod'
import { revokeMessage } from '../../domain/message/hear-message.js'
import { defineEvent } from '../define.js'

/** A message was taken back by who said it. */
export default defineEvent({
  name: 'chat-revoke',
  run: ({ work }, data) => revokeMessage(work, `wecom:${z.object({ revokes: z.string() }).parse(data).revokes}`),
})
