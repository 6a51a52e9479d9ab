import type { Outlets } from '../../jobs/outlets.js'
import { createSecrets } from '../../lib/secret.js'

/** An organisation that has set up nothing beside the chat. */
export const chatOnly: Outlets = {
  sms: { use: null, why: '短信没有设置' },
  mail: { use: null, why: '邮件没有设置' },
  group: { use: null, why: '群没有设置' },
  points: createSecrets('a'.repeat(32), 'contact-point'),
  publicUrl: 'http://bulou.test',
}
