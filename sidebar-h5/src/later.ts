import { type Component, defineAsyncComponent } from 'vue'
import { showToast } from './components/toast.js'

/**
 * What a first picture doesn't need comes after it, while the thumb is still on its way: fetched when the page has
 * nothing to do, and at the latest when it is shown.
 */
export function comesLater(load: () => Promise<{ default: Component }>): Component {
  const whenIdle = window.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 300))
  let fetched: Promise<{ default: Component }> | undefined
  const fetchOnce = () => {
    fetched ??= load().catch((error: unknown) => {
      fetched = undefined
      throw error
    })
    return fetched
  }
  whenIdle(() => void fetchOnce().catch(() => undefined))
  return defineAsyncComponent({
    loader: fetchOnce,
    delay: 0,
    onError(_error, retry, fail, attempts) {
      if (attempts < 3) return void setTimeout(retry, 600)
      showToast('网络不好，没能打开，再点一次试试', 'bad')
      fail()
    },
  })
}
