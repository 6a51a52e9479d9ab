import { ref, shallowRef } from 'vue'
import type { QuoteLinkView, QuoteView } from '../../../../domain/quote/quote.contract.js'
import { showToast } from '../../components/toast.js'
import { wordsOf } from '../../failed.js'
import { getHost } from '../../host/get-host.js'
import type { Host } from '../../host/host.js'
import { noteTwice, putIntoChat, takeNotPut } from './put-quote.js'
import { getLink, type How } from './quotes-api.js'

/** Ways to the customer. What is in the chat once is not put there again by a second tap. */
export function useGive(quote: QuoteView, version: number, changed: () => void) {
  const host = shallowRef<Host | null>(null)
  const busy = ref<'put' | 'copy' | null>(null)
  const error = ref(takeNotPut(quote.id))
  const done = ref<'no' | 'copied' | 'put'>('no')
  let known: QuoteLinkView | null = null
  getHost().then(
    (found) => {
      host.value = found
    },
    () => undefined,
  )

  async function once(what: 'put' | 'copy', act: () => Promise<void>) {
    if (busy.value) return
    busy.value = what
    error.value = null
    try {
      await act()
    } catch (thrown) {
      error.value = wordsOf(thrown)
    } finally {
      busy.value = null
    }
  }
  async function noted(how: How) {
    if (!(await noteTwice(quote.id, version, how))) showToast('网络不好，没记上是哪天给的客户', 'bad')
    changed()
  }
  const put = () =>
    once('put', async () => {
      if (!host.value) return
      await putIntoChat(host.value, quote, version)
      done.value = 'put'
      showToast('已放进聊天')
      await noted('chat')
    })
  const copy = () =>
    once('copy', async () => {
      known ??= await getLink(quote.id, version)
      await host.value?.copy(`${known.title}\n${known.url}`)
      done.value = 'copied'
      showToast('链接已复制，去聊天里粘贴就行')
      await noted('copy')
    })
  return { host, busy, error, put, copy, done, noted }
}
