import { type Ref, ref, type ShallowRef, shallowRef } from 'vue'
import type { ChatStory } from '../../../../domain/customer/customer.contract.js'
import { pasteMessages } from '../../api.js'
import { useDraft } from '../../drafts.js'
import { wordsOf } from '../../failed.js'
import type { Host } from '../../host/host.js'
import { newRequestId } from '../../request-id.js'
import { looksLikeChat } from './paste-text.js'

type Deps = {
  host: ShallowRef<Host | null>
  story: Ref<ChatStory | null>
  /** They stand on the server: go on with the capture. None are new when the same words were pasted before. */
  saved: (messageIds: string[]) => Promise<void>
}

/** One tap where the clipboard may be read, else one field; who spoke is asked only when the text itself doesn't tell. */
export function usePaste({ host, story, saved }: Deps) {
  const text = useDraft('paste')
  const open = ref(false)
  const busy = ref(false)
  const names = shallowRef<string[] | null>(null)
  /** Exactly one of the names is wanted: in a group, who said words without a name. */
  const one = ref(false)
  const error = ref<string | null>(null)
  // The same words keep the same id when they are sent again after a failure.
  let sent = { words: '', requestId: newRequestId() }

  async function start() {
    if (busy.value) return
    error.value = null
    names.value = null
    busy.value = true
    const read = (await host.value?.clipboard().catch(() => null)) ?? ''
    busy.value = false
    if (read.trim()) text.value = read.trim()
    if (looksLikeChat(read)) await send()
    else open.value = true
  }

  async function send(customerNames?: string[]) {
    const at = story.value
    const words = text.value.trim()
    if (busy.value || !at || !words) return
    busy.value = true
    error.value = null
    // A question answered is another request: the first one was answered with the question.
    if (sent.words !== words || customerNames) sent = { words, requestId: newRequestId() }
    try {
      const result = await pasteMessages({
        requestId: sent.requestId,
        contactId: at.contact.id,
        ...(at.group ? { groupId: at.group.id } : {}),
        text: words,
        ...(customerNames ? { customerNames } : {}),
      })
      if (result.kind === 'who-spoke') {
        names.value = result.names
        one.value = result.one === true
        open.value = true
        return
      }
      text.value = ''
      close()
      await saved(result.messageIds)
    } catch (failed) {
      error.value = wordsOf(failed)
      open.value = true
    } finally {
      busy.value = false
    }
  }

  function close() {
    open.value = false
    names.value = null
    error.value = null
  }

  return { text, open, busy, names, one, error, start, send, close }
}
