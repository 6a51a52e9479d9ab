import type { Deps } from '../deps.js'
import type { Receipts } from '../sms/receipts.js'
import type { Line } from '../state/sms.js'
import { findPerson } from '../world.js'
import { ControlError } from './error.js'

/** A number is switched off, on again, or refused by its carrier from now on. What waited for it comes when it is on. */
export async function setLine(deps: Deps, receipts: Receipts, whose: { userid?: string; mobile?: string }, line: Line) {
  const mobile = whose.mobile ?? (whose.userid ? findPerson(deps.world, whose.userid)?.mobile : undefined)
  if (!mobile) throw new ControlError(404, 'nobody with a mobile number')
  await deps.store.record({ type: 'sms-line', mobile, line })
  if (line.mode !== 'off') receipts.look()
  return { mobile, ...line }
}
