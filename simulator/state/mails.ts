/** Mail that was received, parsed. `at` is business time. One that was handed in twice (same Message-ID) is there twice. */
export type MailFact = { type: 'mail' } & Mail
export type Mail = {
  id: string
  from: string
  to: string
  subject: string
  text: string
  html: string
  messageId: string
  at: number
}

export function applyMail(mails: Mail[], fact: MailFact): void {
  const { type: _, ...mail } = fact
  mails.push(mail)
}
