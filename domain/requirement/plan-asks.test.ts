import { describe, expect, it } from 'vitest'
import type { Role } from '../person/person.contract.js'
import { defaultResponders, type Responder } from '../rule/responders.contract.js'
import { planAsks } from './plan-asks.js'

const person = (id: string, ...roles: Role[]) => ({ id, roles })
const zhao = person('zhao', 'pre-sales')
const qian = person('qian', 'pre-sales')
const sun = person('sun', 'product')
const zhou = person('zhou', 'order-desk')
const li = person('li', 'manager')
const he = person('he', 'admin')
const row = (rest: Partial<Responder>): Responder => ({
  productLine: null,
  types: ['*'],
  purpose: 'confirm',
  role: 'pre-sales',
  person: null,
  substitute: null,
  ...rest,
})
type Situation = Parameters<typeof planAsks>[0]
const plan = (rest: Partial<Situation>) =>
  planAsks({
    rows: defaultResponders,
    productLine: null,
    types: ['功能增减'],
    colleagues: [zhao, sun, li, he],
    managerId: 'li',
    ...rest,
  })
const brief = (asks: ReturnType<typeof planAsks>) =>
  asks.map((ask) => [ask.purpose, ask.role, ask.people.join(), ask.standsInFor])

describe('which rows hold', () => {
  const rows = [
    row({ productLine: '五金', types: ['功能增减', '交付时间调整'], role: 'order-desk' }),
    row({ productLine: '五金', types: ['预算范围变动'], role: 'manager' }),
    row({}),
  ]
  const colleagues = [zhao, zhou, li]

  it('a product line’s own rows win over the general ones', () => {
    expect(brief(plan({ rows, colleagues, productLine: '五金' }))).toEqual([['confirm', 'order-desk', 'zhou', null]])
    expect(brief(plan({ rows, colleagues, productLine: '医疗器械' }))).toEqual([['confirm', 'pre-sales', 'zhao', null]])
    expect(brief(plan({ rows, colleagues, productLine: null }))).toEqual([['confirm', 'pre-sales', 'zhao', null]])
  })

  it('the change’s types choose among them; two types ask both', () => {
    expect(brief(plan({ rows, colleagues, productLine: '五金', types: ['预算范围变动'] }))).toEqual([
      ['confirm', 'manager', 'li', null],
    ])
    expect(brief(plan({ rows, colleagues, productLine: '五金', types: ['预算范围变动', '交付时间调整'] }))).toHaveLength(2)
    expect(plan({ rows, colleagues, productLine: '五金', types: ['其他'] })).toEqual([])
  })
})

describe('who is asked', () => {
  it.each<[string, Partial<Situation>, unknown[]]>([
    [
      'whoever holds the role, all of them',
      { rows: [row({})], colleagues: [zhao, qian, li] },
      ['confirm', 'pre-sales', 'zhao,qian', null],
    ],
    [
      'a named person, before other holders',
      { rows: [row({ person: 'qian' })], colleagues: [zhao, qian] },
      ['confirm', 'pre-sales', 'qian', null],
    ],
    [
      'the substitute, when the named one has left',
      { rows: [row({ person: 'gone', substitute: 'zhou' })], colleagues: [zhao, zhou] },
      ['confirm', 'pre-sales', 'zhou', '售前'],
    ],
    [
      'the substitute, when nobody holds the role',
      { rows: [row({ substitute: 'zhou' })], colleagues: [zhou, li] },
      ['confirm', 'pre-sales', 'zhou', '售前'],
    ],
    [
      'other holders, when the named one has left and nobody substitutes: they stand in for nobody',
      { rows: [row({ person: 'gone' })], colleagues: [zhao, li] },
      ['confirm', 'pre-sales', 'zhao', null],
    ],
    [
      'the rep’s manager, when nobody holds the role',
      { rows: [row({})], colleagues: [li, he] },
      ['confirm', 'pre-sales', 'li', '售前'],
    ],
    [
      'any manager, when the rep has none',
      { rows: [row({})], colleagues: [li, he], managerId: null },
      ['confirm', 'pre-sales', 'li', '售前'],
    ],
    [
      'any manager, when the rep’s has left',
      { rows: [row({})], colleagues: [li], managerId: 'gone' },
      ['confirm', 'pre-sales', 'li', '售前'],
    ],
    [
      'an administrator, when there is nobody else',
      { rows: [row({})], colleagues: [he], managerId: null },
      ['confirm', 'pre-sales', 'he', '售前'],
    ],
  ])('%s', (_what, situation, expected) => expect(brief(plan(situation))).toEqual([expected]))

  it('nobody, only when there is nobody at all', () => {
    expect(plan({ rows: [row({})], colleagues: [person('rep', 'rep')], managerId: null })).toEqual([])
  })
})

describe('the same person twice is one card', () => {
  it('to confirm comes first, whatever the order of the rows', () => {
    const both = person('both', 'pre-sales', 'product')
    const rows = [row({ purpose: 'assess', role: 'product' }), row({})]
    expect(brief(plan({ rows, colleagues: [both] }))).toEqual([['confirm', 'pre-sales', 'both', null]])
  })

  it('the others of that role are still asked', () => {
    const both = person('both', 'pre-sales', 'product')
    expect(brief(plan({ colleagues: [both, sun] }))).toEqual([
      ['confirm', 'pre-sales', 'both', null],
      ['assess', 'product', 'sun', null],
    ])
  })

  it('a role asked for twice for the same purpose is one question', () => {
    expect(plan({ rows: [row({ types: ['功能增减'] }), row({ types: ['*'] })] })).toHaveLength(1)
  })
})
