import { createRouter, createWebHistory } from 'vue-router'
import SidebarPage from './pages/entry/SidebarPage.vue'

/** The sidebar is in the first chunk, because it must stand in a moment; every other page comes when it is asked for. */
export const router = createRouter({
  history: createWebHistory(import.meta.env.BASE_URL),
  routes: [
    { path: '/', component: SidebarPage },
    { path: '/customers', component: () => import('./pages/customers/CustomersPage.vue') },
    { path: '/chat/:contactId', component: () => import('./pages/chat/ChatPage.vue'), props: true },
    { path: '/requirement/:id', component: () => import('./pages/chain/ChainPage.vue'), props: true },
    { path: '/ask/:id', component: () => import('./pages/ask/AskPage.vue'), props: true },
    { path: '/components', component: () => import('./pages/showcase/ShowcasePage.vue') },
    { path: '/:rest(.*)*', component: () => import('./pages/NotFoundPage.vue') },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})
