import { expect, it } from 'vitest'
import { totalDraft } from '../../lib/format/quote-total.js'
import { diffVersions, diffWords } from './diff-versions.js'
import { blankDraft } from './prefill.js'
import type { DraftLine, QuoteContent, QuoteDraft } from './quote.contract.js'

const screw: DraftLine = {
  ...{ id: 'a', productId: null, code: null, name: 'M8 螺丝', spec: null, unit: '箱', qty: '200', price: '0.035', gift: false },
  ...{ note: null, params: [], pictureId: null },
}
const nut: DraftLine = { ...screw, id: 'b', name: '螺母', spec: 'M8', price: '0.01' }

/** As it would be frozen: sent on the day of its number in December. */
function content(version: number, some: Partial<QuoteDraft>): QuoteContent {
  const draft = { ...blankDraft('五金', 15), ...some }
  return {
    ...{ ...draft, totals: totalDraft(draft), number: 31, version },
    from: { organisation: '永固五金', name: '王磊', phone: null },
    to: { company: '华强五金', name: null },
    sentAt: `2026-12-0${version}T02:00:00.000Z`,
    validUntil: '2026-12-20T15:59:59.999Z',
  }
}
const terms = { payment: '月结', delivery: '12月4日前交货', other: '' }

it('says in one line each what a customer would notice, and what it comes to', () => {
  const before = content(1, { lines: [screw], terms })
  const after = content(2, { lines: [{ ...screw, qty: '300', price: '0.033' }], terms: { ...terms, delivery: '12月11日前交货' } })
  expect(diffVersions(before, after)).toEqual([
    { label: 'M8 螺丝', before: '200 箱', after: '300 箱' },
    { label: 'M8 螺丝 单价', before: '0.035 元', after: '0.033 元' },
    { label: '交期', before: '12月4日前交货', after: '12月11日前交货' },
    { label: '合计', before: '7.00 元', after: '9.90 元' },
  ])
  expect(diffWords(diffVersions(before, after))).toBe(
    'M8 螺丝 200 箱 → 300 箱；M8 螺丝 单价 0.035 元 → 0.033 元；交期 12月4日前交货 → 12月11日前交货；合计 7.00 元 → 9.90 元',
  )
})

it('follows a line by its id: renamed it is the same, another one of that name is another', () => {
  const before = content(1, { lines: [screw, nut] })
  const after = content(2, {
    lines: [
      { ...screw, name: 'M8 不锈钢螺丝' },
      { ...nut, id: 'c', gift: true },
    ],
  })
  expect(diffVersions(before, after)).toEqual([
    { label: '螺母 M8', before: '200 箱，单价 0.01 元', after: null },
    { label: '产品', before: 'M8 螺丝', after: 'M8 不锈钢螺丝' },
    { label: '螺母 M8', before: null, after: '200 箱，赠送' },
    { label: '合计', before: '9.00 元', after: '7.00 元' },
  ])
  expect(diffWords(diffVersions(before, after))).toContain(
    '螺母 M8 去掉了；产品 M8 螺丝 → M8 不锈钢螺丝；螺母 M8 加上 200 箱，赠送',
  )
})

it('says freight, tax, discount, instalments, rebates, risks, note, data and validity', () => {
  const before = content(1, { lines: [screw] })
  const after = {
    ...content(2, {
      lines: [{ ...screw, note: '加急', params: [{ name: '材质', value: '304' }] }],
      freight: { how: 'fixed', fen: 5_000 },
      tax: { included: false, rateBp: 1300 },
      discountFen: 100,
      instalments: [{ label: '定金', shareBp: 3000, when: '下单时' }],
      rebates: [{ fromFen: 100_000, rateBp: 200 }],
      risks: [{ id: 'r', words: '镀层批次有色差' }],
    }),
    validUntil: '2027-01-04T15:59:59.999Z',
  }
  expect(diffVersions(before, after).map(({ label, before, after }) => [label, before, after])).toEqual([
    ['M8 螺丝 备注', null, '加急'],
    ['M8 螺丝 参数', null, '材质 304'],
    ['运费', '含运费', '另计 50.00 元'],
    ['整单优惠', null, '1.00 元'],
    ['税', '含 13% 税', '另加 13% 税'],
    ['分期', null, '定金 30%（下单时）'],
    ['返点', null, '满 1,000.00 元返 2%'],
    ['技术说明', null, '镀层批次有色差'],
    ['有效期', '12月20日止', '2027年1月4日止'],
    ['合计', '7.00 元', '63.28 元'],
  ])
})

it('of two that say the same says nothing', () => {
  const one = content(1, { lines: [screw], terms })
  expect(diffVersions(one, { ...one, version: 2, sentAt: '2026-12-02T02:00:00.000Z' })).toEqual([])
})
