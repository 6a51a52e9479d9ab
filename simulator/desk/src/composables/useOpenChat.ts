import { type Ref, ref, watch } from 'vue'
import { openChat, openGroup } from '../standin/control.js'
import type { Conversation } from '../words/conversations.js'

/**
 * Tells the stand-in which chat is open, and only then lets the sidebar load: its first `getContext` must already answer from
 * it. The real client loads the sidebar's page anew with each chat, hence a new `visit` each time.
 */
export function useOpenChat(chosen: Readonly<Ref<Conversation | null>>) {
  const visit = ref<{ rep: string; key: string } | null>(null)
  const failed = ref(false)
  let turn = 0

  async function open() {
    const now = chosen.value
    const mine = ++turn
    failed.value = false
    visit.value = null
    if (!now) return
    try {
      await (now.isGroup ? openGroup : openChat)(now.rep, now.id)
      if (mine === turn) visit.value = { rep: now.rep, key: `${now.key}#${mine}` }
    } catch {
      if (mine === turn) failed.value = true
    }
  }
  watch(() => chosen.value?.key, open, { immediate: true })
  return { visit, failed, reopen: open }
}
