/** A value read in a text. `from`/`to` are UTF-16 offsets, `to` exclusive. */
type At = { from: number; to: number }

/** `by`: 「前」「内」; `after`: 「后」「起」. `month` and `week` say that only a part of the calendar was named. */
export type DateEntity = At & {
  kind: 'date'
  /** ISO date, or a range `a/b`. */
  iso: string
  bound: 'on' | 'by' | 'after'
  /** HH:mm when a time of day was said. */
  time: string | null
  /** Only a day of the month was said (「25号」), so another month may be meant. */
  bareDay: boolean
  /** Said of what has been: 昨天, 上周. */
  past: boolean
}

/** A length of time: 半个月, 三天, 5个工作日. */
export type DurationEntity = At & { kind: 'duration'; days: number; working: boolean; bound: 'none' | 'by' | 'after' }

export type NumberValue = { value: number; max: number | null; approximate: boolean }

export type AmountEntity = At & {
  kind: 'amount'
  bound: 'none' | 'most' | 'least'
  per: string | null
  /** A word or sign of money was said; a plain 3万 may count goods. */
  signed: boolean
} & NumberValue

export type QuantityEntity = At & { kind: 'quantity'; unit: string; article: boolean } & NumberValue

/** A number with neither unit nor sign of money: 「改成300」. */
export type BareEntity = At & { kind: 'number' } & NumberValue

export type PercentEntity = At & { kind: 'percent' /** 0.9 for 九折, 0.05 for 5% and 5个点. */; ratio: number; discount: boolean }

export type SpecEntity = At & { kind: 'spec'; words: string }

export type PaymentEntity = At & { kind: 'payment'; words: string }

export type Entity =
  | DateEntity
  | DurationEntity
  | AmountEntity
  | QuantityEntity
  | BareEntity
  | PercentEntity
  | SpecEntity
  | PaymentEntity
