/**
 * Where the demo lives: everybody has a host of their own under one domain, so that no two people share cookies. The desk is one
 * of them and knows the domain from its own address; elsewhere (127.0.0.1) it is the one the demo starts with.
 */
export type Place = { domain: string; port: string }

export function placeOf({ hostname, port }: { hostname: string; port: string }): Place {
  return { domain: hostname.startsWith('desk.') ? hostname.slice('desk.'.length) : 'bulou.localhost', port }
}

/** The root of somebody's own client, or of the desk: `desk`. */
export const originOf = (name: string, { domain, port }: Place) => `http://${name}.${domain}${port ? `:${port}` : ''}`

/**
 * A card's link as that person's phone opens it: a page of the product moves to their own host, where the stand-in adds the
 * bridge and the login; another web page stays as it is; anything that isn't a web page is refused.
 */
export function pageOnPhone(url: string, userid: string, place: Place): { url: string; own: boolean } | null {
  const own = originOf(userid, place)
  if (!URL.canParse(url, own)) return null
  const parsed = new URL(url, own)
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return null
  const ours = parsed.hostname === place.domain || parsed.hostname.endsWith(`.${place.domain}`)
  return ours ? { url: `${own}${parsed.pathname}${parsed.search}${parsed.hash}`, own: true } : { url: parsed.href, own: false }
}

/** The line for the hosts file, for a browser that doesn't send *.localhost to this machine. */
export const hostsLine = (userids: string[], { domain }: Place) =>
  ['127.0.0.1', domain, ...['desk', 'open', ...userids].map((name) => `${name}.${domain}`)].join(' ')
