import { Socket } from 'node:net'

// Tests run without the network: what tries to leave this machine fails at once and says where it wanted to go.
const connect = Socket.prototype.connect

Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
  const host = hostOf(args)
  if (host && !/^(127\.|::1$|localhost$|.*\.localhost$)/.test(host)) {
    throw new Error(`Tests run without the network: refused to connect to ${host}`)
  }
  return connect.apply(this, args as Parameters<typeof connect>)
} as typeof connect

/** net normalises its arguments into one array before it calls itself again. */
function hostOf(args: unknown[]): string | undefined {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args
  if (typeof first === 'object' && first !== null) return (first as { host?: string }).host
  return typeof first === 'number' && typeof second === 'string' ? second : undefined
}
