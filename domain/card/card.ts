/**
 * The platform-neutral card. Each channel turns it into its own; nothing here knows of WeCom or DingTalk.
 * Lengths are not cut here: the channel knows its limits and cuts, on a character boundary, with an ellipsis.
 */
export type Card = {
  /** Small line at the very top: 「不漏 · 需求变更」. */
  source: string
  title: string
  /** One line under the title. */
  desc?: string
  /** The customer's own words. */
  quote?: { title: string; text: string }
  /** At most six. */
  fields: { label: string; value: string }[]
  /** At most six. Empty: a notice. */
  buttons: CardButton[]
  /** Path on PUBLIC_URL that the card opens: `/h5/…`. A notice must have one. */
  page: string
  /** Set when the subject is settled: shown in place of the buttons. */
  settled?: string
  /** It was not meant: where what was sent can't be changed any more, it is taken back. */
  withdrawn?: boolean
}

export type CardButton = {
  /** Name of a file in bot-server/actions. */
  action: string
  label: string
  style: 'primary' | 'plain' | 'danger'
  /** A button that needs words opens this page instead of pressing. */
  page?: string
}
