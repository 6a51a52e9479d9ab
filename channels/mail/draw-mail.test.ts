import { describe, expect, it } from 'vitest'
import { drawMail } from './draw-mail.js'

const url = 'https://bulou.example.com/h5/ask/1?a=1&b=2'

describe('drawMail', () => {
  it('says the same in words and in HTML, with one link and no picture', () => {
    const { subject, text, html } = drawMail({
      title: '3 项客户待办',
      lines: ['最早 11月23日 09:00 到期'],
      link: { label: '去查看', url },
    })
    expect(subject).toBe('3 项客户待办')
    expect(text).toBe(`3 项客户待办\n\n最早 11月23日 09:00 到期\n\n去查看：${url}`)
    expect(html).toContain('<h1 style="margin:0 0 16px;font-size:18px">3 项客户待办</h1>')
    expect(html).toContain('最早 11月23日 09:00 到期</p>')
    expect(html).toContain('<a href="https://bulou.example.com/h5/ask/1?a=1&amp;b=2"')
    expect(html).not.toMatch(/<img|src=|url\(/)
  })

  it('lets nothing that people wrote become markup or a header', () => {
    const evil = `"><script>alert('1')</script>&\r\nBcc: x@y.cn`
    const { subject, html } = drawMail({ title: evil, lines: [evil], link: { label: evil, url: 'https://h/"onclick="x' } })
    expect(subject).toBe(`"><script>alert('1')</script>& Bcc: x@y.cn`)
    expect(html).not.toMatch(/<script|"onclick/)
    expect(html).toContain('&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;')
  })

  it('cuts a long title in the subject, between characters, and nowhere else', () => {
    const title = '𠮷'.repeat(100)
    const { subject, html } = drawMail({ title, lines: [] })
    expect([...subject]).toHaveLength(78)
    expect(subject.endsWith('𠮷…')).toBe(true)
    expect(html).toContain(title)
  })

  it('refuses a link that is no page', () => {
    expect(() => drawMail({ title: 't', lines: [], link: { label: 'x', url: 'javascript:alert(1)' } })).toThrow(/link/)
  })
})
