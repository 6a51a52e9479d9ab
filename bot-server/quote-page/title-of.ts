import type { QuoteContent } from '../../domain/quote/quote.contract.js'

/** What a quote is called in a chat and on its page; its price stands in neither. */
export const titleOf = ({ title, to }: QuoteContent): string => `${title || '报价单'} · ${to.company}`

export const descOf = ({ from, lines }: QuoteContent): string =>
  `${from.organisation} ${from.name} 的报价，${lines.length} 项产品`
