/** Text messages and what became of them. `at` is business time, `machineAt` machine time: an operator knows no story. */
export type SmsFact =
  | {
      type: 'sms'
      id: string
      mobile: string
      text: string
      sign: string
      template: string
      outId: string
      at: number
      machineAt: number
    }
  | { type: 'sms-receipt'; id: string; status: 'delivered' | 'failed'; code: string; at: number; machineAt: number }
  | { type: 'sms-line'; mobile: string; line: Line }
  | { type: 'sms-approval'; sign?: boolean; template?: boolean }

/** How a number fares: reached, not reached for now (switched off), or refused with the carrier's code. */
export type Line = { mode: 'on' } | { mode: 'off' } | { mode: 'fails'; code: string }

export type Sms = {
  id: string
  mobile: string
  text: string
  sign: string
  template: string
  outId: string
  at: number
  machineAt: number
  status: 'pending' | 'delivered' | 'failed'
  /** The carrier's word, empty while it is waited for. */
  code: string
  receiptAt: number | null
  receiptMachineAt: number | null
}
export type SmsState = {
  sent: Map<string, Sms>
  byMobile: Map<string, Sms[]>
  /** Those that the carrier hasn't spoken of yet. */
  pending: Map<string, Sms>
  lines: Map<string, Line>
  signApproved: boolean
  templateApproved: boolean
}

export const createSms = (): SmsState => ({
  sent: new Map(),
  byMobile: new Map(),
  pending: new Map(),
  lines: new Map(),
  signApproved: true,
  templateApproved: true,
})

export const lineOf = (sms: SmsState, mobile: string): Line => sms.lines.get(mobile) ?? { mode: 'on' }

export function applySms(sms: SmsState, fact: SmsFact): void {
  switch (fact.type) {
    case 'sms': {
      const { type: _, ...said } = fact
      const one: Sms = { ...said, status: 'pending', code: '', receiptAt: null, receiptMachineAt: null }
      sms.sent.set(fact.id, one)
      sms.pending.set(fact.id, one)
      sms.byMobile.set(fact.mobile, [...(sms.byMobile.get(fact.mobile) ?? []), one])
      break
    }
    case 'sms-receipt': {
      sms.pending.delete(fact.id)
      const one = sms.sent.get(fact.id)
      if (one) Object.assign(one, { status: fact.status, code: fact.code, receiptAt: fact.at, receiptMachineAt: fact.machineAt })
      break
    }
    case 'sms-line':
      sms.lines.set(fact.mobile, fact.line)
      break
    case 'sms-approval':
      sms.signApproved = fact.sign ?? sms.signApproved
      sms.templateApproved = fact.template ?? sms.templateApproved
  }
}
