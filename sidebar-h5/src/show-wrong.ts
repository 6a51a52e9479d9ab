import { nextTick } from 'vue'

/** A form that could not be saved: the first field that is wrong comes into sight, wherever the person was. */
export function showWrong(): void {
  void nextTick(() => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    const first = document.querySelector('main [aria-invalid="true"], main .alarm')
    first?.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' })
  })
}
