import { onScopeDispose, ref, shallowRef } from 'vue'
import type { FirstContactView } from '../../../../domain/first-contact/first-contact.contract.js'
import { businessNow } from '../../clock.js'
import { dropToast, offerInToast, showToast } from '../../components/toast.js'
import { wordsOf } from '../../failed.js'
import { newRequestId } from '../../request-id.js'
import { doneWords } from '../../words/first-contacts.js'
import { type Act, actOnContact } from './first-contact-api.js'
import { type ActWords, guess } from './guess.js'

const UNDO_MS = 10_000
/** The second half of a double tap must not land on what moves up to where the first one was. */
const DOUBLE_TAP_MS = 500

/** What is asked about just now: which company, until when, or what else is known of the opportunity. */
export type Asking = { one: FirstContactView; what: 'join' | 'nurture' | 'opportunity' }

/**
 * The acts on new contacts, in the chat and in the list alike. Each stands at once; the server's answer takes its place,
 * and a failure puts back what stood and says why. One at a time for each contact: a second tap is the first one's.
 */
export function useContactActs(changed: () => Promise<void>) {
  /** What was done here, by the first contact's id: it lies over what was fetched. */
  const done = shallowRef(new Map<string, FirstContactView>())
  const asking = shallowRef<Asking | null>(null)
  const busy = ref(new Set<string>())
  /** Just tapped: for a moment nothing takes a tap. */
  const still = ref(false)
  let stirs: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(stirs))
  /** The same wish keeps its id when it is sent again after a failure, so it happens once. */
  const sent = new Map<string, { wish: string; requestId: string }>()
  const running = new Map<string, Promise<boolean>>()

  function put(id: string, view: FirstContactView | null) {
    const next = new Map(done.value)
    if (view) next.set(id, view)
    else next.delete(id)
    done.value = next
  }

  function act(one: FirstContactView, name: Act, words: ActWords = {}) {
    if (busy.value.has(one.id)) return
    asking.value = null
    busy.value.add(one.id)
    holdStill()
    const whole = run(one, name, words).finally(() => {
      busy.value.delete(one.id)
      running.delete(one.id)
    })
    running.set(one.id, whole)
  }

  function holdStill() {
    still.value = true
    clearTimeout(stirs)
    stirs = setTimeout(() => {
      still.value = false
    }, DOUBLE_TAP_MS)
  }

  /** Whether it was done. */
  async function run(one: FirstContactView, name: Act, words: ActWords): Promise<boolean> {
    const stood = done.value.get(one.id) ?? null
    const guessed = guess(one, name, words)
    put(one.id, guessed)
    if (name !== 'undo') offerUndo(one, doneWords(guessed, businessNow()) ?? '好，还是算新客户')
    try {
      const view = await send(one.id, name, words)
      put(one.id, view)
      if (name === 'undo') showToast('撤销了')
      void settle(view)
      return true
    } catch (failed) {
      put(one.id, stood)
      dropToast()
      showToast(wordsOf(failed), 'bad')
      void changed()
      return false
    }
  }

  /** What is open again needs nothing over what was fetched; what is done stays to be seen. */
  async function settle(view: FirstContactView) {
    await changed()
    const waits = view.state === 'open' || view.state === 'known'
    if (waits && done.value.get(view.id) === view) put(view.id, null)
  }

  async function send(id: string, name: Act, { customerId, until }: ActWords) {
    const wish = JSON.stringify([name, customerId, until])
    const known = sent.get(id)
    const requestId = known?.wish === wish ? known.requestId : newRequestId()
    sent.set(id, { wish, requestId })
    const view = await actOnContact(id, name, { requestId, ...(customerId ? { customerId } : {}), ...(until ? { until } : {}) })
    sent.delete(id)
    return view
  }

  function offerUndo(one: FirstContactView, words: string) {
    const until = businessNow() + UNDO_MS
    offerInToast(words, { label: '撤销', until, run: () => void undo(one) }, UNDO_MS)
  }

  /** May be tapped before the first tap was answered; a tap that failed left nothing to take back. */
  async function undo(one: FirstContactView) {
    if ((await running.get(one.id)) === false) return
    act(done.value.get(one.id) ?? one, 'undo')
  }

  return { done, asking, busy, still, act, undo, put }
}
