import { ref } from 'vue'

export type Notice = { id: number; text: string; tone: 'plain' | 'bad' }

const notices = ref<Notice[]>([])
let last = 0

/** Short words at the foot of the page that leave by themselves. One list for the whole desk. */
export function useNotices() {
  function tell(text: string, tone: Notice['tone'] = 'plain') {
    if (notices.value.some((notice) => notice.text === text)) return
    const id = ++last
    notices.value = [...notices.value.slice(-2), { id, text, tone }]
    setTimeout(() => drop(id), tone === 'bad' ? 6000 : 2400)
  }
  function drop(id: number) {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }
  /** Runs what a click asked for, and says so when it failed. True: it was done. */
  async function attempt(work: Promise<unknown>, failure: string) {
    try {
      await work
      return true
    } catch (error) {
      tell(`${failure}：${error instanceof Error ? error.message : String(error)}`, 'bad')
      return false
    }
  }
  return { notices, tell, drop, attempt }
}
