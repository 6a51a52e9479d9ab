import { type Ref, ref, watch } from 'vue'

/** Words that were typed and not yet sent: they outlive a failed request, a reload and a trip to the login page. */
export function useDraft(key: string, start = ''): Ref<string> {
  const name = `bulou:draft:${key}`
  const words = ref(read(name) ?? start)
  watch(words, (now) => write(name, now === start ? '' : now))
  return words
}

function read(name: string): string | null {
  try {
    return sessionStorage.getItem(name)
  } catch {
    return null
  }
}

function write(name: string, words: string): void {
  try {
    if (words) sessionStorage.setItem(name, words)
    else sessionStorage.removeItem(name)
  } catch {
    // Storage may be full or switched off: the words are still on the screen.
  }
}
