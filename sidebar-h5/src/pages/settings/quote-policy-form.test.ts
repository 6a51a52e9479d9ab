import { expect, it } from 'vitest'
import { defaultQuotePolicy, quotePolicy } from '../../../../domain/rule/quote-policy.contract.js'
import { policyFormOf, readPolicy } from './quote-policy-form.js'

const standing = policyFormOf(defaultQuotePolicy)

it('what stood there comes out as it went in', () => {
  const policy = {
    ...defaultQuotePolicy,
    quotas: [{ region: '华南', monthFen: 50_000_050 }],
    phone: '0757-22223333',
    stampOverFen: null,
  }
  const read = readPolicy(policyFormOf(policy))
  expect('value' in read && quotePolicy.parse(read.value)).toEqual(policy)
})

it('says what is wrong at its field', () => {
  const parts = [{ label: '定金', share: '30', when: '下单时' }]
  const quotas = [
    { region: '华南', month: '50万' },
    { region: '华南', month: '1' },
  ]
  const read = readPolicy({ ...standing, margin: '100', validDays: '0', stampOver: '十万', quotas, plans: [parts] })
  expect('problems' in read && [...new Set(read.problems.map((one) => one.at))]).toEqual([
    ...['margin', 'validDays', 'stampOver', 'quotas', 'plans'],
  ])
})

it('rows that were opened and never filled in are left out', () => {
  const read = readPolicy({ ...standing, quotas: [{ region: ' ', month: '' }], plans: [[]], stampOver: ' ' })
  expect(read).toMatchObject({ value: { quotas: [], instalmentTemplates: [], stampOverFen: null } })
})
