import type { Component } from 'vue'
import { matchPath } from './match-page.js'
import type { Page } from './more-pages.js'
import SidebarPage from './pages/entry/SidebarPage.vue'

/**
 * The sidebar is in the first chunk, because it must stand in a moment; every other page comes when it is asked for. Here
 * are those that a card opens; the others stand in more-pages.ts.
 */
const pages: Page[] = [
  { pattern: '/', load: async () => ({ default: SidebarPage }) },
  { pattern: '/chat/:contactId', load: () => import('./pages/chat/ChatPage.vue') },
  { pattern: '/ask/:id', load: () => import('./pages/ask/AskPage.vue') },
  { pattern: '/reminder/:id', load: () => import('./pages/reminders/ReminderPage.vue') },
]

export async function findPage(path: string): Promise<{ component: Component; props: Record<string, string> }> {
  const first = await findIn(pages, path)
  if (first) return first
  const { morePages, notFound } = await import('./more-pages.js')
  return (await findIn(morePages, path)) ?? { component: (await notFound()).default, props: {} }
}

async function findIn(list: Page[], path: string) {
  for (const { pattern, load } of list) {
    const props = matchPath(pattern, path)
    if (props) return { component: (await load()).default, props }
  }
  return null
}
