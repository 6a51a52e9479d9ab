/** Whether our own pages are served there. `.x` in the list is any subdomain of x. */
export const isOwnHost = (host: string, hosts: string[]): boolean =>
  hosts.some((own) => (own.startsWith('.') ? host.endsWith(own) && host.length > own.length : host === own))
