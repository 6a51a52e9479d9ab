import { type Ref, ref, shallowRef } from 'vue'
import type { ChatStory } from '../../../../domain/customer/customer.contract.js'
import type { ChangeView } from '../../../../domain/requirement/requirement.contract.js'
import { captureChange, recordNeed, undoChange } from '../../api.js'
import { businessNow } from '../../clock.js'
import { newRowKey } from '../../components/slot-rows.js'
import { dropToast, offerInToast, showToast } from '../../components/toast.js'
import { wordsOf } from '../../failed.js'
import { newRequestId } from '../../request-id.js'
import { asPendingChange, type CaptureForm, openCapture, toCaptureInput } from './capture-form.js'

const UNDO_MS = 10_000
const SETTLED_MS = 500
/** The second half of a double tap on 保存 lands on 捕获, which stands below it once the sheet is gone. */
const DOUBLE_TAP_MS = 700

/**
 * Tap, look, tap. The change stands on the page at once; should saving fail, the sheet comes back exactly as it was left,
 * with the same request id, so that trying again can't capture twice.
 */
export function useCapture(story: Ref<ChatStory | null>, refresh: () => Promise<void>) {
  const form = shallowRef<CaptureForm | null>(null)
  const error = ref<string | null>(null)
  const saving = shallowRef<ChangeView | null>(null)
  /** The message whose new need is being recorded. */
  const recording = ref<string | null>(null)
  let savedAt = Number.NEGATIVE_INFINITY

  function open(chosen: string[] | null = null) {
    if (!story.value || performance.now() - savedAt < DOUBLE_TAP_MS) return
    error.value = null
    form.value = openCapture(story.value, { requestId: newRequestId(), rowKey: newRowKey }, chosen)
  }

  function close() {
    form.value = null
  }

  async function save(filled: CaptureForm) {
    const at = story.value
    if (!at) return
    form.value = null
    savedAt = performance.now()
    saving.value = asPendingChange(filled, at, businessNow())
    const answer = captureChange(toCaptureInput(filled, at))
    offerUndo(() => answer)
    try {
      const change = await answer
      saving.value = change
      offerUndo(async () => change, change.undoUntil)
      await refresh()
      saving.value = null
    } catch (failed) {
      dropToast()
      saving.value = null
      error.value = wordsOf(failed)
      form.value = filled
    }
  }

  /** 记为新需求: one tap, since the words say it all; the same ten seconds to think better of it. */
  async function saveNeed(messageId: string) {
    if (recording.value) return
    recording.value = messageId
    try {
      const change = await recordNeed(messageId, newRequestId())
      offerUndo(async () => change, change.undoUntil, '已记为新需求')
      // Nobody is told when the time is over, so nothing rings then.
      setTimeout(refresh, Math.max(0, Date.parse(change.undoUntil ?? '') - businessNow()) + SETTLED_MS)
    } catch (failed) {
      showToast(wordsOf(failed), 'bad')
    }
    await refresh()
    recording.value = null
  }

  function offerUndo(change: () => Promise<ChangeView>, undoUntil: string | null = null, done = '已捕获') {
    const until = undoUntil ? Date.parse(undoUntil) : businessNow() + UNDO_MS
    const run = () => void undo(change)
    offerInToast(`${done}，10 秒内可撤销`, { label: '撤销', until, run }, until - businessNow())
  }

  async function undo(change: () => Promise<ChangeView>) {
    try {
      await undoChange((await change()).id, newRequestId())
      showToast('已撤销，没有通知任何人')
    } catch (failed) {
      showToast(wordsOf(failed), 'bad')
    }
    await refresh()
  }

  return { form, error, saving, recording, open, close, save, saveNeed, undo }
}
