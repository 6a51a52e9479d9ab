/** What a letter says. All of it is plain text: names and words of customers are told as they are and never become markup. */
export type MailCard = {
  title: string
  lines: string[]
  /** `url` is one of our own pages, whole. */
  link?: { label: string; url: string }
}

const maxSubject = 78

/**
 * The one frame that every letter of ours has: words and a link, no picture and nothing that tells us it was opened.
 */
export function drawMail({ title, lines, link }: MailCard): { subject: string; text: string; html: string } {
  if (link && !/^https?:\/\//.test(link.url)) throw new Error('mail: the link must be a whole http(s) address')
  const subject = oneLine(title)
  const paragraphs = lines.map((line) => `<p style="margin:0 0 8px">${escapeHtml(line).replaceAll('\n', '<br>')}</p>`)
  const button = link
    ? `<p style="margin:20px 0 0"><a href="${escapeHtml(link.url)}" style="color:#1764ff">${escapeHtml(link.label)}</a></p>`
    : ''
  return {
    subject,
    text: [title, '', ...lines, ...(link ? ['', `${link.label}：${link.url}`] : [])].join('\n'),
    html: [
      '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
      '<meta name="viewport" content="width=device-width"></head>',
      "<body style=\"margin:0;padding:24px;font:15px/1.6 -apple-system,'PingFang SC','Microsoft YaHei',sans-serif;color:#1d2129\">",
      `<h1 style="margin:0 0 16px;font-size:18px">${escapeHtml(title)}</h1>`,
      ...paragraphs,
      button,
      '</body></html>',
    ].join('\n'),
  }
}

function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  const characters = [...line]
  return characters.length <= maxSubject ? line : `${characters.slice(0, maxSubject - 1).join('')}…`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
