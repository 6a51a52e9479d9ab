import { nextTick, onMounted, ref, watch } from 'vue'

/** A log with its newest line in view: at once when it comes into sight, in its own manner whenever `length` changes. */
export function useNewest(length: () => unknown, manner: ScrollBehavior) {
  const log = ref<HTMLElement>()
  const toNewest = async (behavior: ScrollBehavior = 'instant') => {
    await nextTick()
    log.value?.scrollTo({ top: log.value.scrollHeight, behavior })
  }
  onMounted(() => toNewest())
  watch(length, () => toNewest(manner))
  return { log, toNewest }
}
