import { ref, type ShallowRef } from 'vue'
import type { GroupView } from '../../../../domain/group/group.contract.js'
import { businessNow } from '../../clock.js'
import { offerInToast, showToast } from '../../components/toast.js'
import { wordsOf } from '../../failed.js'
import { newRequestId } from '../../request-id.js'
import { tieGroup, untieGroup } from './group-api.js'

const UNDO_MS = 10_000

/** This group is this customer's: said once, taken back from the toast or, later, with 换一家. */
export function useTie(group: ShallowRef<GroupView | null>) {
  const busy = ref(false)
  // The same wish keeps its id when it is sent again.
  let sent = { wish: '', requestId: '' }

  async function send(wish: string, run: (requestId: string) => Promise<GroupView>): Promise<boolean> {
    if (busy.value) return false
    if (sent.wish !== wish) sent = { wish, requestId: newRequestId() }
    busy.value = true
    try {
      group.value = await run(sent.requestId)
      sent = { wish: '', requestId: '' }
      return true
    } catch (failed) {
      showToast(wordsOf(failed), 'bad')
      return false
    } finally {
      busy.value = false
    }
  }

  async function tie({ id, name }: { id: string; name: string }) {
    const groupId = group.value?.id ?? ''
    const done = await send(`tie ${id}`, (requestId) => tieGroup(groupId, { requestId, customerId: id }))
    if (!done) return
    const until = businessNow() + UNDO_MS
    offerInToast(`记下了，这是${name}的群`, { label: '撤销', until, run: () => void untie() }, UNDO_MS)
  }

  async function untie() {
    const groupId = group.value?.id ?? ''
    await send('untie', (requestId) => untieGroup(groupId, requestId))
  }

  return { busy, tie, untie }
}
