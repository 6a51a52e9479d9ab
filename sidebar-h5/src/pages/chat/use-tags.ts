import { onScopeDispose, ref, shallowRef } from 'vue'
import type { ContactTags } from '../../../../domain/follow/tags.contract.js'
import { businessNow } from '../../clock.js'
import { offerInToast, showToast } from '../../components/toast.js'
import { wordsOf } from '../../failed.js'
import { newRequestId } from '../../request-id.js'
import { getTags, setTags } from './contact-api.js'

/** While a change is on its way to WeCom. */
const LOOK_AGAIN_MS = 1_500
const MOST_LOOKS = 20
const UNDO_MS = 6_000

/** What came of the last tap, for the sheet: a toast would lie behind it. */
export type TagNote = { words: string; bad: boolean; undo: (() => void) | null }

/** The tags of one customer, and a tap that puts one on or takes it off: it stands at once, and is put right if WeCom says no. */
export function useTags(contactId: () => string) {
  const tags = shallowRef<ContactTags | null>(null)
  const busy = ref<Set<string>>(new Set())
  const note = shallowRef<TagNote | null>(null)
  let last: string | null = null
  let looks = 0
  let again: ReturnType<typeof setTimeout> | undefined
  let gone = false
  onScopeDispose(() => {
    gone = true
    clearTimeout(again)
  })

  async function load(): Promise<void> {
    clearTimeout(again)
    const [id, asked] = [contactId(), last]
    const found = await getTags(id, asked).catch(() => tags.value)
    if (gone || id !== contactId() || asked !== last) return
    tags.value = found
    if (found?.why) {
      say(`标签没改成：${found.why}`, true)
      last = null
    }
    if (found?.moving && looks < MOST_LOOKS) {
      looks += 1
      again = setTimeout(load, LOOK_AGAIN_MS)
    }
  }

  function say(words: string, bad: boolean, undo: (() => void) | null = null): void {
    note.value = { words, bad, undo }
    if (undo) offerInToast(words, { label: '撤销', until: businessNow() + UNDO_MS, run: undo }, UNDO_MS)
    else showToast(words, bad ? 'bad' : 'plain')
  }

  const isOn = (id: string) => tags.value?.tags.some((tag) => tag.id === id) ?? false

  /** `undoing`: what takes a tap back is not offered to be taken back. */
  async function toggle({ id, name }: { id: string; name: string }, undoing = false): Promise<void> {
    if (!tags.value || busy.value.has(id)) return
    const on = !isOn(id)
    busy.value = new Set(busy.value).add(id)
    const rest = tags.value.tags.filter((tag) => tag.id !== id)
    tags.value = { ...tags.value, tags: on ? [...rest, { id, name }] : rest }
    const requestId = newRequestId()
    try {
      await setTags(contactId(), { requestId, add: on ? [id] : [], remove: on ? [] : [id] })
      last = requestId
      looks = 0
      const words = on ? `已打上「${name}」` : `已取下「${name}」`
      say(words, false, undoing ? null : () => void toggle({ id, name }, true))
    } catch (thrown) {
      say(wordsOf(thrown), true)
    } finally {
      const rested = new Set(busy.value)
      rested.delete(id)
      busy.value = rested
      void load()
    }
  }

  return { tags, busy, note, isOn, load, toggle }
}
