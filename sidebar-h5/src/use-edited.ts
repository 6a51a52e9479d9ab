import { computed, type Ref, ref } from 'vue'
import { Failed } from './failed.js'
import { rebase } from './rebase.js'

/**
 * A form over something that colleagues may write meanwhile. Who saves second gets what the first one wrote, with their own
 * changes on top of it, and decides.
 */
export function useEdited<F>(empty: F) {
  const form = ref(copyOf(empty)) as Ref<F>
  /** What stood there when it was read: what was changed here is what differs from it. */
  const base = ref(copyOf(empty)) as Ref<F>
  const meanwhile = ref(false)
  const changed = computed(() => JSON.stringify(form.value) !== JSON.stringify(base.value))

  function begin(read: F) {
    base.value = copyOf(read)
    form.value = copyOf(read)
    meanwhile.value = false
  }
  /** True once it is saved; false where somebody was quicker, and what they wrote has been read anew. */
  async function save(act: () => Promise<unknown>, reread: () => Promise<F>): Promise<boolean> {
    try {
      await act()
      return true
    } catch (thrown) {
      if (!(thrown instanceof Failed) || thrown.code !== 'changed-meanwhile') throw thrown
      const theirs = await reread()
      form.value = rebase(copyOf(base.value), copyOf(theirs), copyOf(form.value))
      base.value = copyOf(theirs)
      meanwhile.value = true
      return false
    }
  }
  return { form, changed, meanwhile, begin, save }
}

const copyOf = <T>(value: T) => JSON.parse(JSON.stringify(value)) as T
