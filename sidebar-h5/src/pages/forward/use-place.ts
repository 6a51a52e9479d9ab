import { ref, shallowRef } from 'vue'
import { wordsOf } from '../../failed.js'
import { go } from '../../place.js'
import { newRequestId } from '../../request-id.js'
import { useForward } from './forward-api.js'

type Speaker = { contactId: string } | { customerId: string }

/** Says whose words they are, and goes on to their capture; who spoke is asked only when the words don't tell. */
export function usePlace(id: string) {
  const busy = ref<string | null>(null)
  const wrong = ref<string | null>(null)
  const asking = shallowRef<{ speaker: Speaker; names: string[]; one: boolean } | null>(null)

  async function place(speaker: Speaker, customerNames?: string[]) {
    if (busy.value) return
    busy.value = 'contactId' in speaker ? speaker.contactId : speaker.customerId
    wrong.value = null
    try {
      const { contactId, result } = await useForward(id, {
        requestId: newRequestId(),
        ...speaker,
        ...(customerNames ? { customerNames } : {}),
      })
      if (result.kind === 'who-spoke') {
        asking.value = { speaker, names: result.names, one: result.one === true }
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

  const tell = (customerNames: string[]) => asking.value && void place(asking.value.speaker, customerNames)
  const stopAsking = () => {
    asking.value = null
  }
  return { busy, wrong, asking, place, tell, stopAsking }
}
