import { ref } from 'vue'
import { showToast } from '../../components/toast.js'
import { wordsOf } from '../../failed.js'
import { go } from '../../place.js'
import { newRequestId } from '../../request-id.js'
import { startQuote } from './quotes-api.js'

type What = { customerId: string | null; contactId?: string; fromQuoteId?: string; requirementId?: string }

/** Begins a quote and opens it; a second tap, or one after a lost answer, is the first one. */
export function useStart() {
  /** `new`, or the id of the quote that is made again. */
  const busy = ref<string | null>(null)
  let wish = { words: '', requestId: '' }

  async function start(what: What) {
    if (busy.value) return
    const words = JSON.stringify(what)
    if (wish.words !== words) wish = { words, requestId: newRequestId() }
    busy.value = what.fromQuoteId ?? 'new'
    try {
      const quote = await startQuote({ requestId: wish.requestId, ...what })
      wish = { words: '', requestId: '' }
      go(`/quote/${quote.id}/edit`)
    } catch (thrown) {
      showToast(wordsOf(thrown), 'bad')
    } finally {
      busy.value = null
    }
  }
  return { busy, start }
}
