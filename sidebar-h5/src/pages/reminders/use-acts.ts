import { ref, shallowRef } from 'vue'
import type { LadderView, OfferedAct, ReminderRow } from '../../../../domain/reminders/reminder.contract.js'
import { businessNow } from '../../clock.js'
import { offerInToast, showToast } from '../../components/toast.js'
import { wordsOf } from '../../failed.js'
import { newRequestId } from '../../request-id.js'
import { actOn, undoTask } from './reminder-api.js'

type Words = { note?: string | null; toId?: string | null }
const UNDO_MS = 10_000

/** Pressing a button of a reminder, in the list and on its own page alike: what needs words or a colleague asks first. */
export function useActs(changed: (view: LadderView | null) => void) {
  /** What is asked about just now. */
  const asking = shallowRef<{ row: ReminderRow; act: OfferedAct } | null>(null)
  const busy = ref<string | null>(null)
  const error = ref<string | null>(null)
  // The same wish keeps the same id when it is sent again after a failure.
  let sent = { wish: '', requestId: '' }

  function start(row: ReminderRow, act: OfferedAct) {
    error.value = null
    if (act.needs === 'nothing') void run(row, act)
    else asking.value = { row, act }
  }

  function close() {
    asking.value = null
    error.value = null
  }

  async function run(row: ReminderRow, act: OfferedAct, { note = null, toId = null }: Words = {}) {
    if (busy.value) return
    busy.value = row.id
    error.value = null
    const wish = JSON.stringify([row.id, act.action, note, toId, row.next[0]?.at])
    if (sent.wish !== wish) sent = { wish, requestId: newRequestId() }
    try {
      const view = await actOn(row.id, act.action, { requestId: sent.requestId, note, toId })
      sent = { wish: '', requestId: '' }
      asking.value = null
      changed(view)
      tell(row, act, view)
    } catch (thrown) {
      error.value = wordsOf(thrown)
      if (!asking.value) showToast(error.value, 'bad')
      changed(null)
    } finally {
      busy.value = null
    }
  }

  function tell(row: ReminderRow, act: OfferedAct, view: LadderView) {
    const { taskId } = row
    if (taskId && act.action === 'say-handled' && view.row.settledAt) {
      const requestId = newRequestId()
      const run = () =>
        void undoTask(taskId, requestId).then(
          () => changed(null),
          (thrown) => showToast(wordsOf(thrown), 'bad'),
        )
      offerInToast('办完一件', { label: '撤销', until: businessNow() + UNDO_MS, run }, UNDO_MS)
    } else showToast(DONE[act.action] ?? '好了')
  }

  return { asking, busy, error, start, run, close }
}

const DONE: Partial<Record<OfferedAct['action'], string>> = {
  'follow-up': '好，你来跟进',
  'say-handled': '记下了，等上级确认',
  'in-an-hour': '好，一小时后再说',
  'tomorrow-morning': '好，明早再说',
  'hand-over': '转过去了',
  'take-over': '好，现在是你的了',
  'push-back': '退回去了',
  'accept-handled': '好，了结了',
}
