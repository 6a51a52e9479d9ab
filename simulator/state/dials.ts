/** Calls over 公费电话 that were answered [D 93662]. `at` is business time, durations are whole minutes. */
export type Dial = {
  at: number
  /** 1 to one, 2 to several. */
  type: 1 | 2
  caller: { userid: string; minutes: number }
  callees: { phone?: string; userid?: string; minutes: number }[]
}
export type DialFact = { type: 'dial'; dial: Dial }

export const applyDial = (dials: Dial[], fact: DialFact): void => void dials.push(fact.dial)
