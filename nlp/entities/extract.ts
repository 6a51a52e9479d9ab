import { remember } from '../remember.js'
import { readAmounts } from './amount.js'
import type { Day } from './calendar.js'
import { readDates } from './date.js'
import { readDurations } from './duration.js'
import type { Entity } from './entity.js'
import { readPayments } from './payment.js'
import { readPercents } from './percent.js'
import { readQuantities } from './quantity.js'
import { readSpecs } from './spec.js'

/** Numbers, or one of the words that carry a value without any. */
const WORTH =
  /[\d季秋冬夏春谷露霜满种暑寒至旦一二两俩仨三四五六七八九十百半几千万月号日天周拜节年底结期付款承兑折旦明后今昨晚码成汇赊寄挂金室色]|[A-Z]/

/**
 * All values in a normalized text, in order, without overlap. The readers run from the most specific to the least:
 * terms of payment hold days, dates hold numbers, sizes hold units.
 */
export const extractEntities = remember(96, (text: string, today: Day): Entity[] => {
  if (!WORTH.test(text)) return []
  const found: Entity[] = []
  const add = (entities: Entity[]) => {
    for (const entity of entities)
      if (!found.some((other) => entity.from < other.to && other.from < entity.to)) found.push(entity)
  }
  add(readPayments(text))
  add(readDates(text, today))
  add(readDurations(text))
  add(readSpecs(text))
  add(readPercents(text))
  add(readAmounts(text))
  add(readQuantities(text))
  return found.sort((a, b) => a.from - b.from)
})
