import { ref, shallowRef } from 'vue'
import { wordsOf } from '../../failed.js'
import { go } from '../../place.js'
import { newRequestId } from '../../request-id.js'
import { useForward } from './forward-api.js'

type Customer = { id: string; contactId?: string | undefined }

/** Says whose words they are, and goes on to their capture; who spoke is asked only when the words don't tell. */
export function usePlace(id: string) {
  const busy = ref<string | null>(null)
  const wrong = ref<string | null>(null)
  const asking = shallowRef<{ customer: Customer; names: string[]; one: boolean } | null>(null)

  async function place(customer: Customer, customerNames?: string[]) {
    if (busy.value) return
    busy.value = customer.id
    wrong.value = null
    try {
      const { contactId, result } = await useForward(id, {
        requestId: newRequestId(),
        customerId: customer.id,
        ...(customer.contactId ? { contactId: customer.contactId } : {}),
        ...(customerNames ? { customerNames } : {}),
      })
      if (result.kind === 'who-spoke') {
        asking.value = { customer, names: result.names, one: result.one === true }
        return
      }
      // Back leads to where the person came from, not to a question that is answered.
      go(`/chat/${contactId}${result.messageIds.length ? `?capture=${result.messageIds.join(',')}` : ''}`, 'replace')
    } catch (thrown) {
      wrong.value = wordsOf(thrown)
    } finally {
      busy.value = null
    }
  }

  const tell = (customerNames: string[]) => asking.value && void place(asking.value.customer, customerNames)
  const stopAsking = () => {
    asking.value = null
  }
  return { busy, wrong, asking, place, tell, stopAsking }
}
