import { expect, it } from 'vitest'
import { decrypt, encrypt, sign, signPage } from './crypto.js'

/** Published vectors: the official worked example [D 90968], wechatpy's encrypt test, the official page signature [D 90506]. */
const OFFICIAL = {
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  echostr: 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
}

it('signs and opens the official verification example', () => {
  expect(sign(OFFICIAL.token, '1409659589', '263014780', OFFICIAL.echostr)).toBe('5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3')
  expect(decrypt(OFFICIAL.aesKey, OFFICIAL.echostr)).toEqual({ message: '1616140317555161061', receiveId: 'wx5823bf96d3bd56c7' })
})

it('encrypts to the very bytes of a published example', () => {
  const made = encrypt(
    'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    '我是中文abcd123',
    'wxb11529c136998cb6',
    Buffer.from('aaaabbbbccccdddd'),
  )
  expect(made).toBe('jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==')
})

it('signs a page as the official example, fragment or not', () => {
  const page = {
    ticket: 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg',
    nonce: 'Wm3WZYTPz0wzccnW',
    timestamp: '1414587457',
    url: 'http://mp.weixin.qq.com?params=value',
  }
  expect(signPage(page)).toBe('0f9de62fce790f9a083d5c99e95740ceb90c27ed')
  expect(signPage({ ...page, url: `${page.url}#/chat` })).toBe(signPage(page))
})
