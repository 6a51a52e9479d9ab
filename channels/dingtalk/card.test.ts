import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Card } from '../../domain/card/card.js'
import { cardAnswer, toCardParams } from './card.js'
import { pageLinks } from './link.js'

const links = pageLinks('https://bulou.example.com')
const panel = (path: string) =>
  `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent(`https://bulou.example.com${path}`)}&pc_slide=true`

const card: Card = {
  source: '不漏 · 需求变更',
  title: '仁济骨科医院 要改需求',
  desc: '王磊 刚刚捕获',
  quote: { title: '刘主任', text: '交期改成下周五吧' },
  fields: [
    { label: '数量', value: '200 套 → 300 套' },
    { label: '交期', value: '11月27日' },
  ],
  buttons: [
    { action: 'confirm-can', label: '能做', style: 'primary' },
    { action: 'confirm-cannot', label: '做不了', style: 'danger', page: '/h5/ask/1?as=confirm-cannot' },
  ],
  page: '/h5/ask/1',
}

describe('toCardParams', () => {
  it('fills the template: what presses has an action, what needs words a page', () => {
    expect(toCardParams(card, links)).toMatchObject({
      source: '不漏 · 需求变更',
      title: '仁济骨科医院 要改需求',
      desc: '王磊 刚刚捕获',
      quote_title: '刘主任',
      quote: '交期改成下周五吧',
      fields: '**数量**：200 套 → 300 套  \n**交期**：11月27日',
      settled: '',
      has_buttons: 'true',
      url: panel('/h5/ask/1'),
      b1: '能做',
      b1_action: 'confirm-can',
      b1_style: 'primary',
      b1_url: '',
      b2: '做不了',
      b2_action: '',
      b2_style: 'danger',
      b2_url: panel('/h5/ask/1?as=confirm-cannot'),
      b3: '',
      b6_action: '',
    })
  })

  it('names the same variables for every card, so that nothing of an older one stays', () => {
    const bare: Card = { source: '不漏', title: '今日必跟', fields: [], buttons: [], page: '/h5/' }
    expect(Object.keys(toCardParams(bare, links))).toEqual(Object.keys(toCardParams(card, links)))
    expect(toCardParams(bare, links)).toMatchObject({ desc: '', quote: '', fields: '', has_buttons: 'false', b1: '' })
  })

  it('takes the buttons off a settled card', () => {
    const settled = toCardParams({ ...card, settled: '已由赵强确认：能做' }, links)
    expect(settled).toMatchObject({ settled: '已由赵强确认：能做', has_buttons: 'false', b1: '', b1_action: '', b2_url: '' })
  })

  it('shows what somebody wrote as text: no link, no picture, no further line', () => {
    const value = '[点这里](https://evil.example)\n\n# 标题 ![x](y) **粗**'
    const { fields } = toCardParams({ ...card, fields: [{ label: '备*注', value }] }, links)
    expect(fields).not.toMatch(/[[\]#\n]/)
    expect(fields?.match(/\*\*/g)).toHaveLength(2)
  })

  it('keeps every value within 1 KB, cut between characters, with room for all six lines', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 400 })
    const field = fc.record({ label: text, value: text })
    fc.assert(
      fc.property(text, fc.array(field, { maxLength: 8 }), (words, fields) => {
        const long = { ...card, source: words, title: words, quote: { title: words, text: words }, settled: words, fields }
        for (const [name, value] of Object.entries(toCardParams(long, links))) {
          expect(Buffer.byteLength(value)).toBeLessThanOrEqual(1024)
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(100)
          expect(value).not.toContain('\uFFFD')
        }
      }),
      { numRuns: 50 },
    )
    const { quote } = toCardParams({ ...card, quote: { title: '刘', text: '👨‍👩‍👧'.repeat(200) } }, links)
    expect(Buffer.byteLength(quote ?? '')).toBeLessThanOrEqual(1024)
    expect(quote).toMatch(/^(👨‍👩‍👧){50,}…$/u)
    const six = Array.from({ length: 8 }, (_, n) => ({ label: `${n}标签`, value: '长'.repeat(300) }))
    expect(toCardParams({ ...card, fields: six }, links).fields?.split('\n')).toHaveLength(6)
  })
})

it('cardAnswer is the body that answers a click', () => {
  expect(cardAnswer(card, links)).toEqual({
    cardData: { cardParamMap: toCardParams(card, links) },
    cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
  })
})
