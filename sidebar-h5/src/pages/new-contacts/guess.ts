import type { FirstContactView } from '../../../../domain/first-contact/first-contact.contract.js'
import type { Act } from './first-contact-api.js'

/** What an act needs besides the tap. `name`: what the company is called, for the eye only. */
export type ActWords = { customerId?: string; until?: string; name?: string }

/** How it will stand once the server has answered: shown at once. */
export function guess(one: FirstContactView, act: Act, { customerId, until, name }: ActWords = {}): FirstContactView {
  switch (act) {
    case 'opportunity': {
      const opportunity = { id: '', number: 0, title: one.title, source: null, stage: null, amountFen: null }
      return { ...one, state: 'opportunity', opportunity }
    }
    case 'not-customer':
      return { ...one, state: 'not_customer' }
    case 'join':
      return { ...one, state: 'joined', joined: { id: customerId ?? '', name: name ?? '' } }
    case 'nurture':
      return { ...one, state: 'nurturing', until: until ?? null }
    case 'refuse':
      return { ...one, state: 'open', proposed: null }
    case 'undo':
      return { ...one, state: one.proposed ? 'known' : 'open', opportunity: null, until: null, joined: null }
  }
}
