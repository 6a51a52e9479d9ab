import { describe, expect, it } from 'vitest'
import type { Card } from '../../domain/card/card.js'
import { toTemplateCard } from './card.js'

const card: Card = {
  source: '不漏 · 需求变更',
  title: '仁济骨科医院 要改需求',
  desc: '王磊 刚刚捕获',
  quote: { title: '刘主任', text: '交期改成下周五吧，数量加到300套' },
  fields: [{ label: '数量', value: '200 套 → 300 套' }],
  buttons: [
    { action: 'confirm-can', label: '能做', style: 'primary' },
    { action: 'confirm-conditional', label: '有条件', style: 'plain', page: '/h5/ask/1?as=confirm-conditional' },
    { action: 'confirm-cannot', label: '做不了', style: 'danger', page: '/h5/ask/1?as=confirm-cannot' },
  ],
  page: '/h5/ask/1',
}
const pageUrl = (path: string) => `https://bulou.example.com${path}`

describe('toTemplateCard', () => {
  it('makes a card with buttons interactive, and a button that needs words a link', () => {
    expect(toTemplateCard(card, pageUrl)).toEqual({
      card_type: 'button_interaction',
      source: { desc: '不漏 · 需求变更', desc_color: 0 },
      main_title: { title: '仁济骨科医院 要改需求', desc: '王磊 刚刚捕获' },
      quote_area: { type: 0, title: '刘主任', quote_text: '交期改成下周五吧，数量加到300套' },
      horizontal_content_list: [{ keyname: '数量', value: '200 套 → 300 套' }],
      card_action: { type: 1, url: 'https://bulou.example.com/h5/ask/1' },
      button_list: [
        { type: 0, text: '能做', style: 1, key: 'confirm-can' },
        { type: 1, text: '有条件', style: 2, url: 'https://bulou.example.com/h5/ask/1?as=confirm-conditional' },
        { type: 1, text: '做不了', style: 3, url: 'https://bulou.example.com/h5/ask/1?as=confirm-cannot' },
      ],
    })
  })

  it('makes a card without buttons a notice that leads somewhere', () => {
    const notice = toTemplateCard({ ...card, buttons: [], fields: [] }, pageUrl)
    expect(notice).toMatchObject({
      card_type: 'text_notice',
      card_action: { type: 1, url: 'https://bulou.example.com/h5/ask/1' },
    })
    expect(notice).not.toHaveProperty('button_list')
    expect(notice).not.toHaveProperty('horizontal_content_list')
  })

  it('greys the buttons of a settled card, whether it still names any or not', () => {
    for (const buttons of [card.buttons, []]) {
      const settled = toTemplateCard({ ...card, buttons, settled: '已由赵强确认：能做' }, pageUrl)
      expect(settled).toMatchObject({ card_type: 'button_interaction', replace_text: '已由赵强确认：能做' })
      expect(settled.button_list).toHaveLength(1)
    }
  })

  it('keeps to the limits of the page', () => {
    const long = '长'.repeat(400)
    const many = Array.from({ length: 9 }, (_, i) => i)
    const cut = toTemplateCard(
      {
        ...card,
        source: long,
        title: long,
        desc: long,
        quote: { title: long, text: long },
        fields: many.map((i) => ({ label: `${i}${long}`, value: long })),
        buttons: many.map((i) => ({ action: `a${i}`, label: long, style: 'plain' as const })),
      },
      pageUrl,
    )
    expect(cut.source.desc).toHaveLength(20)
    expect(cut.main_title).toEqual({ title: `${'长'.repeat(35)}…`, desc: `${'长'.repeat(43)}…` })
    expect(cut.quote_area?.quote_text).toHaveLength(160)
    expect(cut.horizontal_content_list).toHaveLength(6)
    expect(cut.horizontal_content_list?.[0]).toEqual({ keyname: '0长长长…', value: `${'长'.repeat(29)}…` })
    expect(cut.button_list).toHaveLength(6)
    expect(cut.button_list?.[0]?.text).toHaveLength(10)
  })
})
