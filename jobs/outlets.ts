import { createMail } from '../channels/mail/create-mail.js'
import type { Mail } from '../channels/mail/mail.js'
import { createSms } from '../channels/sms/create-sms.js'
import type { Sms } from '../channels/sms/sms.js'
import type { Archive } from '../channels/wecom/archive/puller.js'
import type { Wecom } from '../channels/wecom/client.js'
import { sessionSecrets } from '../domain/bot/session-secrets.js'
import { contactSecrets } from '../domain/contact/contact-phones.js'
import { mediaSecrets } from '../domain/message/media-secrets.js'
import { pointSecrets } from '../domain/reach/point-secrets.js'
import type { Config } from '../lib/config.js'
import type { Secrets } from '../lib/secret.js'

type Set<T> = { use: T; why: null } | { use: null; why: string }

/** Speaks in a group by the group's own address, which is a secret. */
export type GroupVoice = { keys: Record<string, string>; sendMarkdown(key: string, text: string): Promise<unknown> }

/** 会话内容存档: its files through the native library, its questions with a secret of their own. */
export type ArchiveOutlet = { media: Archive['media']; api: Wecom }

/** The ways to reach a person beside the chat platform; where the organisation has not set one up, why not. */
export type Outlets = {
  sms: Set<Sms>
  mail: Set<Mail>
  group: Set<GroupVoice>
  archive: Set<ArchiveOutlet>
  /** Opens the phones and mail addresses of our people. */
  points: Secrets
  /** Seals customers' phones. */
  phones: Secrets
  /** Opens the handles of files in the archive. */
  files: Secrets
  /** Opens what answers in a conversation of DingTalk's robot. */
  sessions: Secrets
  publicUrl: string
}

export function createOutlets(config: Config, { group, archive }: { group: GroupVoice; archive: ArchiveOutlet | null }): Outlets {
  const { sms, mail } = config
  return {
    sms: sms.settings ? { use: createSms(sms.settings), why: null } : { use: null, why: sms.why },
    mail: mail.settings ? { use: createMail(mail.settings), why: null } : { use: null, why: mail.why },
    group: Object.keys(group.keys).length > 0 ? { use: group, why: null } : { use: null, why: '没有设置群消息地址' },
    archive: archive ? { use: archive, why: null } : { use: null, why: '会话存档没有设置' },
    points: pointSecrets(config.dataKey),
    phones: contactSecrets(config.dataKey),
    files: mediaSecrets(config.dataKey),
    sessions: sessionSecrets(config.dataKey),
    publicUrl: config.server.publicUrl,
  }
}
