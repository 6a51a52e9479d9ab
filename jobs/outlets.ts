import { createMail } from '../channels/mail/create-mail.js'
import type { Mail } from '../channels/mail/mail.js'
import { createSms } from '../channels/sms/create-sms.js'
import type { Sms } from '../channels/sms/sms.js'
import { pointSecrets } from '../domain/reach/point-secrets.js'
import type { Config } from '../lib/config.js'
import type { Secrets } from '../lib/secret.js'

type Set<T> = { use: T; why: null } | { use: null; why: string }

/** Speaks in a group by the group's own address, which is a secret. */
export type GroupVoice = { keys: Record<string, string>; sendMarkdown(key: string, text: string): Promise<unknown> }

/** The ways to reach a person beside the chat platform; where the organisation has not set one up, why not. */
export type Outlets = {
  sms: Set<Sms>
  mail: Set<Mail>
  group: Set<GroupVoice>
  /** Opens the phones and mail addresses of our people. */
  points: Secrets
  publicUrl: string
}

export function createOutlets(config: Config, group: GroupVoice): Outlets {
  const { sms, mail } = config
  return {
    sms: sms.settings ? { use: createSms(sms.settings), why: null } : { use: null, why: sms.why },
    mail: mail.settings ? { use: createMail(mail.settings), why: null } : { use: null, why: mail.why },
    group: Object.keys(group.keys).length > 0 ? { use: group, why: null } : { use: null, why: '没有设置群消息地址' },
    points: pointSecrets(config.dataKey),
    publicUrl: config.server.publicUrl,
  }
}
