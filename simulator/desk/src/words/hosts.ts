/** Hosts of the demo: everybody has a browser of their own, so that no two people share cookies. */
export const domain = 'bulou.localhost'
export const deskHost = `desk.${domain}`

const withPort = (host: string, port: string) => (port ? `${host}:${port}` : host)

/** The root of a person's own WeCom client. */
export const originOf = (userid: string, port: string) => `http://${withPort(`${userid}.${domain}`, port)}`

/**
 * A card's link as that person's phone opens it: a page of the product moves to their own host, where the stand-in adds the
 * bridge and the login; another web page stays as it is; anything that isn't a web page is refused.
 */
export function pageOnPhone(url: string, userid: string, port: string): { url: string; own: boolean } | null {
  const own = originOf(userid, port)
  if (!URL.canParse(url, own)) return null
  const parsed = new URL(url, own)
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return null
  const ours = parsed.hostname === domain || parsed.hostname.endsWith(`.${domain}`)
  return ours ? { url: `${own}${parsed.pathname}${parsed.search}${parsed.hash}`, own: true } : { url: parsed.href, own: false }
}

/** The line for the hosts file, for a browser that doesn't send *.localhost to this machine. */
export const hostsLine = (userids: string[]) =>
  ['127.0.0.1', domain, deskHost, `open.${domain}`, ...userids.map((userid) => `${userid}.${domain}`)].join(' ')
