import { computed, type Ref, watch } from 'vue'
import { useDraft } from '../../drafts.js'

/**
 * The reply that the rep is about to send. An unedited one follows the newest draft; one that was edited stays as it is
 * and says that colleagues have answered anew since, because old words over new facts are a promise nobody made.
 */
export function useReply(changeId: string, draft: Ref<string>) {
  const writtenFor = useDraft(`reply-for:${changeId}`)
  const text = useDraft(`reply:${changeId}`, draft.value)
  if (!writtenFor.value) text.value = draft.value

  watch(
    text,
    (words) => {
      if (words === draft.value) writtenFor.value = ''
      else if (!writtenFor.value) writtenFor.value = draft.value
    },
    { flush: 'sync' },
  )
  watch(
    draft,
    (next, before) => {
      if (text.value === before) text.value = next
    },
    { flush: 'sync' },
  )

  const outdated = computed(() => writtenFor.value !== '' && writtenFor.value !== draft.value && text.value !== draft.value)
  const takeNew = () => {
    text.value = draft.value
  }
  return { text, outdated, takeNew }
}
