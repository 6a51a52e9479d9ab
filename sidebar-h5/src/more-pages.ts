import type { Component } from 'vue'

export type Page = { pattern: string; load: () => Promise<{ default: Component }> }

/**
 * Pages that people come to from another page, seldom first. Their list and what each of them needs would cost the sidebar
 * 1.5 KB, so it is fetched with the first of them.
 */
export const morePages: Page[] = [
  { pattern: '/login', load: () => import('./pages/login/LoginPage.vue') },
  { pattern: '/customers', load: () => import('./pages/customers/CustomersPage.vue') },
  { pattern: '/forward/:id', load: () => import('./pages/forward/ForwardPage.vue') },
  { pattern: '/requirement/:id', load: () => import('./pages/chain/ChainPage.vue') },
  { pattern: '/reminders', load: () => import('./pages/reminders/RemindersPage.vue') },
  { pattern: '/new-contacts', load: () => import('./pages/new-contacts/NewContactsPage.vue') },
  { pattern: '/group', load: () => import('./pages/group/GroupPage.vue') },
  { pattern: '/merge/:a/:b', load: () => import('./pages/merge/MergePage.vue') },
  { pattern: '/duplicates', load: () => import('./pages/merge/DuplicatesPage.vue') },
  { pattern: '/settings', load: () => import('./pages/settings/SettingsPage.vue') },
  { pattern: '/settings/reminders/:kind', load: () => import('./pages/settings/KindPage.vue') },
  { pattern: '/settings/calm', load: () => import('./pages/settings/CalmPage.vue') },
  { pattern: '/settings/quotes', load: () => import('./pages/settings/QuotePolicyPage.vue') },
  { pattern: '/reach', load: () => import('./pages/reach/ReachPage.vue') },
  { pattern: '/reach/team', load: () => import('./pages/reach/TeamPage.vue') },
  { pattern: '/handover/:personId', load: () => import('./pages/handover/HandoverPage.vue') },
  { pattern: '/handover/:personId/:customerId', load: () => import('./pages/handover/NotePage.vue') },
  { pattern: '/admin/findings', load: () => import('./pages/admin/FindingsPage.vue') },
  { pattern: '/admin/keywords', load: () => import('./pages/admin/KeywordsPage.vue') },
  { pattern: '/admin/people', load: () => import('./pages/admin/PeoplePage.vue') },
  { pattern: '/admin/wecom', load: () => import('./pages/admin/WecomPage.vue') },
  { pattern: '/admin/dingtalk', load: () => import('./pages/admin/DingtalkPage.vue') },
  { pattern: '/contact-ways', load: () => import('./pages/admin/ContactWaysPage.vue') },
  { pattern: '/check', load: () => import('./pages/check/CheckPage.vue') },
  { pattern: '/leaks', load: () => import('./pages/leaks/LeaksPage.vue') },
  { pattern: '/heat', load: () => import('./pages/heat/HeatPage.vue') },
  { pattern: '/lead/:id', load: () => import('./pages/heat/LeadPage.vue') },
  { pattern: '/checkup', load: () => import('./pages/checkup/CheckupPage.vue') },
  { pattern: '/import', load: () => import('./pages/import/ImportListPage.vue') },
  { pattern: '/import/:id', load: () => import('./pages/import/ImportPage.vue') },
  { pattern: '/products', load: () => import('./pages/products/ProductsPage.vue') },
  { pattern: '/products/new', load: () => import('./pages/products/NewProductPage.vue') },
  { pattern: '/products/import', load: () => import('./pages/product-import/ProductImportsPage.vue') },
  { pattern: '/product-import/:id', load: () => import('./pages/product-import/ProductImportPage.vue') },
  { pattern: '/products/:id', load: () => import('./pages/products/ProductPage.vue') },
  { pattern: '/products/:id/edit', load: () => import('./pages/products/EditProductPage.vue') },
  { pattern: '/price-books', load: () => import('./pages/price-books/PriceBooksPage.vue') },
  { pattern: '/price-books/new', load: () => import('./pages/price-books/EditBookPage.vue') },
  { pattern: '/price-books/:id', load: () => import('./pages/price-books/BookPage.vue') },
  { pattern: '/price-books/:id/edit', load: () => import('./pages/price-books/EditBookPage.vue') },
  { pattern: '/price-books/:bookId/import', load: () => import('./pages/product-import/ProductImportsPage.vue') },
  { pattern: '/calls', load: () => import('./pages/calls/CallsPage.vue') },
  { pattern: '/calls/setup', load: () => import('./pages/calls/PhoneSystemPage.vue') },
  { pattern: '/admin/archive', load: () => import('./pages/admin/ArchivePage.vue') },
  { pattern: '/quotes/:customerId', load: () => import('./pages/quotes/QuotesPage.vue') },
  { pattern: '/quote/:id', load: () => import('./pages/quotes/QuotePage.vue') },
  { pattern: '/quote/:id/edit', load: () => import('./pages/quotes/EditorPage.vue') },
  { pattern: '/components', load: () => import('./pages/showcase/ShowcasePage.vue') },
]

export const notFound = () => import('./pages/NotFoundPage.vue')
