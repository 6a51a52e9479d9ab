import { expect, it } from 'vitest'
import { withColumn } from './use-import.js'

it('a column that becomes something else is no longer what it was', () => {
  expect(withColumn({ name: 1, code: 2 }, 'code', 1)).toEqual({ name: null, code: 1 })
})

it('to have no such column takes none from the others', () => {
  expect(withColumn({ name: 1, code: null }, 'name', null)).toEqual({ name: null, code: null })
})
