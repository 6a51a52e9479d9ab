import type { MailSettings, Optional } from '../../lib/sms-mail-config.js'

export type Letter = {
  to: string
  subject: string
  text: string
  html: string
  /** Ours. The same key is the same Message-ID, so mailboxes that got it twice show it once. */
  key: string
}

export type Mail = {
  /**
   * Resolves when the server took it. That is no delivery: a bounce that comes later by mail is not read.
   * Throws ChannelError; `unknownOutcome` when the connection was lost after the letter began to leave.
   */
  send(letter: Letter): Promise<{ messageId: string }>
  /** Lets the connections go; what is under way still ends. */
  close(): void
}

/** For pages: on, or off and why. Holds no setting. */
export function mailState(mail: Optional<MailSettings>): { on: true } | { on: false; why: string } {
  return mail.settings ? { on: true } : { on: false, why: mail.why }
}
