import { ref } from 'vue'
import { showToast } from '../../components/toast.js'
import { asFailed, wordsOf } from '../../failed.js'
import { getHost } from '../../host/get-host.js'
import { go } from '../../place.js'
import { newRequestId } from '../../request-id.js'
import { findBeside, isOf, noteTwice, putIntoChat, tellNotPut } from './put-quote.js'
import { askApproval, sendQuote } from './quotes-api.js'
import type { Editor } from './use-editor.js'

/** The way out of the editor: frozen as a version, and, where the customer's chat stands beside the page, put into it at once. */
export function useSend(id: string, editor: Editor, look: () => Promise<void>) {
  const busy = ref(false)
  const error = ref<string | null>(null)
  /** The customer's own chat stands here: sending means putting it there. Null until it is known. */
  const beside = ref<boolean | null>(null)
  // One wish a state of the draft: a second thumb, or a lost answer, sends nothing twice.
  let wish = { rev: 0, requestId: '' }

  async function findChat(): Promise<boolean> {
    const host = await getHost()
    if (!host.putNewsIntoChat) return false
    const [found] = await Promise.all([findBeside(host), viewOf(editor)])
    const view = editor.view.value
    return found !== null && view !== null && isOf(found, view)
  }
  const known = findChat()
    .catch(() => false)
    .then((is) => {
      beside.value = is
      return is
    })

  async function once(act: () => Promise<void>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    error.value = null
    try {
      await act()
      return true
    } catch (thrown) {
      error.value = wordsOf(thrown)
      // What the server found is shown where it is.
      if (asFailed(thrown).code) await look()
      return false
    } finally {
      busy.value = false
    }
  }

  const send = () =>
    once(async () => {
      const [rev, isBeside] = await Promise.all([editor.flush(), known])
      if (wish.rev !== rev) wish = { rev, requestId: newRequestId() }
      const quote = await sendQuote(id, { requestId: wish.requestId, rev })
      editor.end()
      const words = isBeside ? await put(quote) : `报价 v${quote.version} 好了，发给客户吧`
      if (words) showToast(words)
      go(`/quote/${id}`, 'replace')
    })

  async function put(quote: Awaited<ReturnType<typeof sendQuote>>): Promise<string | null> {
    try {
      await putIntoChat(await getHost(), quote, quote.version)
    } catch (thrown) {
      tellNotPut(id, wordsOf(thrown))
      return null
    }
    return (await noteTwice(id, quote.version, 'chat')) ? `报价 v${quote.version} 已放进聊天` : '已放进聊天，只是没记上，不用再发'
  }

  const ask = (note: string | null) =>
    once(async () => {
      const rev = await editor.flush()
      editor.view.value = await askApproval(id, { requestId: newRequestId(), rev, note })
      showToast('已经请经理批了，批了告诉你')
    })

  return { beside, busy, error, send, ask }
}

/** The draft is there, or will not be. */
const viewOf = (editor: Editor) =>
  new Promise<void>((resolve) => {
    const look = () => (editor.view.value || editor.failed.value ? resolve() : void setTimeout(look, 50))
    look()
  })
