const NOWHERE = 'http://nowhere.invalid'

/** A path of our own pages as a browser would read it, or the sidebar. Never another site. */
export function pageOf(to: unknown): string {
  if (typeof to !== 'string' || to.length > 1_000 || !to.startsWith('/h5/') || !URL.canParse(to, NOWHERE)) return '/h5/'
  const { origin, pathname, search } = new URL(to, NOWHERE)
  return origin === NOWHERE && /^\/h5\/(?!\/)/.test(pathname) ? pathname + search : '/h5/'
}
