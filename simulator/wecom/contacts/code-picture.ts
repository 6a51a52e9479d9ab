import type { ServerResponse } from 'node:http'
import type { Deps } from '../../deps.js'

const plain = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** Where the real platform has a QR code there is a plate with the channel's name: the desk is where one «scans» it. */
export function answerCode(deps: Deps, res: ServerResponse, path: string): void {
  const way = deps.store.state.contactWays.get(path.slice('/wwqr/'.length).replace(/\.svg$/, ''))
  if (!way) return void res.writeHead(404, { 'content-length': 0 }).end()
  const words = plain(way.remark || way.state || '联系我')
  const plate = '<rect width="320" height="320" rx="28" fill="#eef3fb"/>'
  const drop = '<path d="M160 62c26 32 42 51 42 74a42 42 0 0 1-84 0c0-23 16-42 42-74z" fill="#2467c9"/>'
  const text = (y: number, size: number, fill: string, of: string) =>
    `<text x="160" y="${y}" font-size="${size}" fill="${fill}" text-anchor="middle" font-family="sans-serif">${of}</text>`
  const body = plate + drop + text(232, 26, '#1d2129', words) + text(266, 17, '#616976', '演示台里「新客户加好友」代替扫码')
  res.writeHead(200, { 'content-type': 'image/svg+xml', 'cache-control': 'no-cache' })
  res.end(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 320" width="320" height="320">${body}</svg>`)
}
