export type Quote = { words: string; quoted: string | null }

/** WeCom's own: the line, the quoted words in quotes with who said them, a rule of six dashes, the reply. */
const wecom = /^(?:这是一条引用\/回复消息：|This is a quote\/reply:)\s*["“](?<quoted>.*?)["”]?\s*\n-{6}\n(?<words>.*)$/s
/** Written by WeChat clients: 「who：words」, a long rule of dashes and blanks, the reply. */
const wechat = /^「(?<quoted>.*?)」\n-(?: -){9,}\n(?<words>.*)$/s

/**
 * A reply comes as one text with the quoted message in front. Only the reply is what was said now: a quantity in the quoted
 * words must not be taken for a new one. https://developer.work.weixin.qq.com/document/path/91774
 */
export function splitQuote(content: string): Quote {
  const found = (wecom.exec(content) ?? wechat.exec(content))?.groups
  if (!found?.words) return { words: content, quoted: null }
  return { words: found.words, quoted: found.quoted?.replace(/^[^\n：:]{1,64}[：:]\s*\n?/, '').trim() || null }
}
