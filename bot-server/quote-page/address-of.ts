import { isIP } from 'node:net'

type Asked = { ip: string; get(name: string): string }

/**
 * The address of who asks. TLS ends in a proxy of ours, which adds the address that it saw at the end of X-Forwarded-For;
 * what stands before it, and what comes straight from outside, is the visitor's own word and counts for nothing.
 * `hops`: how many proxies of ours are in between.
 */
export function addressOf(ctx: Asked, hops: number): string {
  const peer = plain(ctx.ip)
  if (hops < 1 || !isInside(peer)) return peer
  const given = ctx
    .get('x-forwarded-for')
    .split(',')
    .map((part) => plain(part.trim()))
  const said = given.at(-hops) ?? ''
  return isIP(said) ? said : peer
}

const plain = (address: string) => address.replace(/^::ffff:/, '')

/** This machine or a private network: where a proxy of ours stands. */
const isInside = (address: string) =>
  /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|f[cde])/i.test(
    address,
  )
