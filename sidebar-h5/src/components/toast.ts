import { shallowRef } from 'vue'

export type Toast = {
  words: string
  tone: 'plain' | 'bad'
  /** Offered until `until` (business time); the toast counts down to it. */
  action: { label: string; until: number; run: () => void } | null
}

/** One at a time: a second toast replaces the first. */
export const toast = shallowRef<Toast | null>(null)
let timer: ReturnType<typeof setTimeout> | undefined

export function showToast(words: string, tone: Toast['tone'] = 'plain'): void {
  show({ words, tone, action: null }, 3_200)
}

export function offerInToast(words: string, action: NonNullable<Toast['action']>, leftMs: number): void {
  show({ words, tone: 'plain', action }, Math.max(0, leftMs))
}

export function dropToast(): void {
  clearTimeout(timer)
  toast.value = null
}

function show(next: Toast, forMs: number) {
  clearTimeout(timer)
  toast.value = next
  timer = setTimeout(() => {
    toast.value = null
  }, forMs)
}
