import type { Role } from '../../domain/person/person.contract.js'

/**
 * The route × role table, reviewed as a whole. Everyone means every colleague who is logged in; what they see inside is
 * scoped by `visibleTo(actor)`. A route without a row here refuses to start and fails `npm run check`.
 */
export const access: Record<string, Role[] | 'everyone'> = {
  'GET /api/me': 'everyone',
  'POST /api/logout': 'everyone',
  'GET /api/jssdk': 'everyone',
  'GET /api/live': 'everyone',
  'GET /api/customers': 'everyone',
  'GET /api/chats/by-external/:externalUserId': 'everyone',
  'GET /api/chats/:contactId': 'everyone',
  'POST /api/chats/:contactId/pull': 'everyone',
  'POST /api/messages/paste': 'everyone',
  'POST /api/messages/:id/label': ['rep', 'lead', 'manager', 'admin'],
  'POST /api/messages/:id/need': ['rep', 'lead', 'manager', 'admin'],
  'POST /api/captures': ['rep', 'lead', 'manager', 'admin'],
  'POST /api/changes/:id/undo': ['rep', 'lead', 'manager', 'admin'],
  'POST /api/changes/:id/correct': ['rep', 'lead', 'manager', 'admin'],
  'POST /api/changes/:id/reply-sent': ['rep', 'lead', 'manager', 'admin'],
  'GET /api/requirements/:id': 'everyone',
  'GET /api/asks/:id': 'everyone',
  'POST /api/asks/:id/actions/:action': 'everyone',
  'GET /api/admin/inbox': ['admin'],
  'POST /api/admin/inbox/:seq/replay': ['admin'],
  'GET /api/admin/outbox': ['admin'],
  'GET /api/admin/audit': ['admin'],
  'GET /api/admin/rules/:name': ['admin', 'manager'],
  'POST /api/admin/rules/:name': ['admin', 'manager'],
  'GET /api/admin/rules/:name/versions': ['admin', 'manager'],
  'GET /api/admin/findings': ['admin'],
  'GET /api/admin/labels': ['admin'],
}
