import { sessionSecrets } from '../../domain/bot/session-secrets.js'
import { contactSecrets } from '../../domain/contact/contact-phones.js'
import { mediaSecrets } from '../../domain/message/media-secrets.js'
import type { Outlets } from '../../jobs/outlets.js'
import { createSecrets } from '../../lib/secret.js'

/** An organisation that has set up nothing beside the chat. */
export const chatOnly: Outlets = {
  sms: { use: null, why: '短信没有设置' },
  mail: { use: null, why: '邮件没有设置' },
  group: { use: null, why: '群没有设置' },
  archive: { use: null, why: '会话存档没有设置' },
  points: createSecrets('a'.repeat(32), 'contact-point'),
  phones: contactSecrets('a'.repeat(32)),
  files: mediaSecrets('a'.repeat(32)),
  sessions: sessionSecrets('a'.repeat(32)),
  publicUrl: 'http://bulou.test',
}
