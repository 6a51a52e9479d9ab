import type { Component } from 'vue'
import { matchPath } from './match-page.js'
import SidebarPage from './pages/entry/SidebarPage.vue'

type Page = { pattern: string; load: () => Promise<{ default: Component }> }

/** The sidebar is in the first chunk, because it must stand in a moment; every other page comes when it is asked for. */
const pages: Page[] = [
  { pattern: '/', load: async () => ({ default: SidebarPage }) },
  { pattern: '/customers', load: () => import('./pages/customers/CustomersPage.vue') },
  { pattern: '/chat/:contactId', load: () => import('./pages/chat/ChatPage.vue') },
  { pattern: '/requirement/:id', load: () => import('./pages/chain/ChainPage.vue') },
  { pattern: '/ask/:id', load: () => import('./pages/ask/AskPage.vue') },
  { pattern: '/admin/findings', load: () => import('./pages/admin/FindingsPage.vue') },
  { pattern: '/admin/keywords', load: () => import('./pages/admin/KeywordsPage.vue') },
  { pattern: '/reminders', load: () => import('./pages/reminders/RemindersPage.vue') },
  { pattern: '/reminder/:id', load: () => import('./pages/reminders/ReminderPage.vue') },
  { pattern: '/settings', load: () => import('./pages/settings/SettingsPage.vue') },
  { pattern: '/settings/reminders/:kind', load: () => import('./pages/settings/KindPage.vue') },
  { pattern: '/settings/calm', load: () => import('./pages/settings/CalmPage.vue') },
  { pattern: '/reach', load: () => import('./pages/reach/ReachPage.vue') },
  { pattern: '/reach/team', load: () => import('./pages/reach/TeamPage.vue') },
  { pattern: '/handover/:personId', load: () => import('./pages/handover/HandoverPage.vue') },
  { pattern: '/handover/:personId/:customerId', load: () => import('./pages/handover/NotePage.vue') },
  { pattern: '/components', load: () => import('./pages/showcase/ShowcasePage.vue') },
]

export async function findPage(path: string): Promise<{ component: Component; props: Record<string, string> }> {
  for (const { pattern, load } of pages) {
    const props = matchPath(pattern, path)
    if (props) return { component: (await load()).default, props }
  }
  return { component: (await import('./pages/NotFoundPage.vue')).default, props: {} }
}
