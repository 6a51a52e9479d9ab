import type { ApiContext } from './route.js'

/** Safari plays nothing from a server that can't send a part of it (RFC 9110, 14.2): one range is understood, others are sent whole. */
export function sendPart(ctx: ApiContext, data: Buffer): void {
  ctx.set('accept-ranges', 'bytes')
  const asked = /^bytes=(\d*)-(\d*)$/.exec(ctx.get('range'))
  if (!asked || (!asked[1] && !asked[2])) {
    ctx.body = data
    return
  }
  const last = data.length - 1
  // Without a beginning it is the end that is asked for: so many bytes of it.
  const from = asked[1] ? Number(asked[1]) : Math.max(0, data.length - Number(asked[2]))
  const to = asked[1] && asked[2] ? Math.min(last, Number(asked[2])) : last
  if (from > to) {
    ctx.status = 416
    ctx.set('content-range', `bytes */${data.length}`)
    ctx.body = ''
    return
  }
  ctx.status = 206
  ctx.set('content-range', `bytes ${from}-${to}/${data.length}`)
  ctx.body = data.subarray(from, to + 1)
}
